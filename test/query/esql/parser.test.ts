import { describe, expect, it } from "vitest";
import { MAX_LENGTH } from "../../../src/query/core/index.js";
import { type Expression, parse, type Query } from "../../../src/query/esql/index.js";
import { withoutSpans } from "./without-spans.js";

function valid(text: string): Query {
  const { ast, diagnostics } = parse(text);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return ast;
}

/** An expression in brackets, one for each node. */
function shape(node: Expression): string {
  switch (node.kind) {
    case "and":
    case "or":
      return `(${[node.kind, ...node.operands.map(shape)].join(" ")})`;
    case "not":
    case "negation":
      return `(${node.kind === "not" ? "not" : "-"} ${shape(node.operand)})`;
    case "comparison":
    case "arithmetic":
      return `(${node.operator} ${shape(node.left)} ${shape(node.right)})`;
    case "like":
      return `(${node.negated ? "not-" : ""}${node.operator} ${[node.operand, ...node.patterns].map(shape).join(" ")})`;
    case "in":
      return `(${node.negated ? "not-" : ""}in ${[node.operand, ...node.values].map(shape).join(" ")})`;
    case "in-subquery":
      return `(${node.negated ? "not-" : ""}in ${node.operands.map(shape).join(" ")} ${node.query.source.kind}…)`;
    case "is-null":
      return `(${node.negated ? "not-" : ""}null ${shape(node.operand)})`;
    case "match":
      return `(: ${shape(node.operand)} ${shape(node.query)})`;
    case "cast":
      return `(:: ${shape(node.operand)} ${node.type})`;
    case "call":
      return `${node.name}(${node.star ? "*" : node.args.map(shape).join(", ")})`;
    case "literal":
      return node.type === "keyword"
        ? JSON.stringify(node.value)
        : `${String(node.value)}${typeof node.value === "bigint" ? "n" : ""}`;
    case "timespan":
      return `${node.amount}${node.unit}`;
    case "list":
      return `[${node.values.map(shape).join(", ")}]`;
    case "map":
      return `{${node.entries.map(({ key, value }) => `${key}: ${shape(value)}`).join(", ")}}`;
    case "column":
      return node.qualifier === undefined ? node.name : `${node.qualifier}→${node.name}`;
    case "parameter":
      return `${node.double ? "??" : "?"}${node.name}`;
    case "parameter-column":
      return `<${node.parts.map((part) => (part.kind === "pattern" ? "*" : shape(part))).join(" ")}>`;
    case "error":
      return "error";
  }
}

function shapeOf(condition: string): string {
  const [command] = valid(`FROM a | WHERE ${condition}`).commands;
  return command?.kind === "where" ? shape(command.condition) : "";
}

