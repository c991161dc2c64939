/**
 * Rules that others wrote, of seven types: what the schema and the checks say about rules that are known to be good, and
 * what becomes of each of their fields.
 */
import { expect, it } from "vitest";
import { loadAttack } from "../../src/attack/index.js";
import { decodeRuleCreate } from "../../src/kibana/wire.js";
import { lintRule } from "../../src/lint/lint-rule.js";
import { compileRule, type RuleSource } from "../../src/rule/index.js";
import { check } from "../../src/schema/index.js";
import type { AuthoredRule } from "../../src/schema/index.js";
import { parseDocument } from "../../src/yaml/index.js";
import { conformanceFiles, describeConformance } from "../support/conformance.js";
import { ruleOfToml } from "../support/toml-rule.js";
import { context } from "../support/rule.js";

type Fields = Record<string, unknown>;

/** As compiling leaves texts: without the one final newline that a block adds. */
function asMeant(fields: Fields): Fields {
  const short = (value: unknown): unknown => (typeof value === "string" ? value.replace(/\n$/, "") : value);
  const entries = Object.entries(fields).map(([key, value]) => [
    key,
    key === "false_positives" ? (value as unknown[]).map(short) : short(value),
  ]);
  return Object.fromEntries(entries) as Fields;
}

function sourceOf(file: string, fields: Fields): RuleSource {
  // JSON is YAML.
  const document = parseDocument(JSON.stringify(fields, null, 1), file);
  return { file, document, authored: document.data as AuthoredRule, translations: new Map() };
}

describeConformance("real rules", "rules", (folder) => {
  const rules = conformanceFiles(folder, ".toml").map(({ name, text }) => ({
    name,
    fields: ruleOfToml(text),
  }));
  const attack = loadAttack("18.1");

  it("are there", () => expect(rules.length).toBeGreaterThan(200));

  it.each(rules)("$name has no error, and keeps every field", ({ name, fields }) => {
    const source = sourceOf(name, fields);
    const compiled = compileRule(source, context());
    const findings = [
      ...source.document.diagnostics,
      ...check("rule", source.document),
      ...compiled.diagnostics,
      ...lintRule(compiled, { attack, stack: "9.4", tags: {}, complete: true }),
    ];
    expect(
      findings
        .filter(({ severity }) => severity === "error")
        .map(({ code, message }) => `${code}: ${message}`),
    ).toEqual([]);
    expect(decodeRuleCreate(compiled.rule)).toMatchObject({ ok: true });
    // Derived: detection-rules derives them too, when it exports.
    const { required_fields: required, ...rest } = compiled.rule;
    expect(rest).toEqual(asMeant(fields));
    expect(required ?? []).not.toContainEqual(expect.objectContaining({ name: "" }));
  });

  // Mistakes of their authors; where a stack has a newer ATT&CK, also what moved since.
  it.each([
    [
      "18.1",
      "9.4",
      {
        "eql/literal-wildcard": 2,
        "field/not-in-results": 2,
        "rule/tactic-tag-without-mapping": 3,
        "rule/unknown-tag": 5,
      },
    ],
    [
      "19.0",
      "9.5",
      {
        "attack/revoked-technique": 33,
        "attack/wrong-tactic": 41,
        "eql/literal-wildcard": 2,
        "field/not-in-results": 2,
        "rule/tactic-tag-without-mapping": 3,
        "rule/unknown-tag": 5,
      },
    ],
  ] as const)("have these warnings and no errors under ATT&CK %s", (version, stack, expected) => {
    const counts: Record<string, number> = {};
    for (const { name, fields } of rules) {
      const compiled = compileRule(sourceOf(name, fields), context());
      const options = { attack: loadAttack(version), stack, tags: {}, complete: true };
      for (const { code, severity } of [...compiled.diagnostics, ...lintRule(compiled, options)]) {
        expect([name, severity, code]).not.toContain("error");
        if (severity === "warning") counts[code] = (counts[code] ?? 0) + 1;
      }
    }
    expect(counts).toEqual(expected);
  });
});
