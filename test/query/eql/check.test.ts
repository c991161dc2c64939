import { describe, expect, it } from "vitest";
import { ecsFields, fieldsOf } from "../../../src/fields/index.js";
import { check, parse } from "../../../src/query/eql/index.js";
import { FIELDS, helpFor, problems } from "./support.js";

/** What is found in a condition, with its severity unless it is an error. */
function found(condition: string, fields = FIELDS): string[] {
  const text = `any where ${condition}`;
  const { ast, diagnostics } = parse(text);
  expect(diagnostics).toEqual([]);
  return check(ast, { fields }).map(({ code, severity, start, end }) => {
    const mark = severity === "error" ? "" : `${severity} `;
    return `${mark}${code}: ${text.slice(start, end)}`;
  });
}

const FINE: readonly string[] = [
  "boolean", "not boolean", "boolean == true and false != boolean", "boolean in (true, false)", "true or null == (long > 1)",
  'keyword == "x"', 'keyword : "x*"', 'keyword like~ ("a?", "b")', 'wildcard regex "a.*"', 'constant in~ ("x")',
  'both : "x*" and both != null', "keyword == 4", "keyword == true", 'keyword < "m"',
  "long == 4.5", "-1 < long", "long in (1, 2.5, null)", "long + 1 == 3 and -(long) < 3 and double / 2.0 > 1", "unsigned >= 18446744073709551615",
  'ip == "10.0.0.1"', 'ip != "10.0.0.0/8"', 'ip < "fe80::1"', 'cidrMatch(ip, "10.0.0.0/8", "::1")',
  'date > "2024-01-01"', "date == 1700000000000", 'date == "2024-01-01||+1M/d"', 'nanos < "now-1d"',
  'version > "1.2.0"', 'version : "1.*"',
  'length(keyword) > 3', 'length(concat(long, ip, "x", boolean)) > 3', 'string(ip) == "10.0.0.1"', 'number(keyword, 16) == 255',
  'startsWith~(keyword, wildcard) and endsWith("x", keyword)', 'indexOf(string(ip), string(long)) == null', 'STRINGCONTAINS(keyword, "x")',
  'substring(keyword, length(keyword) - 3, indexOf(keyword, "x")) : "x"', 'number(keyword, 4 / 2) == 1', 'substring(keyword, number("1")) : "x"',
  'substring(keyword, long % 2, -long) : "x" and indexOf(keyword, "x", ?nothing) == 1', 'length(keyword) / 2.5 > 1',
  'endsWith(keyword, "dir\\\\") and endsWith(keyword, "\\\\\\\\cmd.exe") and stringContains(keyword, "a\\\\*b")',
  'startsWith(keyword, "C:\\\\a") and endsWith(keyword, substring("\\\\a", 0)) and stringContains("C:\\\\a", keyword)',
  'keyword in ("*", "get")', 'keyword == "*"', 'keyword == "\\\\\\\\*\\\\IPC$"', 'keyword in~ ("\\\\\\\\*\\\\C$", "x")', 'keyword != """\\\\*\\C$"""',
  'substring(keyword, -4) == ".exe"', 'substring(keyword, null, long) : "x"', 'between(keyword, "a", "b", true) == null',
  "add(long, 1) == multiply(2, 3)", "?nothing == null", '?nothing == keyword', '?nothing in (1, "x")', "?nothing", '?nothing : "x*"',
  "1 == 1", '"a" == "b"', 'flat.anything == "x"', "(long > 1) == (true)", "true == (keyword in (\"a\", \"b\"))",
  'keyword in ("x") and (boolean or not (long == 1 or double < 2))',
]; // prettier-ignore

describe("nothing is said against", () => {
  it.each(FINE)("%s", (condition) => expect(found(condition)).toEqual([]));
});