describe("expressions", () => {
  it.each([
    ["a", "a"],
    ["a.`b-c` . d", "a.b-c.d"],
    ["`a``b`", "a`b"],
    ["[q].[a.b]", "q→a.b"],
    ["[].[a]", "→a"],
    ["?.?x.`y`", "<? ?x y>"],
    ["a or b and not c or d", "(or a (and b (not c)) d)"],
    ["(a and b) and (c and d)", "(and a b c d)"],
    ["NOT a == b AND c", "(and (not (== a b)) c)"],
    ["NOT NOT a", "(not (not a))"],
    ["a + b * c - d / e % f", "(- (+ a (* b c)) (% (/ d e) f))"],
    ["a - b - c", "(- (- a b) c)"],
    ["a - (b - c)", "(- a (- b c))"],
    ["-a * -b", "(* (- a) (- b))"],
    ["--1", "(- -1)"],
    ["- (2)", "-2"],
    ["-1::long", "(- (:: 1 long))"],
    ["+a", "a"],
    ["a::ip::string", "(:: (:: a ip) string)"],
    ["a::integer : 1", "(: (:: a integer) 1)"],
    ["a > 1 == (b)", "error"],
    ["a < b IS NULL", "(null (< a b))"],
    ["a IS NOT NULL", "(not-null a)"],
    ["a IN (1, b + 2, c == d)", "(in a 1 (+ b 2) (== c d))"],
    ["a NOT IN (?x)", "(not-in a ?x)"],
    ["a IN (FROM b | KEEP c)", "(in a from…)"],
    ["(a, b) NOT IN (ROW c = 1)", "(not-in a b row…)"],
    ["f((a, b) IN (FROM c)) IN (d)", "(in f((in a b from…)) d)"],
    ['a LIKE "x*"', '(like a "x*")'],
    ['a NOT RLIKE ("x", ?1)', '(not-rlike a "x" ?1)'],
    ['a : "b"', '(: a "b")'],
    ["a : -1", "(: a -1)"],
    ["COUNT(*)", "COUNT(*)"],
    ["first(a, last())", "first(a, last())"],
    ["?f(a)", "?f(a)"],
    ['match(a, "b", {"c": {"d": [1, -2]}, "e": null})', 'match(a, "b", {c: {d: [1, -2]}, e: null})'],
    ["a > NOW() - 1 HOUR", "(> a (- NOW() 1hour))"],
    ["-3 days", "-3days"],
    ['"a\\t\\"\\\\"', '"a\\t\\"\\\\"'],
    ['"""a\\t"b"""', '"a\\\\t\\"b"'],
    ['["a", "b"]', '["a", "b"]'],
    ["[1, 2.5, -3]", "[1, 2.5, -3]"],
    ["[true, FALSE]", "[true, false]"],
    ["source.as.number == 1", "(== source.as.number 1)"],
  ])("%s", (text, expected) => {
    if (expected === "error") expect(parse(`FROM a | WHERE ${text}`).diagnostics).not.toEqual([]);
    else expect(shapeOf(text)).toBe(expected);
  });

  it.each([
    ["2147483647", "integer", 2_147_483_647],
    ["2147483648", "long", 2_147_483_648n],
    ["-2147483648", "integer", -2_147_483_648],
    ["-9223372036854775808", "long", -9_223_372_036_854_775_808n],
    ["-9223372036854775809", "unsigned_long", -9_223_372_036_854_775_809n],
    ["-2147483649", "long", -2_147_483_649n],
    ["9223372036854775807", "long", 9_223_372_036_854_775_807n],
    ["9223372036854775808", "unsigned_long", 9_223_372_036_854_775_808n],
    ["18446744073709551615", "unsigned_long", 18_446_744_073_709_551_615n],
    ["18446744073709551616", "double", 18_446_744_073_709_551_616],
    ["00000000000000000000001", "integer", 1],
    ["1e3", "double", 1000],
    [".5", "double", 0.5],
    ["-0.0", "double", -0],
  ])("%s is of type %s", (text, type, value) => {
    expect(valid(`ROW ${text}`).source).toMatchObject({
      columns: [{ value: { kind: "literal", type, value } }],
    });
  });

  it("have the ranges of their texts", () => {
    const text = "FROM a | EVAL x = (b + 1) * f(c)::long, d";
    const [command] = valid(text).commands;
    const at = (node: { start: number; end: number }): string => text.slice(node.start, node.end);
    expect(command).toMatchObject({ kind: "eval" });
    if (command?.kind !== "eval") return;
    const [first, second] = command.columns;
    expect(command.columns.map(at)).toEqual(["x = (b + 1) * f(c)::long", "d"]);
    expect(at(second!.value)).toBe("d");
    expect(at(first!.target!)).toBe("x");
    const product = first!.value;
    expect(at(product)).toBe("(b + 1) * f(c)::long");
    if (product.kind !== "arithmetic" || product.right.kind !== "cast") throw new Error(product.kind);
    expect([
      at(product.left),
      at(product.right),
      at(product.right.operand),
      at(product.right.typeSpan),
    ]).toEqual(["b + 1", "f(c)::long", "f(c)", "long"]);
  });

  it("name their columns by their text", () => {
    const [command] = valid(
      "FROM a | STATS COUNT( * ), x = MAX(b), MIN(c)  WHERE d > 1, e BY BUCKET(f,1 day)",
    ).commands;
    expect(command).toMatchObject({
      aggregates: [{ text: "COUNT( * )" }, { text: "" }, { text: "MIN(c)  WHERE d > 1" }, { text: "" }],
      by: [{ text: "BUCKET(f,1 day)" }],
    });
  });
});

const column = (name: string) => ({ kind: "column", name, qualifier: undefined });

