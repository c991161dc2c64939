import { describe, expect, it } from "vitest";
import { MAX_DEPTH } from "../../../src/query/core/index.js";
import { fieldsOf, maxspanSeconds, parse } from "../../../src/query/eql/index.js";
import { conditionOf, helpFor, problems, VALID, withoutSpans } from "./support.js";

const field = (name: string, optional = false): unknown => ({ kind: "field", name, optional });
const literal = (value: unknown): unknown => ({ kind: "literal", value });
const comparison = (operator: string, left: unknown, right: unknown): unknown => ({
  kind: "comparison",
  operator,
  left,
  right,
});
const arithmetic = (operator: string, left: unknown, right: unknown): unknown => ({
  kind: "arithmetic",
  operator,
  left,
  right,
});

describe("what is valid has no finding", () => {
  it.each(VALID)("%s", (text) => expect(problems(text)).toEqual([]));
});

const CONDITIONS: readonly [text: string, tree: unknown][] = [
  ["a or b and c", { kind: "or", operands: [field("a"), { kind: "and", operands: [field("b"), field("c")] }] }],
  ["a or b or c", { kind: "or", operands: [field("a"), field("b"), field("c")] }],
  ["a or (b or c)", { kind: "or", operands: [field("a"), { kind: "or", operands: [field("b"), field("c")] }] }],
  ["not a and b", { kind: "and", operands: [{ kind: "not", operand: field("a") }, field("b")] }],
  ["not a == b", { kind: "not", operand: comparison("==", field("a"), field("b")) }],
  ["a + b * c - d", arithmetic("-", arithmetic("+", field("a"), arithmetic("*", field("b"), field("c"))), field("d"))],
  ["a == 1 + 2", comparison("==", field("a"), arithmetic("+", literal(1), literal(2)))],
  ["a % b / c", arithmetic("/", arithmetic("%", field("a"), field("b")), field("c"))],
  ["-a", { kind: "negation", operand: field("a") }],
  ["- 1 < +a", comparison("<", literal(-1), field("a"))],
  ["-(1)", { kind: "negation", operand: literal(1) }],
  ["--1", { kind: "negation", operand: literal(-1) }],
  ["-1 in (1)", { kind: "negation", operand: { kind: "in", negated: false, insensitive: false, operand: literal(1), values: [literal(1)] } }],
  ["a - 1", arithmetic("-", field("a"), literal(1))],
  ["a * b : \"x\"", arithmetic("*", field("a"), { kind: "match", operator: ":", operand: field("b"), patterns: [literal("x")], list: false })],
  ["a like (\"x\", 1, null)", { kind: "match", operator: "like", operand: field("a"), patterns: [literal("x"), literal(1), literal(null)], list: true }],
  ["a not in~ (b, true)", { kind: "in", negated: true, insensitive: true, operand: field("a"), values: [field("b"), literal(true)] }],
  ["?a . `b.c` . d == null", comparison("==", field("a.b.c.d", true), literal(null))],
  ["f~(a, g())", { kind: "call", name: "f", insensitive: true, args: [field("a"), { kind: "call", name: "g", insensitive: false, args: [] }] }],
  ["((a))", field("a")],
  ["a == 1.0", comparison("==", field("a"), { kind: "literal", value: 1, decimal: true })],
  ["a == 18446744073709551615", comparison("==", field("a"), { kind: "literal", value: 2 ** 64, decimal: true })],
  ["a == 9223372036854775807", comparison("==", field("a"), literal(2 ** 63))],
]; // prettier-ignore

describe("the tree of a condition", () => {
  it.each(CONDITIONS)("%s", (text, tree) => {
    expect(problems(`any where ${text}`)).toEqual([]);
    expect(conditionOf(`any where ${text}`)).toEqual(tree);
  });
});

