import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as kql from "../../../src/query/kql/index.js";
import { errorsOf, meaningOf, withoutSpans } from "./support.js";

describe("the canonical text", () => {
  it.each([
    ["", ""],
    ["  a:b  ", "a: b"],
    ["a:x AND NOT b:y OR c:z", "a: x and not b: y or c: z"],
    ["(a:x and b:y) or c:z", "a: x and b: y or c: z"],
    ["(a:x or b:y) or c:z", "(a: x or b: y) or c: z"],
    ["((a:x)) and (not (b:y))", "a: x and not b: y"],
    ["not (not a:x)", "not (not a: x)"],
    ["not (a:x and b:y)", "not (a: x and b: y)"],
    ["a:(x)", "a: x"],
    ["a:((x or y) and not z)", "a: ((x or y) and not z)"],
    ["a:(not x)", "a: (not x)"],
    ["a>=5", "a >= 5"],
    ["p:{a:x or b:{c:y}}", "p: { a: x or b: { c: y } }"],
    ['a:"x\\ty\\\\z\\""', 'a: "x\\ty\\\\z\\""'],
    ["a: C\\:\\\\x\\*y*", "a: C\\:\\\\x\\*y*"],
    ["a: rock \\and roll", "a: rock \\and roll"],
    ["a: x*\\u000aoT", "a: x*\\u000aoT"],
    ["a: (k\\u006eot or y)", "a: (k\\u006eot or y)"],
    ['"my field": *', '"my field": *'],
    ["foo bar", "foo bar"],
  ])("%s", (text, expected) => {
    expect(kql.print(kql.parse(text).ast)).toBe(expected);
  });

  it.each([
    ["a:(x or not y) and b > 5", "((a: x OR NOT a: y) AND b > 5)"],
    ["not (a:x or b:y)", "NOT (a: x OR b: y)"],
    ["not (not a:x)", "NOT (NOT a: x)"],
  ])("%s as Kibana prints it", (text, expected) => {
    expect(kql.print(kql.parse(text).ast, { style: "kibana" })).toBe(expected);
  });
});

const chars = fc.constantFrom(..."aNnoOrRtTdD  \t\u00a0\n*\\()<>:{}\"'uU0 and or not é\u2003😀\ud800-_.,/=");
const text = fc.oneof(
  fc.string({ unit: chars, maxLength: 12 }),
  fc.constantFrom(
    "and",
    "or",
    "not",
    "x not",
    "knot",
    "or x",
    "x and y",
    "null",
    "true",
    "not not",
    "\\u0041",
  ),
);
const span = { start: 0, end: 0 };
const quoted = text.map((value) => ({ value, quoted: true, ...span }));
/** Kibana trims words, and takes some for more than text. */
const plain = text
  .map((value) => value.trim())
  .filter((value) => !["true", "false", "null"].includes(value))
  .map((value) => ({ value, quoted: false, ...span }));
const wild = fc.array(text, { minLength: 2, maxLength: 4 }).map((texts) => {
  const pieces = [...texts];
  pieces[0] = pieces[0]!.trimStart();
  pieces[pieces.length - 1] = pieces.at(-1)!.trimEnd();
  return { value: pieces.join("*"), quoted: false, pieces, ...span };
});
const literal = fc.oneof(quoted, plain, wild);
const name = literal.map(({ value, ...rest }): kql.Name => ({ name: value, ...rest }));
const value = fc.oneof(
  literal.map((each): kql.Value => ({ kind: "value", ...each })),
  fc
    .constantFrom(true, false, null)
    .map((each): kql.Value => ({ kind: "value", value: each, quoted: false, ...span })),
);

const { condition } = fc.letrec<{ condition: kql.Condition; values: kql.Values }>((tie) => {
  const joins = fc.constantFrom("and" as const, "or" as const);
  const operands = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
    fc.array(of, { minLength: 2, maxLength: 4 });
  return {
    values: fc.oneof(
      { maxDepth: 3, depthIdentifier: "kql" },
      value,
      fc.record({ kind: joins, operands: operands(tie("values")), ...constants() }),
      fc.record({ kind: fc.constant("not" as const), operand: tie("values"), ...constants() }),
    ),
    condition: fc.oneof(
      { maxDepth: 3, depthIdentifier: "kql" },
      fc.record({ kind: fc.constant("is" as const), field: fc.constant(undefined), value, ...constants() }),
      fc.record({ kind: fc.constant("is" as const), field: name, value: tie("values"), ...constants() }),
      fc.record({
        kind: fc.constant("range" as const),
        field: name,
        operator: fc.constantFrom("<" as const, "<=" as const, ">" as const, ">=" as const),
        value,
        ...constants(),
      }),
      fc.record({ kind: joins, operands: operands(tie("condition")), ...constants() }),
      fc.record({ kind: fc.constant("not" as const), operand: tie("condition"), ...constants() }),
      fc.record({ kind: fc.constant("nested" as const), path: name, body: tie("condition"), ...constants() }),
    ),
  };
});

function constants(): { start: fc.Arbitrary<number>; end: fc.Arbitrary<number> } {
  return { start: fc.constant(0), end: fc.constant(0) };
}

describe("printing and reading", () => {
  it("a printed tree reads as the same tree", () => {
    fc.assert(
      fc.property(condition, (body) => {
        const printed = kql.print({ kind: "query", body, ...span });
        expect(errorsOf(printed)).toEqual([]);
        expect(meaningOf(printed)).toEqual(withoutSpans({ kind: "query", body }));
        expect(printed).not.toMatch(/[\r\n\t]/);
      }),
      { numRuns: 1000 },
    );
  });

  it("a query that was read and printed reads the same", () => {
    const piece = fc.constantFrom(
      "a", "b.c", ":", ": ", " and ", " OR ", " not ", "(", ")", "{", "}", '"x y"', "*", "\\", "\\not", ">", "<= ", " ", "\u00a0", "x not", "null",
    ); // prettier-ignore
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const query = pieces.join("");
        fc.pre(errorsOf(query).length === 0);
        expect(meaningOf(kql.print(kql.parse(query).ast))).toEqual(meaningOf(query));
      }),
      { numRuns: 1500 },
    );
  });
});
