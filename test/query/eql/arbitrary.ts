/** Random EQL syntax trees of all kinds of nodes, as the parser could make them; all spans are nought. */
import fc from "fast-check";
import type * as ast from "../../../src/query/eql/index.js";

const at = { start: 0, end: 0 };

const plainName = fc.stringMatching(/^[A-Za-z_@][A-Za-z0-9_]{0,6}$/);
const anyName = fc.oneof(
  { weight: 4, arbitrary: plainName },
  { weight: 4, arbitrary: fc.array(plainName, { minLength: 2, maxLength: 4 }).map((parts) => parts.join(".")) },
  fc.constantFrom("sequence", "event.sequence", "and", "any", "a-b", "a.0.b", "a..b", "", ".", "x`y", "``", "naïve", "a b", "?", "a\nb", "//"),
  fc.string({ maxLength: 6, unit: "binary" }),
); // prettier-ignore

const anyText = fc.oneof(
  fc.constantFrom(
    "",
    "a*",
    'a"b',
    "\\",
    '\\"',
    '"""',
    "\\a\nb",
    "\t",
    '""\\',
    '\\w""',
    "C:\\Windows",
    "'",
    "\u0000",
  ),
  fc.string({ maxLength: 8, unit: "binary" }),
);

const field: fc.Arbitrary<ast.Field> = fc.record({
  kind: fc.constant("field" as const),
  name: anyName,
  optional: fc.boolean(),
  start: fc.constant(0),
  end: fc.constant(0),
});

const number = (sign: boolean): fc.Arbitrary<ast.Literal> =>
  fc
    .oneof(
      fc.maxSafeInteger().map((value) => ({ value, decimal: false })),
      fc.constantFrom(0, 1, 2 ** 63).map((value) => ({ value, decimal: false })),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => ({ value, decimal: true })),
      fc.constantFrom(1, 1e21, 1e300, 2 ** 64, 1e-7).map((value) => ({ value, decimal: true })),
    )
    .map(({ value, decimal }) => {
      const used = sign ? value : Math.abs(value);
      return { kind: "literal", value: used, ...(decimal ? { decimal: true } : {}), ...at };
    });

const constant: fc.Arbitrary<ast.Literal> = fc.oneof(
  { weight: 3, arbitrary: anyText.map((value): ast.Literal => ({ kind: "literal", value, ...at })) },
  number(false),
  fc.constantFrom(true, false, null).map((value): ast.Literal => ({ kind: "literal", value, ...at })),
);

const expression: fc.Arbitrary<ast.Expression> = fc.letrec<{ expression: ast.Expression }>((tie) => {
  const inner = tie("expression");
  const junction = fc
    .record({
      kind: fc.constantFrom("and" as const, "or" as const),
      operands: fc.array(inner, { minLength: 2, maxLength: 4 }),
    })
    .map((node): ast.Junction => ({ ...node, ...at }));
  const binary = fc.record({ left: inner, right: inner });
  return {
    expression: fc.oneof(
      { maxDepth: 5, depthIdentifier: "expression" },
      field,
      constant,
      number(true),
      junction,
      inner.map((operand): ast.Not => ({ kind: "not", operand, ...at })),
      inner.map((operand): ast.Negation => ({ kind: "negation", operand, ...at })),
      fc
        .tuple(binary, fc.constantFrom("==" as const, "!=" as const, "<" as const, "<=" as const, ">" as const, ">=" as const))
        .map(([sides, operator]): ast.Comparison => ({ kind: "comparison", operator, ...sides, ...at })),
      fc
        .tuple(binary, fc.constantFrom("+" as const, "-" as const, "*" as const, "/" as const, "%" as const))
        .map(([sides, operator]): ast.Arithmetic => ({ kind: "arithmetic", operator, ...sides, ...at })),
      fc
        .record({
          operator: fc.constantFrom(":" as const, "like" as const, "like~" as const, "regex" as const, "regex~" as const),
          operand: inner,
          patterns: fc.array(constant, { minLength: 1, maxLength: 3 }),
          list: fc.boolean(),
        })
        .map(({ list, ...node }): ast.PatternMatch => ({ kind: "match", ...node, list: list || node.patterns.length > 1, ...at })),
      fc
        .record({
          negated: fc.boolean(),
          insensitive: fc.boolean(),
          operand: inner,
          values: fc.array(inner, { minLength: 1, maxLength: 3 }),
        })
        .map((node): ast.In => ({ kind: "in", ...node, ...at })),
      fc
        .record({
          name: plainName.filter((name) => !isKeyword(name)),
          insensitive: fc.boolean(),
          args: fc.array(inner, { maxLength: 3 }),
        })
        .map(({ name, ...node }): ast.Call => {
          const insensitive = node.insensitive && /^[A-Za-z]/.test(name);
          return { kind: "call", name, nameSpan: at, ...node, insensitive, ...at };
        }),
    ),
  };
}).expression; // prettier-ignore

