/** Random ES|QL syntax trees, of all kinds of nodes, as the parser could make them; all spans are nought. */
import fc from "fast-check";
import type * as ast from "../../../src/query/esql/index.js";
import { print } from "../../../src/query/esql/index.js";

const at = { start: 0, end: 0 };

const plainName = fc.stringMatching(/^(?:[A-Za-z][A-Za-z0-9_]{0,6}|[_@][A-Za-z0-9_]{1,5})$/);
const anyName = fc.oneof(
  { weight: 4, arbitrary: plainName },
  fc.constantFrom(
    "first",
    "a-b",
    "a.b.c",
    "by",
    "IN",
    "*",
    "a..b",
    "",
    ".",
    "x`y",
    "naïve",
    "1a",
    "a b",
    "//",
    "as",
  ),
  fc.string({ maxLength: 6, unit: "binary" }),
);
const anyText = fc.oneof(
  fc.constantFrom("", "a", 'a"b', "\\", '"', '"""', "a\nb", "\t", "%{IP:x}", '""', 'x"', "C:\\Windows"),
  fc.string({ maxLength: 8, unit: "binary" }),
);

const column: fc.Arbitrary<ast.Column> = fc.record({
  kind: fc.constant("column" as const),
  name: anyName,
  qualifier: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, anyName),
  start: fc.constant(0),
  end: fc.constant(0),
});
const plainColumn = anyName.map((name): ast.Column => ({
  kind: "column",
  name,
  qualifier: undefined,
  ...at,
}));

const parameter: fc.Arbitrary<ast.Parameter> = fc
  .tuple(fc.boolean(), fc.stringMatching(/^(?:|[0-9]{1,3}|[A-Za-z_][A-Za-z0-9_]{0,5})$/))
  .map(([double, name]) => ({ kind: "parameter", double, name, ...at }));

const pattern: fc.Arbitrary<ast.ColumnPattern> = fc
  .tuple(
    fc.array(
      fc.tuple(fc.option(anyName.filter((name) => name !== "")), fc.constant({ any: true as const })),
      { minLength: 1, maxLength: 3 },
    ),
    fc.option(anyName.filter((name) => name !== "")),
  )
  .map(([pairs, last]) => ({
    kind: "pattern",
    pieces: [...pairs.flat(), last].filter((piece) => piece !== null),
    ...at,
  }));

const mixed = (
  parts: fc.Arbitrary<ast.Column | ast.ColumnPattern | ast.Parameter>,
): fc.Arbitrary<ast.ParameterColumn> =>
  fc
    .tuple(fc.array(parts, { maxLength: 2 }), parameter, fc.array(parts, { maxLength: 2 }))
    .filter(([before, , after]) => before.length + after.length > 0)
    .map(([before, middle, after]) => ({
      kind: "parameter-column",
      parts: [...before, middle, ...after],
      ...at,
    }));

const reference: fc.Arbitrary<ast.ColumnReference> = fc.oneof(
  { weight: 6, arbitrary: column },
  parameter,
  mixed(fc.oneof(plainColumn, parameter)),
);
const selector: fc.Arbitrary<ast.ColumnSelector> = fc.oneof(
  { weight: 3, arbitrary: reference },
  pattern,
  mixed(fc.oneof(plainColumn, parameter, pattern)),
);

const text = anyText.map((value): ast.TextLiteral => ({
  kind: "literal",
  type: "keyword",
  value,
  content: at,
  ...at,
}));
const signed = (value: bigint, negative: boolean): bigint => (negative ? -value : value);
const number: fc.Arbitrary<ast.NumberLiteral> = fc.oneof(
  fc
    .integer({ min: -2_147_483_647 })
    .map((value): ast.NumberLiteral => ({ kind: "literal", type: "integer", value, ...at })),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value): ast.NumberLiteral => ({ kind: "literal", type: "double", value, ...at })),
  fc
    .tuple(fc.bigInt({ min: 2n ** 31n, max: 2n ** 63n - 1n }), fc.boolean())
    .map(([value, minus]): ast.NumberLiteral => ({
      kind: "literal",
      type: "long",
      value: signed(value, minus),
      ...at,
    })),
  fc
    .tuple(fc.bigInt({ min: 2n ** 63n, max: 2n ** 64n - 1n }), fc.boolean())
    .map(([value, minus]): ast.NumberLiteral => ({
      kind: "literal",
      type: "unsigned_long",
      value: signed(value, minus),
      ...at,
    })),
);
const boolean = fc
  .boolean()
  .map((value): ast.BooleanLiteral => ({ kind: "literal", type: "boolean", value, ...at }));
