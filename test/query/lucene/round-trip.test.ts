import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import type { Clause, Node, Query } from "../../../src/query/lucene/index.js";
import { parse, print } from "../../../src/query/lucene/index.js";
import { VALID } from "./queries.js";

/** A tree without places. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "start" && key !== "end");
  return Object.fromEntries(entries.map(([key, below]) => [key, shape(below)]));
}

const here = { start: 0, end: 0 };
const text = fc.oneof(
  fc.constantFrom(
    "a",
    "AND",
    "or",
    "NOT",
    "+",
    "-x",
    "a b",
    "TO",
    "*",
    "C:\\x",
    "/x/",
    '"',
    "&&",
    ">=5",
    "u0041",
    "~1",
  ),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }),
);
const number = fc.constantFrom("1", "2", "0.5", "10");
const boost = fc.option(number, { nil: undefined });
const fieldName = fc.option(
  text.map((name) => ({ name, ...here })),
  { nil: undefined },
);
const tilde = fc.option(fc.constantFrom("", "1", "2"), { nil: undefined });
const common = { field: fieldName, boost, tilde, start: fc.constant(0), end: fc.constant(0) };
const bound = fc.record({ text: text.filter((one) => one.trim() !== ""), quoted: fc.boolean(), ...zero() });

function zero() {
  return { start: fc.constant(0), end: fc.constant(0) };
}

const leaf: fc.Arbitrary<Node> = fc.oneof(
  fc.record({
    kind: fc.constant("term" as const),
    words: text.map((one) => [{ text: one, ...here }]),
    ...common,
  }),
  fc.record({ kind: fc.constant("phrase" as const), text: fc.oneof(fc.constant(""), text), ...common }),
  fc.record({
    kind: fc.constant("wildcard" as const),
    pieces: fc.constantFrom(
      [{ any: true as const }],
      ["a b", { any: true as const }],
      [{ one: true as const }, "-AND", { any: true as const }, "\\u"],
    ),
    ...common,
  }),
  fc.record({
    kind: fc.constant("regexp" as const),
    pattern: fc.constantFrom("a.*", "a\\/b", "[a-z]{2}"),
    ...common,
  }),
  fc.record({
    kind: fc.constant("sign" as const),
    sign: fc.constantFrom("+" as const, "-" as const, "!" as const),
    ...common,
  }),
  fc.record({
    kind: fc.constant("range" as const),
    low: bound,
    high: bound,
    includesLow: fc.boolean(),
    includesHigh: fc.boolean(),
    field: fieldName,
    boost,
    ...zero(),
  }),
);

const { clauses } = fc.letrec<{ node: Node; clauses: Clause[] }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.record({
      kind: fc.constant("group" as const),
      field: fieldName,
      clauses: tie("clauses"),
      boost,
      ...zero(),
    }),
  ),
  clauses: fc
    .array(
      fc.record({
        conjunction: fc.constantFrom("and" as const, "or" as const),
        modifier: fc.constantFrom(undefined, "+" as const, "-" as const, "NOT" as const),
        occur: fc.constant("should" as const),
        node: tie("node"),
        ...zero(),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((all) => all.map((clause, index) => (index === 0 ? { ...clause, conjunction: undefined } : clause))),
}));

/** How clauses count follows from the operators: the tree that is made up does not know it. */
function withoutOccur(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(shape(value), (key, below: unknown) => (key === "occur" ? undefined : below)),
  );
}

describe("print and parse", () => {
  test.each(VALID)("give %s back", (query) => {
    const { ast } = parse(query);
    const again = parse(print(ast));
    expect(shape({ ...again.ast })).toEqual(shape({ ...ast }));
    expect(print(again.ast)).toBe(print(ast));
  });

  test.prop([clauses], { numRuns: 2_000 })("give any tree back", (made) => {
    const ast: Query = { kind: "query", clauses: made, ...here };
    const printed = print(ast);
    const { ast: again, diagnostics } = parse(printed);
    expect({ printed, errors: diagnostics.filter(({ severity }) => severity === "error") }).toEqual({
      printed,
      errors: [],
    });
    expect({ printed, ast: withoutOccur(again) }).toEqual({ printed, ast: withoutOccur(ast) });
  });
});
