import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Explanation } from "../../../src/query/core/index.js";
import { ecsFields } from "../../../src/fields/index.js";
import * as kql from "../../../src/query/kql/index.js";

describe("the fields of a query", () => {
  it("are named once each, in full, where they stand first", () => {
    const text = 'a: x and not b: { c: y or d: { e > 1 } } and (f*: z or "g h": * or a: w) and i and f*: v';
    const uses = kql.fieldsOf(kql.parse(text).ast);
    expect(uses.map(({ name, wildcard }) => [name, wildcard])).toEqual([
      ["a", false],
      ["b.c", false],
      ["b.d.e", false],
      ["f*", true],
      ["g h", false],
    ]);
    expect(uses.map(({ span }) => text.slice(span.start, span.end))).toEqual(["a", "c", "e", "f*", '"g h"']);
    expect(kql.fieldsOf(kql.parse("").ast)).toEqual([]);
  });
});

describe("what every match has", () => {
  const required = (text: string, fields = ecsFields()): unknown =>
    kql.requiredLiterals(kql.parse(text).ast, fields).map(({ field, values }) => [field, ...values]);

  it.each([
    ["process.name: cmd.exe", [["process.name", "cmd.exe"]]],
    ['process.name: (a or "b" or (c or d))', [["process.name", "a", "b", "c", "d"]]],
    ["process.name: (a or b*)", []],
    [
      "process.args: (a and (b or c))",
      [
        ["process.args", "a"],
        ["process.args", "b", "c"],
      ],
    ],
    ["process.name: (not a)", []],
    ["not process.name: a", []],
    ["process.name: a or process.name: (b or c)", [["process.name", "a", "b", "c"]]],
    ["process.name: a or host.name: b", []],
    [
      "process.name: a and (host.name: b and (user.name: c))",
      [
        ["process.name", "a"],
        ["host.name", "b"],
        ["user.name", "c"],
      ],
    ],
    ["process.name: *", []],
    ["process.name.text: a", []],
    ["message: a", []],
    ["source.port: 5", []],
    ["source.ip: 10.0.0.1", []],
    ["process.*: a", []],
    ["a", []],
    ["", []],
    ["unknown.field: a", [["unknown.field", "a"]]],
    ["unknown.field: 5", []],
    ["unknown.field.keyword: a", []],
    ["host.os.type: true", [["host.os.type", "true"]]],
    ["threat.enrichments: { indicator.name: x }", []],
    ["process.name: (a or null)", []],
  ])("%s", (text, expected) => expect(required(text)).toEqual(expected));

  it("is what the matcher asks for", () => {
    const names = ["k", "t.text", "n", "l"];
    const fields = { k: "keyword", n: "long", l: { type: "keyword", ignore_above: 1 } };
    const value = fc.constantFrom("a", "b", "5", '"ab"', "a*", "true", '"::1"');
    const leaf = fc
      .tuple(
        fc.constantFrom(...names, "u"),
        fc.array(value, { minLength: 1, maxLength: 2 }),
        fc.constantFrom(" and ", " or ", " or not "),
      )
      .map(([name, values, join]) => `${name}: (${values.join(join)})`);
    const query = fc
      .tuple(leaf, leaf, leaf, fc.constantFrom(" and ", " or "), fc.constantFrom(" and ", " or "))
      .map(([a, b, c, outer, inner]) => `${a}${outer}(${b}${inner}${c})`);
    const scalar = fc.constantFrom<unknown>("a", "b", "ab", 5, "5", true, "0:0::1");
    const event = fc.record(
      { k: scalar, t: scalar, n: scalar, u: fc.array(scalar, { maxLength: 2 }), l: scalar },
      { requiredKeys: [] },
    );
    for (const options of [{}, { fields }]) {
      fc.assert(
        fc.property(query, event, (text, doc) => {
          if (!kql.compile(text, options)(doc)) return;
          for (const { field, values } of kql.requiredLiterals(kql.parse(text).ast, options.fields)) {
            const present = [(doc as Record<string, unknown>)[field]].flat().map(String);
            expect(values.some((each) => present.includes(each))).toBe(true);
          }
        }),
        { numRuns: 1000 },
      );
    }
  });
});

describe("explanations", () => {
  const text = "a: (x or not y) and not (b > 5 or c: { d: e and f: g }) and h: *";
  const show = (node: Explanation): unknown => {
    const label = `${node.matched ? "+" : "-"} ${node.kind} ${text.slice(node.start, node.end)}`;
    return node.children === undefined ? label : [label, ...node.children.map((child) => show(child))];
  };

  it("tell the verdict of each condition", () => {
    const event = { a: "y", b: 4, c: [{ d: "e" }, { f: "g" }], h: "" };
    expect(show(kql.explain(text, event))).toEqual([
      `- and ${text}`,
      ["- or a: (x or not y)", "- leaf a: (x", ["- not not y", "+ leaf a: (x or not y"]],
      [
        "+ not not (b > 5 or c: { d: e and f: g })",
        ["- or b > 5 or c: { d: e and f: g }", "- leaf b > 5", "- leaf c: { d: e and f: g }"],
      ],
      "+ leaf h: *",
    ]);
  });

  it("agree with the matcher", () => {
    for (const event of [{}, { a: "x", h: 1 }, { a: "z", h: 1, b: 6 }, { a: ["x", "y"], h: [null] }]) {
      expect(kql.explain(text, event).matched).toBe(kql.compile(text)(event));
    }
  });

  it("have nothing to tell of a blank query", () => {
    expect(kql.explain(" ", {})).toEqual({ kind: "leaf", matched: true, start: 0, end: 1 });
  });
});