describe("commands", () => {
  it.each<[text: string, expected: object]>([
    [
      "DROP a, `b*`, c*, *",
      {
        kind: "drop",
        columns: [
          column("a"),
          column("b*"),
          { kind: "pattern", pieces: ["c", { any: true }] },
          { kind: "pattern", pieces: [{ any: true }] },
        ],
      },
    ],
    [
      "KEEP a.*.`x-y`*, _*, ?p, a.?p",
      {
        kind: "keep",
        columns: [
          { kind: "pattern", pieces: ["a.", { any: true }, ".x-y", { any: true }] },
          { kind: "pattern", pieces: ["_", { any: true }] },
          { kind: "parameter", double: false, name: "p" },
          { kind: "parameter-column" },
        ],
      },
    ],
    ["keep first, by, in.not", { kind: "keep", columns: [column("first"), column("by"), column("in.not")] }],
    [
      "RENAME a AS b, c = d",
      {
        renamings: [
          { from: column("a"), to: column("b") },
          { from: column("d"), to: column("c") },
        ],
      },
    ],
    ["RENAME as AS as", { renamings: [{ from: column("as"), to: column("as") }] }],
    ["LIMIT ?n BY a, f(b)", { count: { kind: "parameter" }, by: [column("a"), { kind: "call" }] }],
    [
      "SORT a, b DESC NULLS FIRST, c ASC",
      {
        orders: [
          { direction: undefined, nulls: undefined },
          { direction: "desc", nulls: "first" },
          { direction: "asc" },
        ],
      },
    ],
    ["STATS BY a", { kind: "stats", inline: false, aggregates: [], by: [{ value: column("a") }] }],
    [
      "inline /* x */ stats n = COUNT(*) WHERE a BY b = c",
      {
        kind: "stats",
        inline: true,
        aggregates: [{ target: column("n"), where: column("a") }],
        by: [{ target: column("b") }],
      },
    ],
    ["INLINESTATS MAX(a)", { kind: "stats", inline: true }],
    [
      'DISSECT a "%{b}" APPEND_SEPARATOR="-"',
      { pattern: { value: "%{b}" }, options: [{ name: "append_separator", value: { value: "-" } }] },
    ],
    ['GROK a "%{IP:b}", "c"', { patterns: [{ value: "%{IP:b}" }, { value: "c" }] }],
    ["MV_EXPAND a.b", { column: column("a.b") }],
    ["ENRICH p", { mode: undefined, policy: "p", on: undefined, with: [] }],
    [
      "ENRICH _any:p-1 ON a WITH b, c = d",
      {
        mode: "_any",
        policy: "p-1",
        on: column("a"),
        with: [
          { target: undefined, field: column("b") },
          { target: column("c"), field: column("d") },
        ],
      },
    ],
    [
      "LOOKUP JOIN b-c AS d ON e, f == g",
      {
        kind: "join",
        type: "lookup",
        index: { text: "b-c" },
        alias: "d",
        on: [column("e"), { kind: "comparison" }],
      },
    ],
    ["RIGHT JOIN b ON c", { kind: "join", type: "right", alias: undefined }],
    ["LOOKUP b ON c*", { kind: "lookup", index: { text: "b" }, on: [{ kind: "pattern" }] }],
    [
      "CHANGE_POINT a ON b AS c, d",
      { value: column("a"), on: column("b"), as: [column("c"), column("d")], by: [] },
    ],
    ["CHANGE_POINT a BY b, c", { on: undefined, as: undefined, by: [column("b"), column("c")] }],
    [
      "FORK (WHERE a | LIMIT 1) (KEEP b)",
      { branches: [{ commands: [{ kind: "where" }, { kind: "limit" }] }, { commands: [{ kind: "keep" }] }] },
    ],
    ["FUSE", { method: undefined, score: undefined, keys: [], group: undefined, with: undefined }],
    [
      'FUSE rrf GROUP BY g KEY BY a, b SCORE BY s WITH {"c": 1}',
      {
        method: "rrf",
        score: column("s"),
        keys: [column("a"), column("b")],
        group: column("g"),
        with: { kind: "map" },
      },
    ],
    [
      'COMPLETION a = CONCAT(b, "c") WITH {"inference_id": "d"}',
      { target: column("a"), prompt: { kind: "call" }, with: { entries: [{ key: "inference_id" }] } },
    ],
    ["COMPLETION ?p", { target: undefined, prompt: { kind: "parameter" }, with: undefined }],
    [
      'RERANK a = "q" ON b, c = f(d) WITH ?',
      {
        target: column("a"),
        query: { value: "q" },
        on: [{ target: undefined }, { target: column("c") }],
        with: { kind: "parameter" },
      },
    ],
    [
      'HIGHLIGHT prefix = "x" "q" ON a, b',
      { prefix: { value: "x" }, query: { value: "q" }, on: [column("a"), column("b")] },
    ],
    [
      "MMR [0.5]::dense_vector ON a LIMIT 10",
      { vector: { kind: "cast" }, on: column("a"), limit: { value: 10 }, with: undefined },
    ],
    ["MMR ON a LIMIT 10", { vector: undefined }],
    [
      'USER_AGENT a.b = c WITH {"d": true}',
      { kind: "user_agent", target: column("a.b"), input: column("c"), with: { kind: "map" } },
    ],
    ["IP_LOCATION a = b", { kind: "ip_location", with: undefined }],
    ["SAMPLE .1", { kind: "sample", probability: { value: 0.1 } }],
    ["DEDUP", { kind: "dedup" }],
  ])("%s", (text, expected) => {
    expect(withoutSpans(valid(`FROM a | ${text}`).commands)).toMatchObject([expected]);
  });

  it.each<[text: string, expected: object]>([
    [
      'FROM a, "b c", x:d-*::failures METADATA _id, _index',
      {
        kind: "from",
        targets: [{ text: "a" }, { text: "b c" }, { text: "x:d-*::failures" }],
        metadata: [column("_id"), column("_index")],
      },
    ],
    [
      "FROM (FROM a | LIMIT 1), b",
      {
        targets: [
          { kind: "subquery", source: { kind: "from" }, commands: [{ kind: "limit" }] },
          { kind: "index" },
        ],
      },
    ],
    ["ts a", { kind: "ts" }],
    [
      "ROW a = 1, b, [q].[c] = 2",
      {
        kind: "row",
        columns: [{ target: column("a") }, { target: undefined }, { target: { qualifier: "q", name: "c" } }],
      },
    ],
    ["SHOW info", { kind: "show", what: "info" }],
    ["EXPLAIN (FROM a | KEEP b)", { kind: "explain", query: { commands: [{ kind: "keep" }] } }],
    ["PROMQL up", { params: [], target: undefined, query: "up" }],
    [
      'PROMQL index=a, b:c step = "5m" `r-1` = (sum(x{y=~"|"}[5m]))',
      {
        params: [
          { name: "index", value: "a, b:c" },
          { name: "step", value: '"5m"' },
        ],
        target: "r-1",
        query: '(sum(x{y=~"|"}[5m]))',
      },
    ],
    [
      "PROMQL index=a /* b */ x == 1",
      { params: [{ name: "index", value: "a" }], target: undefined, query: "x == 1" },
    ],
    ["PROMQL a=b r=?q", { params: [{ name: "a" }], target: "r", query: "?q" }],
  ])("%s", (text, expected) => {
    expect(withoutSpans(valid(text).source)).toMatchObject(expected);
  });

  it("settings stand before the source", () => {
    expect(withoutSpans(valid('SET a = true; set `b-c` = {"d": 1}; FROM e').settings)).toMatchObject([
      { name: "a", value: { value: true } },
      { name: "b-c", value: { kind: "map" } },
    ]);
  });
});