const nothing = fc.constant<ast.NullLiteral>({ kind: "literal", type: "null", value: null, ...at });
const timespan: fc.Arbitrary<ast.Timespan> = fc
  .tuple(fc.integer({ min: -1000, max: 1000 }), fc.constantFrom("day", "h", "minutes", "mo", "quarter", "yr"))
  .map(([amount, unit]) => ({ kind: "timespan", amount, unit, ...at }));
const listOf = (item: fc.Arbitrary<ast.Expression>): fc.Arbitrary<ast.List> =>
  fc.array(item, { minLength: 1, maxLength: 3 }).map((values) => ({ kind: "list", values, ...at }));
const constant: fc.Arbitrary<ast.Expression> = fc.oneof(
  text,
  number,
  boolean,
  nothing,
  timespan,
  parameter,
  listOf(text),
  listOf(number),
  listOf(boolean),
);

const map: fc.Arbitrary<ast.MapLiteral> = fc.letrec<{ map: ast.MapLiteral }>((tie) => ({
  map: fc
    .array(fc.tuple(anyText, fc.oneof({ depthSize: "small" }, constant, tie("map"))), { maxLength: 3 })
    .map((entries) => ({
      kind: "map",
      entries: entries.map(([key, value]) => ({ key, keySpan: at, value, ...at })),
      ...at,
    })),
})).map;

const operators = ["==", "!=", "<", "<=", ">", ">="] as const;
const two = { minLength: 2, maxLength: 3 };
const some = { minLength: 1, maxLength: 3 };
const isFlat = (kind: string) => (operands: readonly ast.Expression[]) =>
  operands.every((operand) => operand.kind !== kind);
/** Signs and not negative numbers are one literal. */
const isNegatable = (node: ast.Expression): boolean =>
  node.kind === "timespan"
    ? node.amount < 0
    : !(node.kind === "literal" && (typeof node.value === "number" || typeof node.value === "bigint")) ||
      node.value < 0 ||
      Object.is(node.value, -0);

// fast-check asks for a type, not an interface.
type Nodes = {
  expression: ast.Expression;
  subquery: ast.Subquery;
  command: ast.Command;
  from: ast.From;
};

const indexText = fc.oneof(
  fc.constantFrom(
    "logs-*",
    "a:b",
    "c1:logs-*::failures",
    "metadata",
    "a,b",
    "<logs-{now/d}>",
    "on",
    "where",
    "a//b",
    "x:on",
    "",
  ),
  fc.string({ maxLength: 6, unit: "binary" }),
);
const index = indexText.map((name): ast.Index => ({ kind: "index", text: name, ...at }));
const word = fc.constantFrom("rrf", "linear", "score", "key", "a-b");

