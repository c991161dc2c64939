import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { inOrder } from "../../src/rule/order.js";
import { BASE, compiled } from "../support/rule.js";

/** The same value with the keys of every object in another order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, reversed(inner)] as const);
  return Object.fromEntries(entries.toReversed());
}

describe("inOrder", () => {
  it("puts known fields in the table's order, others after them by name, and leaves out what has no value", () => {
    const fields = { zebra: 1, meta: {}, apple: 1, name: "n", rule_id: "r", note: undefined };
    expect(Object.keys(inOrder(fields))).toEqual(["rule_id", "name", "meta", "apple", "zebra"]);
  });

  test.prop([fc.dictionary(fc.string(), fc.jsonValue())])(
    "gives the same bytes in whatever order keys come",
    (fields) => {
      const once = JSON.stringify(inOrder(fields));
      expect(JSON.stringify(inOrder(reversed(fields) as Record<string, unknown>))).toBe(once);
      expect(JSON.parse(once)).toEqual(JSON.parse(JSON.stringify(fields)));
    },
  );

  it("keeps lists as they are", () => {
    expect(JSON.stringify(inOrder({ tags: ["b", "a"] }))).toBe('{"tags":["b","a"]}');
  });
});

describe("compileRule", () => {
  it("does not mind the order of keys, at any depth", () => {
    const one = `${BASE}threshold: {field: [a], value: 1, cardinality: [{field: b, value: 2}]}\nmeta: {x: {b: 1, a: 2}}\n`;
    const two = `meta: {x: {a: 2, b: 1}}\nthreshold: {cardinality: [{value: 2, field: b}], value: 1, field: [a]}\n${BASE}`;
    const [a, b] = [one, two].map((text) => compiled(text.replace("type: query", "type: threshold")).rule);
    expect(JSON.stringify(b)).toBe(JSON.stringify(a));
  });

  it("takes a default only where the author wrote neither of two fields that stand for each other", () => {
    const defaults = { index: ["logs-*"], tags: ["a"] };
    const viewed = compiled(`${BASE}data_view_id: v\n`, { defaults }).rule;
    expect(viewed).toMatchObject({ data_view_id: "v", tags: ["a"] });
    expect(viewed).not.toHaveProperty("index");
    expect(compiled(BASE, { defaults }).rule).toMatchObject({ index: ["logs-*"] });
  });

  it("lets extra change no rule's identity, and nothing that is Kibana's", () => {
    const extra = "extra: {rule_id: other, type: eql, id: x, revision: 7, brand_new: 1, __proto__: {a: 1}}\n";
    const { rule } = compiled(BASE + extra);
    expect(rule).toMatchObject({ rule_id: "r-1", type: "query", brand_new: 1 });
    expect(rule).not.toHaveProperty("id");
    expect(rule).not.toHaveProperty("revision");
    expect(rule).not.toHaveProperty("a");
  });

  it("makes one entry of a tactic that is named in two ways", () => {
    const { rule } = compiled(
      `${BASE}attack: {TA0002: [T1059], Persistence: [T1053], Execution: [T1059.001, T1204]}\n`,
    );
    expect(rule.threat?.map(({ tactic, technique }) => [tactic.id, technique?.map(({ id }) => id)])).toEqual([
      ["TA0002", ["T1059", "T1204"]],
      ["TA0003", ["T1053"]],
    ]);
  });
});
