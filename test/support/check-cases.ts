import { describe, expect, it } from "vitest";
import { loadAttack } from "../../src/attack/index.js";
import type { Diagnostic } from "../../src/diagnostics/index.js";
import { lintRule } from "../../src/lint/lint-rule.js";
import { LineIndex } from "../../src/yaml/line-index.js";
import { compileRule } from "../../src/rule/index.js";
import { BASE, context, ruleSource } from "./rule.js";

/** What a case may set besides the rule's text. */
export interface Settings {
  readonly stack?: string;
  readonly attack?: "18.1" | "19.0";
  readonly tags?: Readonly<Record<string, string[]>>;
}

export interface Valid extends Settings {
  /** YAML added to the least rule; a key that stands in both replaces the least rule's. */
  readonly yaml: string;
}

/** The finding, in the form `code line:column`, as one would read it in the file. */
export interface Invalid extends Valid {
  readonly finds: readonly string[];
  /** What the help line has to say. */
  readonly help?: RegExp;
}

/**
 * Tests the checks by tables of valid and invalid rules. Strict with its cases: none may stand twice, an invalid one names every
 * finding with its place, and text that is valid may raise nothing at all.
 */
export function testChecks(
  name: string,
  cases: { valid: readonly Valid[]; invalid: readonly Invalid[] },
): void {
  describe(name, () => {
    const all = [...cases.valid, ...cases.invalid].map((one) =>
      JSON.stringify([one.yaml, one.stack, one.attack, one.tags]),
    );
    const twice = all.filter((one, i) => all.indexOf(one) !== i);
    it("has no case twice", () => expect(twice).toEqual([]));

    it.each(cases.valid)("takes $yaml", (one) => {
      expect(findings(one).map((found) => found.message)).toEqual([]);
    });

    it.each(cases.invalid)("refuses $yaml", (one) => {
      expect(one.finds.length).toBeGreaterThan(0);
      const found = findings(one);
      expect(found.map((finding) => placed(finding, textOf(one))).sort()).toEqual([...one.finds].sort());
      if (one.help !== undefined)
        expect(found.map((finding) => finding.help ?? "").join("\n")).toMatch(one.help);
    });
  });
}

function findings({ yaml, stack = "9.5", attack = "18.1", tags = {} }: Valid): Diagnostic[] {
  const source = ruleSource(textOf({ yaml }));
  const vocabulary = loadAttack(attack);
  const compiled = compileRule(source, context({ attack: vocabulary, exceptionLists: LISTS }));
  const findings = lintRule(compiled, { attack: vocabulary, stack, tags, complete: true });
  return [...compiled.diagnostics, ...findings].filter((found) => found.code !== "rule/no-lookback");
}

const LISTS = new Map([["known", { type: "detection", namespace_type: "single" as const }]]);

/** The case's own lines first, so that its lines count from 1. */
function textOf({ yaml }: Pick<Valid, "yaml">): string {
  const own = new Set([...yaml.matchAll(/^([a-z_]+):/gm)].map((match) => match[1]));
  const rest = BASE.split("\n").filter((line) => !own.has(line.split(":")[0]));
  return `${yaml.trimEnd()}\n${rest.join("\n")}`;
}

function placed(finding: Diagnostic, text: string): string {
  const { document } = ruleSource(text);
  const { start } = document.rangeOf(finding.target);
  const { line, column } = new LineIndex(text).positionOf(start);
  return `${finding.code} ${line}:${column}`;
}