/** Each with the findings: code, the text that it points at, and a part of the help. */
const WRONG: [text: string, ...findings: [code: string, at: string, help?: string][]][] = [
  [
    "FROM a | WHERE b = 1 AND c = 2 | KEEP b",
    ["esql/single-equals", "=", "=="],
    ["esql/single-equals", "=", "=="],
  ],
  ["FROM a | WHERE b == 'c'", ["esql/single-quotes", "'c'", '"…"']],
  ["FROM a | WHER b == 1", ["esql/unknown-command", "WHER", '"WHERE"']],
  [
    "FROM a | LOKUP JOIN b ON c | LIMIT x",
    ["esql/unknown-command", "LOKUP", '"LOOKUP"'],
    ["query/syntax", "x"],
  ],
  ["FROM a | SELECT b", ["esql/unknown-command", "SELECT", "KEEP a, b"]],
  ["FROM a | FROM b", ["esql/unknown-command", "FROM", "only be the first"]],
  ["FROM a | STATS COUNT(*) GROUP BY b", ["esql/sql", "GROUP", "STATS … BY"]],
  ["FROM a ORDER BY b", ["esql/sql", "ORDER", "SORT"]],
  ["SELECT * FROM a WHERE b = 1", ["esql/sql", "SELECT", "FROM logs-*"]],
  ["FROM a | STATS c = COUNT(DISTINCT d)", ["query/unclosed-bracket", "d", "COUNT_DISTINCT"]],
  ["FROM a | STATS AVG(b) AS c", ["query/syntax", "AS", "before its value"]],
  ["FROM a | WHERE b BETWEEN 1 AND 2", ["query/syntax", "BETWEEN", ">="]],
  ["FROM a | STATS c = COUNT(*) BYY d", ["query/syntax", "BYY", '"BY"']],
  ["FROM a | SORT b DSC", ["query/syntax", "DSC", '"DESC"']],
  [
    "FROM a WHERE b == 1 LIMIT 10",
    ["esql/missing-pipe", "WHERE", "| WHERE"],
    ["esql/missing-pipe", "LIMIT", "| LIMIT"],
  ],
  ["FROM a | WHERE b == 1 LOOKUP JOIN c-d ON e | KEEP f", ["esql/missing-pipe", "LOOKUP", "| LOOKUP"]],
  ["FROM a | FORK (WHERE b LIMIT 1)", ["esql/missing-pipe", "LIMIT", "| LIMIT"]],
  ["FROM a |", ["esql/nothing-after", "|", "take it out"]],
  ["FROM a | | LIMIT 1", ["query/syntax", "|"]],
  ["FROM a | KEEP b, | LIMIT 1", ["esql/nothing-after", ",", "take it out"]],
  ["FROM a, | LIMIT 1", ["esql/nothing-after", ","]],
  ["FROM a METADATA _id, | LIMIT 1", ["esql/nothing-after", ","]],
  ["FROM a | KEEP | LIMIT 1", ["query/syntax", "|", "name the columns"]],
  ["FROM a | KEEP b c", ["query/syntax", "c", "comma"]],
  ["FROM a | KEEP COUNT(*)", ["query/syntax", "(", "backticks"]],
  ["FROM a | KEEP agent-id", ["esql/name-characters", "-", "`agent-id`"]],
  ["FROM a | EVAL first = 1", ["esql/reserved-word", "first", "`first`"]],
  ["FROM a | WHERE b.last == 1", ["esql/reserved-word", "last", "`last`"]],
  ["FROM a | WHERE naïve == 1", ["esql/name-characters", "ïve", "backticks"]],
  ["FROM a METADATA _id _index | KEEP b", ["esql/missing-comma", "_index", ","]],
  ["FROM a [METADATA _id, _index] | KEEP b", ["esql/metadata-brackets", "[", "METADATA _id"]],
  ["FROM a METADATA [_id] | KEEP b", ["esql/metadata-brackets", "[", "METADATA _id"]],
  ["FROM a METADATA _id, _id", ["esql/metadata-twice", "_id", "once"]],
  ["FROM a METADTA _id", ["query/syntax", "METADTA", '"METADATA"']],
  ["FROM a | WHERE b LIKE c", ["esql/pattern-not-constant", "c", "double quotes"]],
  ["FROM a | WHERE b RLIKE 12 OR c == 1", ["esql/pattern-not-constant", "12", "double quotes"]],
  ["FROM a | WHERE 1 < b < 5", ["esql/chained-comparison", "<", "AND"]],
  [
    "FROM a | WHERE b == null AND NULL != c",
    ["esql/null-comparison", "b == null", "IS NULL"],
    ["esql/null-comparison", "NULL != c", "IS NOT NULL"],
  ],
  ["FROM a | WHERE b IN [1, 2]", ["query/syntax", "[", "IN ("]],
  ["FROM a | WHERE b IN ()", ["query/syntax", ")"]],
  ['FROM a | WHERE b : ("c" or "d")', ["query/syntax", "(", "IN ("]],
  ["FROM a | WHERE (b, c) == 1", ["query/syntax", "=="]],
  ["FROM a | WHERE 1 + (b, c) IN (FROM d)", ["query/syntax", "(b, c)"]],
  ["FROM a | WHERE (b, c) IN (1, 2)", ["query/syntax", "("]],
  ["FROM a | EVAL b = NOW() - 5 mintues", ["esql/timespan-unit", "mintues", '"minutes"']],
  ["ROW 1e999", ["esql/number-too-large", "1e999"]],
  ['ROW [1, "a"], [b]', ["esql/mixed-list", '[1, "a"]'], ["query/syntax", "", "holds constants"]],
  ["ROW f({})", ["query/syntax", "{", "last argument"]],
  ["ROW f(1, {}, 2)", ["query/syntax", ",", "last argument"]],
  ["ROW is_null(a)", ["esql/removed-function", "is_null", "IS NULL"]],
  ["FROM a | WHERE (b AND (c) | KEEP d", ["query/unclosed-bracket", "|", "(b AND (c)"]],
  ["FROM a | WHERE f(b", ["query/unclosed-bracket", "(", "(b"]],
  ["FROM a | WHERE b) | KEEP c", ["query/syntax", ")", "no bracket"]],
  ["FROM a | LIMIT 10; DROP b", ["query/syntax", ";", "semicolon"]],
  [
    "FROM a | EVAL b = 1, c = , d = | WHERE e = 1 | FOO",
    ["query/syntax", ","],
    ["query/syntax", "|"],
    ["esql/single-equals", "="],
    ["esql/unknown-command", "FOO"],
  ],
  ["FROM a | ENRICH p ON b*", ["query/syntax", "b*", "without *"]],
  ["FROM a | ENRICH p: ON b", ["query/syntax", "ON"]],
  ["FROM a | STATS", ["query/syntax", "", "COUNT(*)"]],
  ["FROM a | INLINE STAT b", ["query/syntax", "STAT"]],
  [
    'FROM a | DISSECT b "%{c}" append_seperator="x"',
    ["query/syntax", "append_seperator", '"append_separator"'],
  ],
  ['FROM a | DISSECT b "%{c}" append_separator=3', ["query/syntax", "3"]],
  ["FROM a -- note\n| KEEP b", ["query/syntax", "--", "//"]],
  ["FROM a | WHERE b == 1) | LIMIT 'c'", ["query/syntax", ")"], ["esql/single-quotes", "'c'"]],
  ['process.name : "a" and b : *', ["esql/other-language", "process.name"]],
  ['process where process.name == "a"', ["esql/other-language", "process"]],
  ["sequence by host.id [any where true] [any where true]", ["esql/other-language", "sequence"]],
  ["from-a | LIMIT+1", ["esql/unknown-source", "from-a"], ["esql/unknown-command", "LIMIT+1"]],
  ["frm a | LIMIT 1", ["esql/unknown-source", "frm", '"FROM"']],
  ["WHERE a == 1", ["esql/unknown-source", "WHERE", "name the indices first"]],
  ["-- a", ["esql/unknown-source", "-", "//"]],
  ["", ["query/syntax", ""]],
  ["| LIMIT 1", ["query/syntax", "|"]],
  ["SET a = 1 FROM b", ["query/syntax", "FROM"]],
  ["EXPLAIN [ROW 1]", ["query/syntax", "[", "EXPLAIN ("]],
  ["FROM a, ()", ["query/syntax", ")"]],
  ["PROMQL", ["query/syntax", ""]],
  ["PROMQL a=b (up", ["query/unclosed-bracket", "("]],
  ["PROMQL up) | LIMIT 1", ["query/syntax", ")", "no bracket"]],
];

