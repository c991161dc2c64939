import { describe, expect, it } from "vitest";
import { loadAttack, type AttackVersion } from "../../src/attack/index.js";
import { type Code, type Diagnostic, registry, type Severity } from "../../src/diagnostics/index.js";
import { type RuleCheck, viewOf } from "../../src/lint/check.js";
import { compileRule, type CompileContext } from "../../src/rule/index.js";
import type { TagVocabulary } from "../../src/schema/index.js";
import { LineIndex } from "../../src/yaml/index.js";
import { context, ruleSource } from "./rule.js";

/** What a case may set apart from the rule. */
export interface Setting {
  readonly stack?: string;
  readonly attack?: AttackVersion;
  readonly tags?: TagVocabulary;
  readonly compile?: Partial<CompileContext>;
  readonly complete?: boolean;
}

export interface ValidCase extends Setting {
  /** Top-level YAML of the rule; what a rule needs besides is added below it. */
  readonly rule: string;
}

export interface ExpectedFinding {
  readonly code: Code;
  /** `line:column` of its first character, counted in `rule`. */
  readonly at: string;
  readonly message?: string | RegExp;
  readonly help?: string | RegExp;
  /** Where it is not the registry's. */
  readonly severity?: Severity;
}

export interface InvalidCase extends Setting {
  readonly rule: string;
  /** Every finding of the check, in file order. */
  readonly findings: readonly ExpectedFinding[];
}

export interface Cases {
  readonly valid: readonly (string | ValidCase)[];
  readonly invalid: readonly InvalidCase[];
}

const REST = {
  rule_id: "r-1",
  name: "A name",
  description: "What it finds.",
  type: "query",
  severity: "low",
  risk_score: 21,
  query: '"process.name: a"',
};
const SETTINGS = new Set(["rule", "stack", "attack", "tags", "compile", "complete", "findings"]);
const EXPECTED = new Set(["code", "at", "message", "help", "severity"]);

/** The case's YAML with the fields below it that every rule needs and the case does not write. */
function whole(rule: string): string {
  const written = new Set([...rule.matchAll(/^(\w+):/gm)].map((match) => match[1]!));
  const rest = Object.entries(REST).filter(([field]) => !written.has(field));
  return [rule.trimEnd(), ...rest.map(([field, value]) => `${field}: ${value}`), ""].join("\n").trimStart();
}

function run(check: RuleCheck, { rule, ...setting }: ValidCase): { found: Diagnostic[]; places: string[] } {
  const source = ruleSource(whole(rule));
  expect(source.document.diagnostics, "the case is no YAML").toEqual([]);
  const attack = loadAttack(setting.attack ?? "19.0");
  const compiled = compileRule(source, context({ attack, ...setting.compile }));
  const view = viewOf(compiled, {
    attack,
    complete: setting.complete ?? true,
    stack: setting.stack ?? "9.5",
    tags: setting.tags ?? {},
  });
  const lines = new LineIndex(source.document.text);
  const found = [...check(view)]
    .map((finding) => ({ finding, start: source.document.rangeOf(finding.target).start }))
    .sort((a, b) => a.start - b.start);
  return {
    found: found.map(({ finding }) => finding),
    places: found.map(({ start }) => {
      const { line, column } = lines.positionOf(start);
      return `${line}:${column}`;
    }),
  };
}

const title = (rule: string): string =>
  rule
    .trim()
    .replace(/\s*\n\s*/g, " ⏎ ")
    .slice(0, 110) || "(nothing)";

/**
 * Tests one check with tables of rules, as strictly as it can: an invalid case names every finding with its place, no case
 * stands twice, no case has a key that means nothing, and each of the check's codes is made by some case.
 */
export function testCheck(check: RuleCheck, codes: readonly Code[], { valid, invalid }: Cases): void {
  const validCases = valid.map((item) => (typeof item === "string" ? { rule: item } : item));
  describe(check.name, () => {
    it("has sound tables", () => {
      const all: readonly object[] = [...validCases, ...invalid];
      const keys = all.map((item) => JSON.stringify({ ...item, findings: undefined }));
      expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
      expect(all.flatMap((item) => Object.keys(item)).filter((key) => !SETTINGS.has(key))).toEqual([]);
      const expected = invalid.flatMap((item) => item.findings);
      expect(expected.flatMap((item) => Object.keys(item)).filter((key) => !EXPECTED.has(key))).toEqual([]);
      expect(invalid.filter((item) => item.findings.length === 0)).toEqual([]);
      expect([...new Set(expected.map((finding) => finding.code))].sort()).toEqual([...codes].sort());
    });

    it.each(validCases.map((item) => ({ title: title(item.rule), item })))("takes $title", ({ item }) => {
      expect(run(check, item).found).toEqual([]);
    });

    it.each(invalid.map((item) => ({ title: title(item.rule), item })))("finds $title", ({ item }) => {
      const { found, places } = run(check, item);
      expect(found.map(({ code }, i) => `${places[i]} ${code}`)).toEqual(
        item.findings.map(({ code, at }) => `${at} ${code}`),
      );
      for (const [i, expected] of item.findings.entries()) {
        if (expected.message !== undefined) expect(found[i]!.message).toMatch(expected.message);
        if (expected.help !== undefined) expect(found[i]!.help ?? "").toMatch(expected.help);
        expect(found[i]!.severity).toBe(expected.severity ?? registry[expected.code].severity);
        expect(found[i]!.message).not.toMatch(/undefined|\[object|\.$/);
      }
    });
  });
}