const AMISS: readonly [condition: string, ...problems: string[]][] = [
  // Conditions
  ["long", "eql/not-boolean: long"],
  ["keyword", "eql/not-boolean: keyword"],
  ["version and not ip or date", "eql/not-boolean: version", "eql/not-boolean: ip", "eql/not-boolean: date"],
  ["1 and \"x\" or length(keyword) or 1 + 2", "eql/not-boolean: 1", 'eql/not-boolean: "x"', "eql/not-boolean: length(keyword)", "eql/not-boolean: 1 + 2"],
  ["not not boolean", "warning eql/double-not: not not"],
  ["TRUE or long == Null", "eql/keyword-case: TRUE", "eql/keyword-case: Null"],
  // Fields
  ["lnog == 1", "field/unknown: lnog"],
  ["lnog == 1 and lnog == 2", "field/unknown: lnog"],
  ["object == \"x\"", "field/is-object: object"],
  ["list == 1 and list.name == \"x\"", "field/nested: list", "field/nested: list.name"],
  ["text : \"x\" and length(text) > 1", "field/no-exact-value: text"],
  ["range == \"10.0.0.0/8\" and place != null", "field/type-mismatch: range", "field/type-mismatch: place"],
  ["lowered == \"x\" or length(lowered) > 1", "field/type-mismatch: lowered"],
  // Fields with fields
  ["keyword == wildcard", "eql/field-comparison: wildcard"],
  ["length(keyword) > length(wildcard)", "eql/field-comparison: length(wildcard)"],
  ["not (1 + long != 2 * double)", "eql/field-comparison: 2 * double"],
  ["keyword in (wildcard, \"x\") or \"x\" not in (keyword)", "eql/field-comparison: wildcard", "eql/field-comparison: keyword"],
  ["(keyword == wildcard) == true", "eql/field-comparison: wildcard"],
  ["?keyword == wildcard", "eql/field-comparison: wildcard"],
  // Values
  ["long == \"80\" and long < \" 1 \"", 'warning field/type-mismatch: "80"', 'warning field/type-mismatch: " 1 "'],
  ["long == \"x\" or \"\" == long or long == true", 'field/type-mismatch: "x"', 'field/type-mismatch: ""', "field/type-mismatch: true"],
  ["boolean == \"true\" or \"false\" != boolean", 'warning field/type-mismatch: "true"', 'warning field/type-mismatch: "false"'],
  ["boolean == \"yes\" or boolean == 1", 'field/type-mismatch: "yes"', "field/type-mismatch: 1"],
  ["ip == \"10.0.0\" or ip == 1 or ip < \"10.0.0.0/8\"", 'field/type-mismatch: "10.0.0"', "field/type-mismatch: 1", 'field/type-mismatch: "10.0.0.0/8"'],
  ["date == true", "field/type-mismatch: true"],
  ["date == \"11:12:13\" or date > \"now-1x\"", 'warning field/type-mismatch: "11:12:13"', 'warning field/type-mismatch: "now-1x"'],
  ["keyword > 5", "warning field/type-mismatch: 5"],
  ["1 == \"a\" or length(keyword) == \"3\"", 'warning eql/never-equal: 1 == "a"', 'warning eql/never-equal: length(keyword) == "3"'],
  ["process.name == \"*\" or keyword == \"\\\\\\\\x*\\\\C$\"", "field/unknown: process.name", 'warning eql/literal-wildcard: "*"', 'warning eql/literal-wildcard: "\\\\\\\\x*\\\\C$"'],
  ["keyword == \"*x\" and keyword != \"?:\\\\x\" and keyword in (\"a\", \"b*\")", 'warning eql/literal-wildcard: "*x"', 'warning eql/literal-wildcard: "?:\\\\x"', 'warning eql/literal-wildcard: "b*"'],
  // Lists
  ["long in (1, \"string\")", 'field/type-mismatch: "string"'],
  ["keyword in (\"a\", 1)", "field/type-mismatch: 1"],
  ["boolean in (true, \"false\")", 'field/type-mismatch: "false"'],
  ["ip in (\"10.0.0.1\") or date not in (\"2024-01-01\")", 'warning field/type-mismatch: "10.0.0.1"', 'warning field/type-mismatch: "2024-01-01"'],
  ["ip in (1)", "field/type-mismatch: 1"],
  ["length(keyword) in (1, \"2\")", 'warning eql/never-equal: "2"'],
  // Patterns
  ["long : 4 or long : \"4\" or boolean : \"true\"", "field/type-mismatch: long", "field/type-mismatch: long", "field/type-mismatch: boolean"],
  ["long : \"4*\" or ip like \"10.*\" or date regex \"2.*\"", "field/wildcard-on-type: long", "field/wildcard-on-type: ip", "field/wildcard-on-type: date"],
  ["length(keyword) : \"3\"", "eql/operand-type: length(keyword)"],
  ["keyword : (\"x\", 4, null) or keyword like true", "eql/pattern-not-text: 4", "eql/pattern-not-text: null", "eql/pattern-not-text: true"],
  ["keyword regex \"a(b\" or keyword regex~ (\"\"\"\\d\"\"\", \"\"\"[z-a]\"\"\")", "eql/bad-regex: (", "eql/bad-regex: z-a"],
  ['keyword regex ("^a.*", "b$", """c\\$""", "[^d]")', 'warning eql/regex-anchor: "^a.*"', 'warning eql/regex-anchor: "b$"'],
  // Calculations
  ["keyword + 1 == 2 or -ip < 3", "eql/operand-type: keyword", "eql/operand-type: ip"],
  // Functions
  ["lenght(keyword) > 1", "eql/unknown-function: lenght"],
  ["wildcard(keyword, \"a\") or arrayContains(keyword, \"a\")", "eql/unknown-function: wildcard", "eql/unknown-function: arrayContains"],
  ["length~(keyword) == 1", "eql/no-insensitive-form: length~"],
  ["substring(keyword) == \"x\" or startsWith(keyword, \"a\", \"b\")", "eql/argument-count: substring", "eql/argument-count: startsWith"],
  ["length() == 1 or concat() == null or cidrMatch(ip)", "eql/argument-count: length", "eql/argument-count: concat", "eql/argument-count: cidrMatch"],
  ["between(keyword, 1, \"x\", 1) == \"y\"", "eql/argument-type: 1", "eql/argument-type: 1"],
  ["length(long) > 1 or startsWith(ip, \"10\") or number(5) == 5", "eql/argument-type: long", "eql/argument-type: ip", "eql/argument-type: 5"],
  ["number(keyword, 1.0) == 1 or number(keyword, 1e1) == 1", "eql/argument-type: 1.0", "eql/argument-type: 1e1"],
  ["substring(keyword, 1.5, double) == \"x\"", "eql/argument-type: 1.5", "eql/argument-type: double"],
  ["indexOf(keyword, \"x\", 4 / 2.0) == 1 or indexOf(keyword, \"x\", -1.0) == 1", "eql/argument-type: 4 / 2.0", "eql/argument-type: -1.0"],
  ["substring(keyword, add(long, 1.0)) == \"x\"", "eql/argument-type: add(long, 1.0)"],
  ["substring(keyword, \"1\") == \"x\" or number(keyword, true) == 1", 'eql/argument-type: "1"', "eql/argument-type: true"],
  ["endsWith(keyword, \"\\\\cmd.exe\")", 'warning eql/backslash-in-pattern: "\\\\cmd.exe"'],
  ["stringContains~(?keyword, \"Temp\\\\\")", 'warning eql/backslash-in-pattern: "Temp\\\\"'],
  ["cidrMatch(keyword, \"10.0.0.0/8\")", "eql/argument-type: keyword"],
  ["cidrMatch(ip, keyword)", "eql/argument-not-constant: keyword"],
  ["cidrMatch(ip, \"10.0.0.0/33\", \"x\", 5)", 'eql/bad-network: "10.0.0.0/33"', 'eql/bad-network: "x"', "eql/argument-type: 5"],
]; // prettier-ignore

