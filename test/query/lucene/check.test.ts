import { describe, expect, it } from "vitest";
import { ecsFields, fieldsOf as given } from "../../../src/fields/index.js";
import { check, fieldsOf, parse } from "../../../src/query/lucene/index.js";

/** Findings of a check as `severity code "marked": what is said`. */
function found(text: string, options: Parameters<typeof check>[1] = { fields: ecsFields() }): string[] {
  const { ast, diagnostics } = parse(text);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return check(ast, options).map(
    ({ severity, code, start, end }) => `${severity} ${code} ${JSON.stringify(text.slice(start, end))}`,
  );
}

describe("what reads otherwise than it looks", () => {
  it.each([
    ["a AND b OR c", "+a +b c", '"c"', "c"],
    ["a OR b AND c", "a +b +c", '"a"', "a"],
    ["a b AND c", "a +b +c", '"a"', "a"],
    ["x:1 y:2 AND NOT z:3", "x:1 +y:2 -z:3", '"x:1"', "x:1"],
    ["(a OR b) AND c OR d:(e f g)", "+(a…) +c d:(e f g)", '"d:(e f g)"', "d:(e f g)"],
    ["a AND b AND c AND d AND e OR f", "+a +b +c +d +e …", '"f"', "f"],
  ])("%s is %s", (text, meaning, ignored, marked) => {
    const [finding, ...others] = check(parse(text).ast);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: "lucene/mixed-operators", severity: "warning" });
    expect(finding!.message).toContain(`this is read as ${meaning}`);
    expect(finding!.help).toContain(`${ignored} has no say`);
    expect(text.slice(finding!.start, finding!.end)).toBe(marked);
  });

  it.each([
    ["a OR NOT b", "a -b", "OR NOT b"],
    ["NOT a OR b", "-a b", "NOT a"],
    ["a OR -b", "a -b", "OR -b"],
  ])("%s is %s", (text, meaning, marked) => {
    const [finding] = check(parse(text).ast);
    expect(finding!.message).toContain(meaning);
    expect(finding!.code).toBe("lucene/or-not");
    expect(text.slice(finding!.start, finding!.end)).toBe(marked);
  });

  it.each([
    ["a and b", ['warning lucene/lower-case-operator "and"']],
    ["a:1 or b:2", ['warning lucene/lower-case-operator "or"']],
    ["not a:1", ['warning lucene/lower-case-operator "not"']],
    ["a:(b And c)", ['warning lucene/lower-case-operator "And"']],
    [
      "a:1 and b:2 or c:3",
      ['warning lucene/lower-case-operator "and"', 'warning lucene/lower-case-operator "or"'],
    ],
    ["a:b c", ['warning lucene/no-field "c"']],
    ["a:b c d e:f", ['warning lucene/no-field "c d"']],
    ['a:"b" "c"', ['warning lucene/no-field "\\"c\\""']],
    ["a == b", ['warning lucene/foreign-operator "=="']],
    ["a = b", ['warning lucene/foreign-operator "="']],
    ["a.b=c", ['warning lucene/foreign-operator "a.b=c"']],
    ["a != b", ['warning lucene/foreign-operator "="']],
    ["a >= 5", ['warning lucene/foreign-operator ">="']],
    ["a >5", ['warning lucene/foreign-operator ">5"']],
    ["process where a", ['warning lucene/foreign-operator "where"']],
    ["a | b", ['warning lucene/foreign-operator "|"']],
    ["a & b", ['warning lucene/foreign-operator "&"']],
    ["a&&b", ['warning lucene/foreign-operator "a&&b"']],
    ["port:> 5", ['warning lucene/detached-comparison ">"']],
    ["port:>= 5", ['warning lucene/detached-comparison ">="']],
    ["port:(> 5)", ['warning lucene/detached-comparison ">"']],
    ['user.name:"*"', ['warning lucene/wildcard-in-quotes "user.name:\\"*\\""']],
    ['a.verbs:"*" AND user.name:("*" OR root) AND share:"\\\\\\\\*\\\\IPC$"', []],
    ['a:"pow*"', ['warning lucene/wildcard-in-quotes "a:\\"pow*\\""']],
  ])("%s", (text, findings) => expect(found(text, {})).toEqual(findings));

  it.each([
    "a AND b AND c",
    "a OR b OR c",
    "a b c",
    "a AND (b OR c)",
    "(a AND b) OR c",
    "a OR (NOT b)",
    "a AND NOT b",
    "+a b",
    "-a b",
    '"and"',
    "\\and",
    "a:or",
    "or",
    "a AND where",
    "error",
    "a:b OR c",
    "a:b +c",
    "a:b (c)",
    "a:(b c)",
    "port:(>1 AND <5)",
    "a:b=c",
    "base64==",
    "a:power*",
  ])("lets %s alone", (text) => expect(found(text, {})).toEqual([]));
});