it("reads all parts of a sequence, with their places", () => {
  const text =
    "sequence by a with maxspan=5m [x where true] by ?b with runs=2 ![any where c] by d until [y where e] by f";
  const { ast, diagnostics } = parse(text);
  expect(diagnostics).toEqual([]);
  expect(withoutSpans(ast.statement)).toEqual({
    kind: "sequence",
    by: [field("a")],
    maxspan: { amount: 5, unit: "m" },
    terms: [
      { missing: false, event: { kind: "event", category: { name: "x" }, condition: literal(true) }, by: [field("b", true)], runs: 2 },
      { missing: true, event: { kind: "event", category: { name: undefined }, condition: field("c") }, by: [field("d")], runs: 1 },
    ],
    until: { missing: false, event: { kind: "event", category: { name: "y" }, condition: field("e") }, by: [field("f")], runs: 1 },
  }); // prettier-ignore
  const { statement } = ast;
  if (statement.kind !== "sequence") throw new Error(statement.kind);
  expect(statement.terms.map(({ start, end }) => text.slice(start, end))).toEqual([
    "[x where true] by ?b with runs=2",
    "![any where c] by d",
  ]);
  expect(statement.terms.map(({ event: { start, end } }) => text.slice(start, end))).toEqual([
    "x where true",
    "any where c",
  ]);
  expect(maxspanSeconds(ast)).toEqual({ seconds: 300, start: 27, end: 29 });
});