describe("what is amiss", () => {
  it.each(AMISS)("%s", (condition, ...expected) => expect(found(condition)).toEqual(expected));
});

it("is checked as far as no types are needed where no fields are known", () => {
  const without = (condition: string): string[] => problems(`any where ${condition}`, {});
  expect(without('lnog == 1 and text : "x" and long == "a" and ip in ("x") and keyword > 5')).toEqual([]);
  expect(without("5")).toEqual(["eql/not-boolean: 5"]);
  expect(without("a == b")).toEqual(["eql/field-comparison: b"]);
  expect(without("?a == ?b and ?a == b")).toEqual([]);
  expect(without('a in (1, "x")')).toEqual(['eql/mixed-list: "x"']);
  expect(without("a : 4 and nope(a)")).toEqual(["eql/pattern-not-text: 4", "eql/unknown-function: nope"]);
});

describe("optional fields", () => {
  it("may be mapped nowhere, and are checked where they are mapped", () => {
    expect(found('?nothing.at.all == "x"')).toEqual([]);
    expect(found('?long == "x"')).toEqual(['field/type-mismatch: "x"']);
    expect(found("?keyword")).toEqual(["eql/not-boolean: ?keyword"]);
  });
});

describe("join keys", () => {
  const keys = (query: string): string[] => problems(query, { fields: FIELDS });
  it("of one type in each place are fine", () => {
    expect(
      keys("sequence by ip [any where true] by long, keyword [any where true] by double, wildcard"),
    ).toEqual([]);
    expect(keys("sequence [any where true] by ?nothing [any where true] by long")).toEqual([]);
    expect(keys("sample [any where true] by date [any where true] by nanos")).toEqual([]);
  });
  it("of other types are refused", () => {
    expect(keys("sequence [any where true] by @timestamp [any where true] by long")).toEqual([
      "eql/key-types: long",
    ]);
    expect(
      keys("sequence [any where true] by ip [any where true] by ip until [any where true] by keyword"),
    ).toEqual(["eql/key-types: keyword"]);
    expect(keys("sample [any where true] by ?nothing, ip [any where true] by long, boolean [any where true] by ip, ip")).toEqual([
      "eql/key-types: boolean",
      "eql/key-types: ip",
    ]); // prettier-ignore
  });
  it("are fields as others", () => {
    expect(keys("sequence by lnog, text [any where true] by object [any where true] by list.name")).toEqual([
      "field/unknown: lnog",
      "field/no-exact-value: text",
      "field/is-object: object",
      "field/nested: list.name",
    ]);
  });
});