describe("what fields are", () => {
  it.each([
    ["process.nmae:x", ['warning field/unknown "process.nmae"']],
    ["process.nmae:(x OR y)", ['warning field/unknown "process.nmae"']],
    ["_exists_:process.nmae", ['warning field/unknown "process.nmae"']],
    ["process:x", ['error field/is-object "process"']],
    ["process:*", []],
    ["_exists_:process", []],
    ["process.\\*:x", []],
    ["event.category:proces", ['warning field/not-allowed-value "proces"']],
    ['event.category:(process OR "nework")', ['warning field/not-allowed-value "\\"nework\\""']],
    ["event.category:proc*", []],
    ["destination.port:abc", ['error field/type-mismatch "abc"']],
    ["destination.port:[1 TO b]", ['error field/type-mismatch "b"']],
    ["destination.port:>=b", ['error field/type-mismatch ">=b"']],
    ["destination.port:(443 OR 8443)", []],
    ['destination.port:"443"', []],
    ["destination.port:8*", ['error field/wildcard-on-type "8*"']],
    ["destination.port:*", []],
    ["destination.port:/8.*/", ['error field/type-mismatch "/8.*/"']],
    ["destination.port:80~", ['error field/type-mismatch "80"']],
    ["source.ip:10.0.0.*", ['error field/wildcard-on-type "10.0.0.*"']],
    ["source.ip:10.0.0.256", ['error field/type-mismatch "10.0.0.256"']],
    ['source.ip:"10.0.0.0/8"', []],
    ['source.ip:["10.0.0.0" TO "10.0.0.x"]', ['error field/type-mismatch "\\"10.0.0.x\\""']],
    ["process.code_signature.trusted:yes", ['error field/type-mismatch "yes"']],
    ["process.code_signature.trusted:true", []],
    ["process.code_signature.trusted:[true TO false]", ['error field/type-mismatch "[true TO false]"']],
    ["@timestamp:[now-2D TO now]", ['error lucene/bad-date-unit "D"']],
    ["@timestamp:>now-5x", ['error lucene/bad-date-unit ">now-5x"']],
    ['@timestamp:"2024-01-01||+1q"', ['error lucene/bad-date-unit "\\"2024-01-01||+1q\\""']],
    ["@timestamp:[now-2d/d TO now]", []],
    ["@timestamp:[2024/01/01 TO now]", ['error lucene/bad-date "2024/01/01"']],
    ["@timestamp:yesterday", ['error lucene/bad-date "yesterday"']],
    ["@timestamp:2024-01-01", []],
    ["process.name:[1 TO 5]", ['warning field/type-mismatch "[1 TO 5]"']],
    ["process.name:[a TO b]", []],
    ["process.name:(foo bar)", ['warning lucene/joined-words "foo bar"']],
    ["message:(foo bar)", []],
    ["process.name:foo~1", []],
    ["process.name:/a.*/", []],
    ["message:foo*", []],
    ["*:*", []],
    ["*", []],
    ["zeek.made_up:x", []],
  ])("%s", (text, findings) => expect(found(text)).toEqual(findings));

  it("is certain where all fields are given", () => {
    const fields = given({ a: "keyword", "b.c": "date", n: "nested", "n.x": "keyword" });
    expect(found("zeek.x:1", { fields })).toEqual(['error field/unknown "zeek.x"']);
    expect(found("n.x:1", { fields })).toEqual(['warning field/nested "n.x"']);
    // The date's format may be another one.
    expect(found("b.c:[2024\\/01\\/01 TO *]", { fields })).toEqual([
      'warning lucene/bad-date "2024\\\\/01\\\\/01"',
    ]);
  });

  it("knows what is newer than the stack", () => {
    const fields = ecsFields();
    const name = [...fields.names()].find((one) => fields.find(one)?.since?.startsWith("9.") === true)!;
    const text = `_exists_:${name}`;
    expect(found(text, { fields, stack: "8.0" })).toEqual([
      `warning field/newer-than-stack ${JSON.stringify(name)}`,
    ]);
    expect(found(text, { fields, stack: "99.0" })).toEqual([]);
  });
});

describe("fieldsOf", () => {
  it("gives each name once, where it is first", () => {
    const text = 'a:1 AND b:(2 OR c:3) AND NOT a:4 d _exists_:e.f *:x g.\\*:y "h" _exists_:"i" j:* *:*';
    expect(
      fieldsOf(parse(text).ast).map(({ name, span, wildcard }) => [
        name,
        text.slice(span.start, span.end),
        wildcard,
      ]),
    ).toEqual([
      ["a", "a", false],
      ["b", "b", false],
      ["c", "c", false],
      ["e.f", "e.f", false],
      ["g.*", "g.\\*", true],
      ["i", '"i"', false],
      ["j", "j", false],
    ]);
  });
});