/** Mistakes, and what is said of each: the codes and the pieces of the text that they are about. */
const MISTAKES: readonly [text: string, ...problems: string[]][] = [
  ["", "query/syntax: "],
  ["process", "query/syntax: "],
  ["process where", "query/syntax: "],
  ["where a", "query/syntax: where"],
  ["?x where true", "query/syntax: ?"],
  ["a.b where true", "query/syntax: a.b"],
  ["process WHERE a == 1", "eql/keyword-case: WHERE"],
  ["process wehre a == 1", "eql/misspelt-keyword: wehre"],
  ["process a == 1", "query/syntax: a"],
  ["any a == 1", "query/syntax: a"],
  ["a.b : \"x\" and c == 1", "eql/no-category: a"],
  ["not a == 1", "eql/no-category: not"],
  ["(a == 1)", "eql/no-category: ("],
  ["length(a) == 1", "eql/no-category: length"],
  ["any where a = 1 and b = 2", "eql/single-equals: =", "eql/single-equals: ="],
  ["any where a == 'x' and b == ?\"y\"", "eql/wrong-quotes: 'x'", 'eql/old-raw-text: ?"y"'],
  ["any where a AND b Or NOT c", "eql/keyword-case: AND", "eql/keyword-case: Or", "eql/keyword-case: NOT"],
  ["any where a : \"x\" ADN b", "eql/misspelt-keyword: ADN"],
  ["any where a IN (1) and b NOT IN~ (2) and c not In (3)", "eql/keyword-case: IN", "eql/keyword-case: NOT", "eql/keyword-case: IN~", "eql/keyword-case: In"],
  ["any where a LIKE \"x\" and b liek \"y\" and c regexp \"z\"", "eql/keyword-case: LIKE", "eql/misspelt-keyword: liek", "eql/misspelt-keyword: regexp"],
  ["any where a is 1 and b contains \"x\"", "eql/foreign-operator: is", "eql/foreign-operator: contains"],
  ["any where a not like \"x\" or b not : \"y\"", "eql/not-before-operator: not", "eql/not-before-operator: not"],
  ["any where a not b", "query/syntax: not"],
  ["any where a < b < c and d", "eql/chained-comparison: <"],
  ["any where a == == b or c ==", "query/syntax: ==", "query/syntax: "],
  ["any where a == 1 b == 2", "query/syntax: b"],
  ["any where a \"x\" and b 5", 'query/syntax: "x"', "query/syntax: 5"],
  ["any where a in 1 and b in \"x\"", "query/syntax: 1", 'query/syntax: "x"'],
  ["any where a in ()", "query/syntax: )"],
  ["any where a in (1,) and b in (,2)", "query/syntax: )", "query/syntax: ,"],
  ["any where a : (\"x\" \"y\")", 'query/syntax: "y"'],
  ["any where a : b.c", "eql/pattern-not-constant: b.c"],
  ["any where a : (\"x\", b, lower(c))", "eql/pattern-not-constant: b", "eql/pattern-not-constant: lower"],
  ["any where a : -1", "eql/pattern-not-constant: -"],
  ["any where a[0] == 1 and b.c[1][2].d", "eql/array-index: [0]", "eql/array-index: [1]", "eql/array-index: [2]"],
  ["any where a.* == 1", "eql/wildcard-in-name: *"],
  ["any where a.sequence == 1 and join == 2", "eql/keyword-as-name: sequence", "eql/keyword-as-name: join"],
  ["any where a.0.b.1 == 1", "eql/name-needs-backticks: a.0", "eql/name-needs-backticks: a.0.b.1"],
  ["any where ip == 10.0.0.1 and cidrMatch(ip, 10.0.0.0/8)", "eql/unquoted-text: 10.0.0.1", "eql/unquoted-text: 10.0.0.0/8"],
  ["any where a == 1e400", "eql/number-too-large: 1e400"],
  ["any where startsWith~ == 1", "query/syntax: =="],
  ["any where (a == 1", "query/unclosed-bracket: "],
  ["any where ((a == 1) and (b == 2", "query/unclosed-bracket: "],
  ["any where a == 1) and b == 2", "query/syntax: )"],
  ["any where a in (1, 2 and b == 3 | head 5", "query/unclosed-bracket: |"],
  ["any where f(a, b and g(c)) or d) or e", "query/syntax: )"],
  ["any where (a, b)", "query/syntax: ,"],
  ["any where a by b", "query/syntax: by"],
  ["process where child of [process where a = 1] and descendant of [any where b]", "eql/process-relationship: child of", "eql/single-equals: =", "eql/process-relationship: descendant of"],
  ["any where a | count", "eql/unsupported-pipe: count"],
  ["any where a | filter b == 1 | sort c | head 1", "eql/unsupported-pipe: filter", "eql/unsupported-pipe: sort"],
  ["any where a | head", "eql/pipe-argument: head"],
  ["any where a | head -1 | tail 1.5 | tail x, y", "eql/pipe-argument: -1", "eql/pipe-argument: 1.5", "eql/pipe-argument: x, y"],
  ["any where a | | head 1", "query/syntax: |"],
  ["any where a |", "query/syntax: "],
  ["[a where true] [b where true]", "eql/no-sequence: ["],
  ["sequence", "query/syntax: "],
  ["sequence by a", "query/syntax: "],
  ["SEQUENCE BY a WITH maxspan=1s [x where true] [y where true] UNTIL [z where true]", "eql/keyword-case: SEQUENCE", "eql/keyword-case: BY", "eql/keyword-case: WITH", "eql/keyword-case: UNTIL"],
  ["sequnce [x where true] [y where true]", "eql/misspelt-keyword: sequnce"],
  ["sequence with maxspan=5m by a [x where true] [y where true]", "eql/by-after-with: by"],
  ["sequence maxspan=5m [x where true] [y where true]", "query/syntax: maxspan"],
  ["sequence with maxpsan=5m [x where true] [y where true]", "eql/misspelt-keyword: maxpsan"],
  ["sequence with runs=5 [x where true] [y where true]", "eql/unknown-option: runs"],
  ["sequence with maxspan 5m [x where true] [y where true]", "query/syntax: 5"],
  ["sequence with maxspan=30 [x where true] [y where true]", "eql/bad-duration: 30"],
  ["sequence with maxspan=2.5m [x where true] [y where true]", "eql/bad-duration: 2.5m"],
  ["sequence with maxspan=5 minutes [x where true] [y where true]", "eql/bad-duration: 5 minutes"],
  ["sequence with maxspan=0s [x where true] [y where true]", "eql/bad-duration: 0s"],
  ["sequence with maxspan=-1s [x where true] [y where true]", "eql/bad-duration: -1s"],
  ["sequence with maxspan=\"1m\" [x where true] [y where true]", 'eql/bad-duration: "1m"'],
  ["sequence with maxspan=99999999999999d [x where true] [y where true]", "eql/bad-duration: 99999999999999d"],
  ["sequence [x where true]", "eql/too-few-events: sequence [x where true]"],
  ["sequence [x where true] with runs=1", "eql/too-few-events: sequence [x where true] with runs=1"],
  ["sequence [x where true] with runs=0 [y where true] with runs=101 [z where true] with runs=2.5", "eql/runs-range: 0", "eql/runs-range: 101", "eql/runs-range: 2.5"],
  ["sequence [x where true] with maxspan=5m [y where true]", "eql/unknown-option: maxspan"],
  ["sequence [x where true] by a, b [y where true] by a", "eql/key-count: a"],
  ["sequence [x where true] by a [y where true]", "eql/key-count: [y where true]"],
  ["sequence [x where true] by a [y where true] by a until [z where true]", "eql/key-count: [z where true]"],
  ["sequence by a + 1, \"b\" [x where true] [y where true]", "eql/key-not-field: a + 1", 'eql/key-not-field: "b"'],
  ["sequence by a, with maxspan=1s [x where true] [y where true]", "query/syntax: with"],
  ["sequence by (a), f(b) [x where (true) [y where true]", "eql/key-not-field: (a)", "eql/key-not-field: f(b)", "query/unclosed-bracket: ["],
  ["any where (a == 1] and b", "query/unclosed-bracket: ]"],
  ["sequence [x where (a == 1] [y where b]", "query/unclosed-bracket: ]"],
  ['any where a == "x" "y"', 'query/syntax: "y"'],
  ['any where a == ("x", "y")', "query/syntax: ,"],
  ["any where a is not null and b is null", "eql/foreign-operator: is", "eql/foreign-operator: is"],
  ["sequence by a, [x where true] [y where true]", "query/syntax: ["],
  ["sequence [x where true] ![y where true]", "eql/missing-needs-maxspan: !["],
  ["sequence with maxspan=1s ![x where true] ![y where true]", "eql/only-missing-events: sequence with maxspan=1s "],
  ["sequence [x where true] [y where true] until ![z where true]", "eql/missing-until: !["],
  ["sequence [x where true] ! [y where true]", "eql/foreign-operator: !", "eql/missing-needs-maxspan: ! "],
  ["sequence [x where true] [y where true] fork=true", "eql/fork: fork=true"],
  ["sequence [x where true fork", "query/syntax: fork", "query/unclosed-bracket: "],
  ["sequence [x where true by a] [y where b by a]", "query/syntax: by", "query/syntax: by"],
  ["sequence [x where a == 1 [y where b", "query/unclosed-bracket: [", "query/unclosed-bracket: "],
  ["sequence [x where a == ] [y where in] [z where c]", "query/syntax: ]", "query/syntax: in"],
  ["sequence [x where a)] [y where b]", "query/syntax: )"],
  ["sequence [x where a] and [y where b]", "query/syntax: and"],
  ["sequence [x where a] [y where b] foo", "query/syntax: foo"],
  ["sample [x where a] [y where b]", "eql/sample-without-key: sample"],
  ["sample by a [x where a]", "eql/too-few-events: sample by a [x where a]"],
  ["sample by a with maxspan=1s [x where a] ![y where b] with runs=2 until [z where c]", "eql/not-here: with maxspan=1s", "eql/not-here: ![", "eql/not-here: with runs=2", "eql/not-here: until"],
]; // prettier-ignore