describe("categories and the values of ECS", () => {
  const ecs = ecsFields();
  const inEcs = (text: string, more: { categoryField?: string } = {}): string[] =>
    problems(text, { fields: ecs, ...more });
  it.each<[text: string, ...problems: string[]]>([
    ["process where true"],
    ["any where event.category == \"process\" and event.type : \"START\""],
    ["start where true", "eql/type-as-category: start"],
    ["proces where true", "field/not-allowed-value: proces"],
    ["process where event.category == \"network\"", "eql/category-contradiction: event.category == \"network\""],
    ["process where true and \"network\" == event.category", "eql/category-contradiction: \"network\" == event.category"],
    ["process where event.category in (\"file\", \"network\") and true", "eql/category-contradiction: event.category in (\"file\", \"network\")"],
    ["process where event.category : (\"FILE\", \"Process\")"],
    ["process where event.category : \"file\"", "eql/category-contradiction: event.category : \"file\""],
    ["process where event.category : \"f*\" or event.category == \"file\" and not event.category == \"file\""],
    ["process where event.type == \"strat\" or event.type in (\"end\", \"x\")", "field/not-allowed-value: \"strat\"", "field/not-allowed-value: \"x\""],
    ["process where event.type : \"STRAT\" or event.type : \"str*\"", "field/not-allowed-value: \"STRAT\""],
    ["file where event.type == \"protocol\" and not event.type == \"protocol\" and event.type != \"protocol\"", "field/unexpected-value: \"protocol\""],
    ["sequence [file where event.type == \"change\"] by host.id [process where event.type == \"protocol\"] by host.id", "field/unexpected-value: \"protocol\""],
    ["process where proces.name == \"x\"", "field/unknown: proces.name"],
    ["process where winlog.event_data.Something == \"x\" and message : \"x\"", "field/no-exact-value: message"],
  ])("%s", (text, ...expected) => expect(inEcs(text)).toEqual(expected)); // prettier-ignore

  it("another field can hold the category", () => {
    expect(inEcs('start where event.type == "info"', { categoryField: "event.type" })).toEqual([
      'eql/category-contradiction: event.type == "info"',
    ]);
    expect(inEcs('info where event.category == "file"', { categoryField: "event.type" })).toEqual([]);
  });

  it("the field of the category has to be there", () => {
    const fields = fieldsOf({ a: "keyword" });
    expect(problems('any where a == "x"', { fields })).toEqual([]);
    expect(problems('foo where a == "x"', { fields })).toEqual(["field/unknown: foo"]);
    expect(problems('foo where a != "x"', { fields, categoryField: "a" })).toEqual([]);
  });
});