describe("findings", () => {
  it.each(WRONG)("%s", (text, ...expected) => {
    const found = parse(text).diagnostics.map(({ code, start, end }) => [code, text.slice(start, end)]);
    expect(found).toEqual(expected.map(([code, at]) => [code, at]));
    for (const [i, [, , help]] of expected.entries())
      if (help !== undefined) expect(parse(text).diagnostics[i]!.help).toContain(help);
  });

  it("leave the rest of the tree", () => {
    const { ast } = parse("FROM a | EVAL b = 1, c = , d = 2 | FOO | KEEP e");
    expect(ast.commands).toMatchObject([
      {
        kind: "eval",
        columns: [{ target: { name: "b" } }, { value: { kind: "error" } }, { target: { name: "d" } }],
      },
      { kind: "error" },
      { kind: "keep" },
    ]);
  });

  it("are in the order of the query", () => {
    const starts = parse("FROM a | WHERE b = 'c' AND d LIKE e | FOO 'f'").diagnostics.map(
      ({ start }) => start,
    );
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(starts.length).toBeGreaterThan(3);
  });

  it("of a query that is too long are one", () => {
    const text = "x".repeat(MAX_LENGTH + 1);
    const { ast, diagnostics } = parse(text);
    expect(diagnostics.map(({ code }) => code)).toEqual(["query/too-long"]);
    expect(ast).toMatchObject({ source: { kind: "error" }, commands: [] });
  });

  it.each([
    "FROM a | where B == 1 aNd c Is nOt NULL | sTaTs D = cOuNt(*) bY e",
    "FROM a | WHERE not(b) AND not (c)",
    "FROM a | WHERE b==1 or/* x */c==2 // end",
    "FROM a | SORT `first`.name | KEEP first.name",
    "ROW a = 5 | WHERE (a) == ((5))",
    "FROM a,b , c",
    "FROM metrics-*:a METADATA _source",
    'ROW a = """x"y""""',
  ])("are not made of %s", (text) => {
    expect(parse(text).diagnostics).toEqual([]);
  });
});
