import { type fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { RULE_TYPES } from "../../src/kibana/rule.js";
import { createCodecs, decodeRuleCreate } from "../../src/kibana/wire.js";
import { compileRule } from "../../src/rule/index.js";
import { arbitraryOf } from "../kibana/wire-arbitrary.js";
import { context, ruleSource } from "../support/rule.js";
import { STANDS_FOR, sugar } from "./sugar.js";

type Fields = Record<string, unknown>;

/** The rule of a file that holds these fields; JSON is YAML. */
const compiledOf = (fields: Fields): Fields =>
  compileRule(ruleSource(JSON.stringify(fields)), context()).rule as unknown as Fields;

const RUNS = { numRuns: 25 };
const NEWLINE = new Set(["name", "description", "query", "threat_query", "note", "setup"]);

/** As compiling leaves it: texts without one final newline, which a file has mostly from a block. */
function asMeant([field, value]: readonly [string, unknown]): readonly [string, unknown] {
  const short = (text: unknown): unknown => (typeof text === "string" ? text.replace(/\n$/, "") : text);
  if (field === "false_positives") return [field, (value as unknown[]).map(short)];
  return [field, NEWLINE.has(field) ? short(value) : value];
}

describe.each(RULE_TYPES)("%s rules", (type) => {
  // A file cannot have the key "<<": it is a finding, since YAML 1.1 takes it for a merge.
  const form = (arbitraryOf(createCodecs[type]) as fc.Arbitrary<Fields>)
    .filter((fields) => !JSON.stringify(fields).includes('"<<":'))
    .map((fields) => ({ ...fields, rule_id: "r-1" }));

  test.prop([form], RUNS)("in Kibana's own form come out as they went in", (fields) => {
    const rule = compiledOf(fields);
    // What the query reads is added where the form does not say it.
    const { required_fields: required, ...rest } = rule;
    expect("required_fields" in fields ? { ...rest, required_fields: required } : rest).toEqual(
      Object.fromEntries(Object.entries(JSON.parse(JSON.stringify(fields)) as Fields).map(asMeant)),
    );
    expect(decodeRuleCreate(rule)).toMatchObject({ ok: true });
  });

  test.prop([form, sugar], RUNS)(
    "in short forms become what Kibana takes, the same each time",
    (fields, short) => {
      const own = Object.entries(fields).filter(
        ([field]) => !Object.entries(STANDS_FOR).some(([by, to]) => by in short && to === field),
      );
      const authored = { ...Object.fromEntries(own), ...short };
      const rule = compiledOf(authored);
      expect(decodeRuleCreate(rule)).toMatchObject({ ok: true });
      expect(JSON.stringify(compiledOf(authored))).toBe(JSON.stringify(rule));
      const turned = Object.fromEntries(Object.entries(authored).toReversed());
      expect(JSON.stringify(compiledOf(turned))).toBe(JSON.stringify(rule));
    },
  );
});