const nodes = fc.letrec<Nodes>((tie) => {
  const expression = tie("expression");
  const expressions = fc.array(expression, some);
  const junction = (kind: "and" | "or"): fc.Arbitrary<ast.Junction> =>
    fc
      .array(expression, two)
      .filter(isFlat(kind))
      .map((operands) => ({ kind, operands, ...at }));
  const assignment = fc
    .tuple(fc.option(reference, { nil: undefined }), expression)
    .map(([target, value]): ast.Assignment => ({ target, value, text: nameText(target, value), ...at }));
  const assignments = fc.array(assignment, some);
  const aggregate = fc
    .tuple(assignment, fc.option(expression, { nil: undefined }))
    .map(([given, where]): ast.Aggregate => ({ ...given, where, text: filteredText(given, where) }));
  const options = fc.option(fc.oneof(map, parameter), { nil: undefined });
  const target = fc.option(reference, { nil: undefined });
  const commands = fc.array(tie("command"), some);
  const row = assignments.map((columns): ast.Row => ({ kind: "row", columns, ...at }));
  return {
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      reference,
      constant,
      junction("and"),
      junction("or"),
      expression.map((operand): ast.Not => ({ kind: "not", operand, ...at })),
      fc
        .tuple(expression, fc.constantFrom(...operators), expression)
        .map(([left, operator, right]): ast.Comparison => ({
          kind: "comparison",
          operator,
          left,
          right,
          ...at,
        })),
      fc
        .tuple(expression, fc.constantFrom("+", "-", "*", "/", "%"), expression)
        .map(([left, operator, right]): ast.Arithmetic => ({
          kind: "arithmetic",
          operator,
          left,
          right,
          ...at,
        })),
      expression.filter(isNegatable).map((operand): ast.Negation => ({ kind: "negation", operand, ...at })),
      fc
        .tuple(
          fc.constantFrom("like", "rlike"),
          fc.boolean(),
          expression,
          fc.array(fc.oneof(text, parameter), some),
          fc.boolean(),
        )
        .map(([operator, negated, operand, patterns, list]): ast.Like => ({
          kind: "like",
          operator,
          negated,
          operand,
          patterns,
          list: list || patterns.length > 1,
          ...at,
        })),
      fc
        .tuple(fc.boolean(), expression, expressions)
        .map(([negated, operand, values]): ast.In => ({ kind: "in", negated, operand, values, ...at })),
      fc
        .tuple(fc.boolean(), expressions, tie("subquery"))
        .map(([negated, operands, query]): ast.InSubquery => ({
          kind: "in-subquery",
          negated,
          operands,
          query,
          ...at,
        })),
      fc
        .tuple(fc.boolean(), expression)
        .map(([negated, operand]): ast.IsNull => ({ kind: "is-null", negated, operand, ...at })),
      fc
        .tuple(expression, constant)
        .map(([operand, query]): ast.Match => ({ kind: "match", operand, query, ...at })),
      fc
        .tuple(expression, fc.constantFrom("long", "IP", "date_period"))
        .map(([operand, type]): ast.Cast => ({ kind: "cast", operand, type, typeSpan: at, ...at })),
      fc
        .tuple(
          fc.constantFrom("COUNT", "first", "mv_first", "?fn", "??f", "`odd name`"),
          fc.array(expression, { maxLength: 3 }),
          fc.option(map),
          fc.boolean(),
        )
        .map(([name, args, last, star]): ast.Call => ({
          kind: "call",
          name,
          nameSpan: at,
          star: star && args.length === 0,
          args: last === null || args.length === 0 ? args : [...args, last],
          ...at,
        })),
    ),
    from: fc
      .tuple(
        fc.constantFrom("from", "ts"),
        fc.array(fc.oneof({ weight: 4, arbitrary: index }, tie("subquery")), some),
        fc.uniqueArray(fc.constantFrom("_id", "_index", "_version", "where"), { maxLength: 3 }),
      )
      .map(([kind, targets, fields]): ast.From => ({
        kind,
        targets,
        metadata: fields.map((name) => ({ kind: "column", name, qualifier: undefined, ...at })),
        ...at,
      })),
    subquery: fc
      .tuple(
        fc.oneof(
          { depthSize: "small" },
          fc.constant<ast.Row>({ kind: "row", columns: [named("a")], ...at }),
          tie("from"),
          row,
        ),
        fc.array(tie("command"), { maxLength: 2 }),
      )
      .map(([source, steps]): ast.Subquery => ({ kind: "subquery", source, commands: steps, ...at })),
    command: fc.oneof(
      { depthSize: "small" },
      fc
        .constantFrom("dedup", "metrics_info", "ts_info", "ts_collapse")
        .map((kind): ast.Plain => ({ kind, ...at })),
      expression.map((condition): ast.Where => ({ kind: "where", condition, ...at })),
      assignments.map((columns): ast.Eval => ({ kind: "eval", columns, ...at })),
      fc
        .tuple(fc.constantFrom("keep", "drop"), fc.array(selector, some))
        .map(([kind, columns]): ast.Selection => ({ kind, columns, ...at })),
      fc.array(fc.tuple(selector, selector), some).map((pairs): ast.Rename => ({
        kind: "rename",
        renamings: pairs.map(([from, to]) => ({ from, to, ...at })),
        ...at,
      })),
      fc
        .tuple(constant, fc.array(expression, { maxLength: 2 }))
        .map(([count, by]): ast.Limit => ({ kind: "limit", count, by, ...at })),
      fc
        .array(
          fc.record({
            value: expression,
            direction: fc.constantFrom("asc" as const, "desc" as const, undefined),
            nulls: fc.constantFrom("first" as const, "last" as const, undefined),
            start: fc.constant(0),
            end: fc.constant(0),
          }),
          some,
        )
        .map((orders): ast.Sort => ({ kind: "sort", orders, ...at })),
      fc
        .tuple(fc.boolean(), fc.array(aggregate, { maxLength: 2 }), fc.array(assignment, { maxLength: 2 }))
        .filter(([, aggregates, by]) => aggregates.length + by.length > 0)
        .map(([inline, aggregates, by]): ast.Stats => ({ kind: "stats", inline, aggregates, by, ...at })),
      fc.tuple(expression, text, fc.option(text)).map(([input, shape, separator]): ast.Dissect => ({
        kind: "dissect",
        input,
        pattern: shape,
        options:
          separator === null ? [] : [{ name: "append_separator", nameSpan: at, value: separator, ...at }],
        ...at,
      })),
      fc
        .tuple(expression, fc.array(text, some))
        .map(([input, patterns]): ast.Grok => ({ kind: "grok", input, patterns, ...at })),
      reference.map((by): ast.MvExpand => ({ kind: "mv_expand", column: by, ...at })),
      fc
        .tuple(
          fc.constantFrom(undefined, "_any"),
          fc.oneof(word, anyText),
          target,
          fc.array(fc.tuple(target, reference), { maxLength: 2 }),
        )
        .map(([mode, policy, on, fields]): ast.Enrich => ({
          kind: "enrich",
          mode,
          policy,
          policySpan: at,
          on,
          with: fields.map(([name, field]) => ({ target: name, field, ...at })),
          ...at,
        })),
      fc
        .tuple(
          fc.constantFrom("lookup", "left", "right"),
          index,
          fc.constantFrom(undefined, "other"),
          expressions,
        )
        .map(([type, table, alias, on]): ast.Join => ({
          kind: "join",
          type,
          index: table,
          alias,
          on,
          ...at,
        })),
      fc
        .tuple(
          index.filter((table) => table.text.toLowerCase() !== "join"),
          fc.array(selector, some),
        )
        .map(([table, on]): ast.Lookup => ({ kind: "lookup", index: table, on, ...at })),
      fc
        .tuple(
          reference,
          target,
          fc.array(reference, { maxLength: 2 }),
          fc.option(fc.tuple(reference, reference), { nil: undefined }),
        )
        .map(([value, on, by, as]): ast.ChangePoint => ({ kind: "change_point", value, on, by, as, ...at })),
      fc.array(commands, some).map((branches): ast.Fork => ({
        kind: "fork",
        branches: branches.map((steps) => ({ commands: steps, ...at })),
        ...at,
      })),
      fc
        .tuple(
          fc.option(word, { nil: undefined }),
          target,
          fc.array(reference, { maxLength: 2 }),
          target,
          fc.option(map, { nil: undefined }),
        )
        .map(([method, score, keys, group, settings]): ast.Fuse => ({
          kind: "fuse",
          method,
          score,
          keys,
          group,
          with: settings,
          ...at,
        })),
      fc.tuple(target, expression, options).map(([name, prompt, settings]): ast.Completion => ({
        kind: "completion",
        target: name,
        prompt,
        with: settings,
        ...at,
      })),
      fc.tuple(target, constant, assignments, options).map(([name, query, on, settings]): ast.Rerank => ({
        kind: "rerank",
        target: name,
        query,
        on,
        with: settings,
        ...at,
      })),
      fc
        .tuple(fc.option(text, { nil: undefined }), constant, fc.array(selector, some), options)
        .map(([prefix, query, on, settings]): ast.Highlight => ({
          kind: "highlight",
          prefix,
          query,
          on,
          with: settings,
          ...at,
        })),
      fc
        .tuple(fc.option(expression, { nil: undefined }), reference, constant, options)
        .map(([vector, on, limit, settings]): ast.Mmr => ({
          kind: "mmr",
          vector,
          on,
          limit,
          with: settings,
          ...at,
        })),
      fc
        .tuple(
          fc.constantFrom("ip_location", "registered_domain", "uri_parts", "user_agent"),
          reference,
          expression,
          options,
        )
        .map(([kind, name, input, settings]): ast.Extraction => ({
          kind,
          target: name,
          input,
          with: settings,
          ...at,
        })),
      constant.map((probability): ast.Sample => ({ kind: "sample", probability, ...at })),
    ),
  };
});