it("fields that came after the stack are reported", () => {
  const [name] = [...ecsFields().names()].filter((one) => ecsFields().find(one)?.since !== undefined);
  const text = `any where ${name!} != null`;
  expect(check(parse(text).ast, { fields: ecsFields(), stack: "8.0" }).map(({ code }) => code)).toContain(
    "field/newer-than-stack",
  );
  expect(problems(text, { fields: ecsFields(), stack: "99.0" })).not.toContain("field/newer-than-stack");
});

it("join parses and is refused", () => {
  expect(problems("join by ip [any where true] [any where long]", { fields: FIELDS })).toEqual(["eql/join: join", "eql/not-boolean: long"]);
}); // prettier-ignore

it("fields of several types are reported", () => {
  const fields = fieldsOf([{ name: "a", esTypes: ["keyword", "long"] }, { name: "b", esTypes: ["keyword", "wildcard"] }]);
  expect(found("a == 1 and a : \"x\" and b : \"x\"", fields)).toEqual(["warning field/conflicting-types: a"]);
}); // prettier-ignore

it("an argument that is no whole number is named as it is written", () => {
  const { ast } = parse("any where number(keyword, 1.0) == 1");
  expect(check(ast, { fields: FIELDS }).map(({ message }) => message)).toEqual([
    'the second argument of "number" is a whole number, this is the number 1.0',
  ]);
});

describe("the place of what is wrong in a regular expression", () => {
  it.each([
    ['"""\'\'\'\'("""', '"""\'\'\'\'("""'],
    ['"""\'\'\'("""', "("],
    ["\"\\'\\'\\'\\'(\"", "\"\\'\\'\\'\\'(\""],
    ['"\'("', "("],
    ['"""\\\\\\\\\\\\("""', "("],
  ])("of %s", (pattern, place) => {
    expect(found(`keyword regex ${pattern}`)).toEqual([`eql/bad-regex: ${place}`]);
  });
});

const HELP: readonly [text: string, help: string | undefined][] = [
  ["any where lenght(keyword) > 1", "did you mean length(source)?"],
  ["any where substring(keyword) == \"x\"", "write substring(source, start[, end])"],
  ["any where concat() == \"x\"", "write concat(value, …)"],
  ["any where match(keyword, \"x\")", 'write field regex~ ("a.*", "b.*")'],
  ["any where long == \"80\"", "write 80 without quotes"],
  ["any where boolean == \"true\"", "write true without quotes"],
  ["any where keyword == cmd.exe", 'put it in quotes if it is a text: "cmd.exe"'],
  ["any where keyword : 4", 'write "4" in quotes'],
  ["any where ip : \"10.*\"", 'write cidrMatch(field, "10.0.0.0/8")'],
  ["any where lnog == 1", 'did you mean "long"?'],
  ["any where endsWith(keyword, \"\\\\a*\")", 'write keyword like "*\\\\a*"'],
  ["any where stringContains~(?`keyword`, \"\\\\a\\\\\")", 'write ?keyword like~ "*\\\\a\\\\*"'],
]; // prettier-ignore

describe("help", () => {
  it.each(HELP)("%s", (text, help) => {
    expect(check(parse(text).ast, { fields: FIELDS }).at(-1)?.help).toBe(help);
  });
  it("of a single finding", () => {
    expect(helpFor("start where true", { fields: ecsFields() })).toBe(
      'write: any where event.type == "start"',
    );
  });
});