describe("mistakes", () => {
  it.each(MISTAKES)("%s", (text, ...expected) => expect(problems(text)).toEqual(expected));
});

const HELP: readonly [text: string, help: string][] = [
  ["any where a = 1", 'write "==" for the exact value, or ":" to leave case aside and use wildcards'],
  ["any where a AND b", 'write "and"'],
  ["any where a : \"x\" adn b", 'did you mean "and"?'],
  ["sequence with maxspan=2.5m [x where a] [y where b]", "write 150s"],
  ["sequence with maxspan=0.5s [x where a] [y where b]", "write 500ms"],
  ["sequence with maxspan=30 [x where a] [y where b]", "write 30s for seconds"],
  ["sequence with maxspan=5min [x where a] [y where b]", "write 5m"],
  ["sequence with maxspan=5x [x where a] [y where b]", "the units are ms, s, m, h and d"],
  ["any where (a == 1 and (b == 2)", "close the bracket that is opened here: (a == 1 and (b == 2)…"],
  ["any where a : cmd.exe", 'put it in quotes if it is a text: "cmd.exe"'],
  ["any where a | haed 3", 'did you mean "head"?'],
  ["any where a | limit 3", 'did you mean "head"?'],
  ["any where a == \"C:\\Windows\"", "double the backslash where one is meant: \\\\"],
  ["any where a == \"\\u00e9\"", "a character is written with two to eight hexadecimal digits in braces: \\u{00e9}"],
  ["any where sequence > 1", "put it in backticks: `sequence`"],
]; // prettier-ignore

