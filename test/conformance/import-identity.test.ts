/**
 * Rules that others wrote, of exports of several versions of Kibana and of Elastic's own repository: what an import makes of each of
 * them compiles back to it.
 */
import { parse } from "smol-toml";
import { expect, it } from "vitest";
import { loadAttack } from "../../src/attack/index.js";
import { decompileRule, normalise, RULE_ORDER } from "../../src/rule/decompile/index.js";
import { compileRule } from "../../src/rule/index.js";
import type { AuthoredRule } from "../../src/schema/index.js";
import { emit } from "../../src/yaml/emit/index.js";
import { parseDocument } from "../../src/yaml/index.js";
import { conformanceFiles, describeConformance } from "../support/conformance.js";
import { context } from "../support/rule.js";

type Fields = Record<string, unknown>;

const QUERIES = new Set(["query", "threat_query"]);
const attack = loadAttack("18.1");

function identity(source: Fields): { rule: Fields; authored: Fields; notes: readonly { code: string }[] } {
  const made = decompileRule(source, {
    attack,
    locale: "en",
    listReference: () => undefined,
    connectorName: () => undefined,
  });
  const document = parseDocument(emit(made.authored, { literal: QUERIES }), "a.rule.yml");
  expect(document.diagnostics).toEqual([]);
  const authored = document.data as AuthoredRule;
  const { rule } = compileRule(
    { file: "a.rule.yml", document, authored, translations: new Map() },
    context(),
  );
  return { rule: rule as unknown as Fields, ...made };
}

function inOrder(authored: Fields): string[] {
  return RULE_ORDER.filter((field) => field in authored);
}

describeConformance("rules of exports", "ndjson", (folder) => {
  const rules = conformanceFiles(folder, ".ndjson").flatMap(({ name, text }) =>
    text.split("\n").flatMap((line, i) => {
      const source = line.trim() === "" ? {} : (JSON.parse(line) as Fields);
      return "rule_id" in source ? [{ place: `${name}:${i + 1}`, source }] : [];
    }),
  );

  it("are there", () => expect(rules.length).toBeGreaterThan(15));

  it.each(rules)("$place compiles back to itself", ({ source }) => {
    const { rule, authored } = identity(source);
    expect(normalise(rule)).toEqual(normalise(source));
    expect(Object.keys(authored)).toEqual(inOrder(authored));
  });
});

describeConformance("rules in TOML", "rules", (folder) => {
  const rules = conformanceFiles(folder, ".toml").map(({ name, text }) => ({
    name,
    source: (parse(text) as { rule: Fields }).rule,
  }));

  it("are there", () => expect(rules.length).toBeGreaterThan(200));

  it.each(rules)("$name compiles back to itself", ({ source }) => {
    const { rule, authored } = identity(source);
    expect(normalise(rule)).toEqual(normalise(source));
    expect(Object.keys(authored)).toEqual(inOrder(authored));
  });
});