function named(name: string): ast.Assignment {
  return { target: undefined, value: { kind: "column", name, qualifier: undefined, ...at }, text: "", ...at };
}

/** How an expression without a name would be written, which is its column's name. */
function nameText(target: ast.ColumnReference | undefined, value: ast.Expression): string {
  const given = ["column", "parameter", "parameter-column"].includes(value.kind);
  return target !== undefined || given ? "" : write(value);
}

function filteredText(
  { target, value, text: given }: ast.Assignment,
  where: ast.Expression | undefined,
): string {
  return where === undefined || target !== undefined ? given : `${write(value)} WHERE ${write(where)}`;
}

function write(condition: ast.Expression): string {
  const source: ast.Show = { kind: "show", what: "info", ...at };
  const query = print({
    kind: "query",
    settings: [],
    source,
    commands: [{ kind: "where", condition, ...at }],
    ...at,
  });
  return query.slice("SHOW INFO\n| WHERE ".length);
}

const promql: fc.Arbitrary<ast.Promql> = fc
  .tuple(
    fc.array(fc.tuple(anyName, fc.constantFrom("k8s", '"5m"', "?_tstart", "a, b:c::d", "`x`")), {
      maxLength: 2,
    }),
    fc.option(anyName, { nil: undefined }),
    fc.constantFrom("(up)", '(sum by (job) (rate(x{a="|)"}[5m])))', "( # note\n up)"),
  )
  .map(([params, target, query]) => ({
    kind: "promql",
    params: params.map(([name, value]) => ({ name, value, ...at })),
    target,
    query,
    querySpan: at,
    ...at,
  }));

const source: fc.Arbitrary<ast.Source> = fc.oneof(
  { weight: 6, arbitrary: nodes.from },
  fc.array(nodes.expression, some).map((values): ast.Row => ({
    kind: "row",
    columns: values.map((value) => ({ target: undefined, value, text: nameText(undefined, value), ...at })),
    ...at,
  })),
  fc.constant<ast.Show>({ kind: "show", what: "info", ...at }),
  promql,
  nodes.subquery.map((query): ast.Explain => ({ kind: "explain", query, ...at })),
);

export const query: fc.Arbitrary<ast.Query> = fc
  .tuple(
    fc.array(fc.tuple(anyName, fc.oneof(constant, map)), { maxLength: 2 }),
    source,
    fc.array(nodes.command, { maxLength: 4 }),
  )
  .map(([settings, given, commands]) => ({
    kind: "query",
    settings: settings.map(([name, value]) => ({ name, nameSpan: at, value, ...at })),
    source: given,
    commands,
    ...at,
  }));