describe("help", () => {
  it.each(HELP)("%s", (text, help) => expect(helpFor(text)).toBe(help));
});

describe("limits", () => {
  it.each(["(", "not ", "-", "f(", "a in ("])("%s nested", (open) => {
    const close = open.includes("(") ? ")" : "";
    const nest = (depth: number): string => `any where ${open.repeat(depth)}true${close.repeat(depth)}`;
    const isTooDeep = (depth: number): boolean =>
      parse(nest(depth)).diagnostics.some(({ code }) => code === "query/too-deep");
    expect(isTooDeep(40)).toBe(false);
    expect(isTooDeep(MAX_DEPTH + 1)).toBe(true);
  });

  it("long chains of and, or and lists are flat", () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => `a == ${index}`);
    expect(problems(`any where ${chain.join(" or ")} or b in (${chain.join(", ")})`)).toEqual([]);
  });

  it("long calculations are refused once", () => {
    expect(problems(`any where ${"1 + ".repeat(900)}1 == 901`)).toEqual([]);
    expect(problems(`any where ${"1 + ".repeat(5_000)}1 == 1 and ${"1 * ".repeat(5_000)}1 == 1`)).toEqual([
      "query/too-deep: +",
    ]);
  });

  it("many findings end in a note", () => {
    const { diagnostics } = parse(`any where ${Array.from({ length: 500 }, () => "a = 'x'").join(" and ")}`);
    expect(diagnostics).toHaveLength(51);
    expect(diagnostics.filter(({ code }) => code === "query/too-many-findings")).toHaveLength(1);
  });
});

it("an unclosed text hides what follows from it, and nothing before it", () => {
  expect(problems('any where a = "x and (b == 3 | count')).toEqual(["eql/single-equals: =", 'query/unclosed-text: "x and (b == 3 | count']); // prettier-ignore
});

it("gives the fields of a query in the order in which they stand there", () => {
  const { ast } = parse(
    'sequence by ?k [x where a == 1 and length(?b) > ?a] by c [y where k in (d, e)] by c until [z where -f + g.h : "x"] by ?i',
  );
  expect(fieldsOf(ast).map(({ name, optional, span }) => [name, optional, span.start])).toEqual([
    ["k", false, 12],
    ["a", false, 24],
    ["b", true, 42],
    ["c", false, 55],
    ["d", false, 72],
    ["e", false, 75],
    ["f", false, 100],
    ["g.h", false, 104],
    ["i", true, 118],
  ]);
});