/** Kept apart from the parser's own list: this one is what the grammar says. */
function isKeyword(name: string): boolean {
  return /^(?:and|any|by|false|in|join|like|maxspan|not|null|of|or|regex|sample|sequence|true|until|where|with)$/.test(
    name,
  );
}

const event: fc.Arbitrary<ast.EventFilter> = fc
  .record({ name: fc.option(fc.oneof(plainName, anyText), { nil: undefined }), condition: expression })
  .map(({ name, condition }) => ({ kind: "event", category: { name, ...at }, condition, ...at }));

const keys = (count: number): fc.Arbitrary<ast.Field[]> =>
  fc.array(field, { minLength: count, maxLength: count });

const term = (keyCount: number): fc.Arbitrary<ast.Term> =>
  fc
    .record({ event, by: keys(keyCount), runs: fc.integer({ min: 1, max: 100 }), missing: fc.boolean() })
    .map((node) => ({ ...node, ...at }));

const duration: fc.Arbitrary<ast.Duration> = fc
  .record({
    amount: fc.integer({ min: 1, max: 1_000_000 }),
    unit: fc.constantFrom("ms" as const, "s" as const, "m" as const, "h" as const, "d" as const),
  })
  .map((node) => ({ ...node, ...at }));

const sequence: fc.Arbitrary<ast.Sequence> = fc.integer({ min: 0, max: 2 }).chain((count) =>
  fc
    .record({
      by: fc.array(field, { maxLength: 2 }),
      maxspan: duration,
      terms: fc.array(term(count), { minLength: 2, maxLength: 4 }),
      until: fc.option(term(count), { nil: undefined }),
    })
    .map(({ terms: [first, ...others], until, ...node }) => ({
      kind: "sequence",
      ...node,
      terms: [{ ...first!, missing: false }, ...others],
      until: until === undefined ? undefined : { ...until, missing: false },
      ...at,
    })),
);

const plainTerm = (count: number): fc.Arbitrary<ast.Term> =>
  term(count).map((node) => ({ ...node, runs: 1, missing: false }));

const sample: fc.Arbitrary<ast.Sample> = fc.integer({ min: 1, max: 2 }).chain((count) =>
  fc
    .record({
      by: fc.array(field, { maxLength: 2 }),
      terms: fc.array(plainTerm(count), { minLength: 2, maxLength: 3 }),
    })
    .map((node) => ({ kind: "sample", ...node, ...at })),
);

const join: fc.Arbitrary<ast.Join> = fc
  .record({
    by: fc.array(field, { maxLength: 2 }),
    terms: fc.array(plainTerm(1), { minLength: 2, maxLength: 3 }),
    until: fc.option(plainTerm(1), { nil: undefined }),
  })
  .map((node) => ({ kind: "join", ...node, ...at }));

const pipe: fc.Arbitrary<ast.Pipe> = fc
  .record({ name: fc.constantFrom("head" as const, "tail" as const), count: fc.nat() })
  .map((node) => ({ ...node, ...at }));

/** Queries that Elasticsearch's parser takes. */
export const anyQuery: fc.Arbitrary<ast.Query> = fc
  .record({
    statement: fc.oneof({ weight: 3, arbitrary: event }, sequence, sample, join),
    pipes: fc.array(pipe, { maxLength: 2 }),
  })
  .map((node) => ({ kind: "query", ...node, ...at }));
