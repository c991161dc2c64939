import * as fc from "fast-check";
import { dump } from "js-yaml";
import { expect, it } from "vitest";
import { decodeRuleCreate } from "../../src/kibana/wire.js";
import { FIELDS_BY_TYPE } from "../../src/kibana/rule.js";
import { compileRule } from "../../src/rule/index.js";
import { type AuthoredRule, check } from "../../src/schema/index.js";
import { parseDocument } from "../../src/yaml/index.js";
import { arbitraryRule } from "../support/arbitrary-rule.js";
import { context, ruleSource } from "../support/rule.js";

const RUNS = { numRuns: 200 };

const compiledFrom = (yaml: string) => compileRule(ruleSource(yaml), context()).rule;

/** Kibana drops `ecs` of a required field without a word, where the codec is strict; prebuilt assets have it. */
function withoutEcs(rule: Readonly<Record<string, unknown>>): object {
  const fields = rule["required_fields"] as { name: string; type: string }[] | undefined;
  return fields === undefined
    ? rule
    : { ...rule, required_fields: fields.map(({ name, type }) => ({ name, type })) };
}

it("a rule reads back from YAML as it is, and the schema takes it", () => {
  fc.assert(
    fc.property(arbitraryRule(), (rule) => {
      const document = parseDocument(dump(rule), "a.rule.yml");
      expect(document.diagnostics).toEqual([]);
      expect(document.data).toEqual(rule);
      expect(check("rule", document)).toEqual([]);
    }),
    RUNS,
  );
});

it("what it compiles to has the fields of its type, and Kibana takes them", () => {
  fc.assert(
    fc.property(arbitraryRule(), (rule) => {
      const compiled = compiledFrom(dump(rule));
      const extra = Object.keys(rule.extra ?? {});
      const own = Object.entries(compiled).filter(([field]) => !extra.includes(field));
      const fields: readonly string[] = FIELDS_BY_TYPE[rule.type];
      expect(own.map(([field]) => field).filter((field) => !fields.includes(field))).toEqual([]);
      expect(Object.keys(compiled)).toEqual(expect.arrayContaining(extra));
      const decoded = decodeRuleCreate(withoutEcs(Object.fromEntries(own)));
      expect(decoded.ok ? [] : decoded.errors).toEqual([]);
    }),
    RUNS,
  );
});

it("what it compiles to is the same in whatever order its fields stand", () => {
  const shuffled = arbitraryRule().chain((rule) =>
    fc
      .shuffledSubarray(Object.keys(rule) as (keyof AuthoredRule)[], { minLength: Object.keys(rule).length })
      .map((keys) => [rule, Object.fromEntries(keys.map((key) => [key, rule[key]]))] as const),
  );
  fc.assert(
    fc.property(shuffled, ([rule, reordered]) => {
      const compiled = JSON.stringify(compiledFrom(dump(rule)));
      expect(JSON.stringify(compiledFrom(dump(rule)))).toBe(compiled);
      expect(JSON.stringify(compiledFrom(dump(reordered)))).toBe(compiled);
    }),
    RUNS,
  );
});
