/** KQL and Lucene that Kibana and Elasticsearch take, and what they refuse. */
import { describe, expect, it } from "vitest";
import { kql, lucene, type QueryDiagnostic } from "../../../src/query/index.js";

const errors = (diagnostics: readonly QueryDiagnostic[]): readonly string[] =>
  diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);

// prettier-ignore
const KQL = [
  "a:b", "a : b", 'a:"b"', "a:(b or c)", "a:(b and not c)", "(a:b)", "((a:b))", "not a:b", "not (a:b or b:c)", "a:b and b:c or n > 3", "a:b AND NOT b:c Or n<=3",
  "a:*", "*", "*:*", "*:b", "a*:b", "obj.*:x", "nest:{a:b}", "nest:{ a:b and not a:c }", "n >= 3", "n<3", "when > now-1d", "a:\\*", "a:b\\:c", 'a:"b\\"c"', 'a: "b\\\\c"',
  "a:b c d", "a:\\u0041", "a:null", "flag:true", "ip:10.0.0.0/8", '"a b":c', "a\\:b:c", "a:b-c_d.e/f@g", "a:!x", "a:#1", "a:b=c", "a:[1 TO 2]", "a:/regex/", "a:b~", "a:b^2", "+a:b",
  "a:?", "a:é中", "  a:b  ", "\ta:b\n", "", "   ", "foo bar", "foo*", "not foo", "a:andy", "a:order", "a:nothing", "a: (b)", 'a: ("b c" or d*)', "a:(b or c) and not (b:d or b:e)",
  "a:\\or", "a:x\\and", 'a:"not"', 'a:("and")', "-a:b", "a:b||c", "a:$x", "a:b,c", "n > -5", "a:'b'", "a:b or\nb:c", "a:b\u00a0and b:c", "a:b and", "or", "a:(not)", "and a:b",
];

// prettier-ignore
const NOT_KQL = [
  "a:", "a:b not b:c", "(a:b", "a:b)", "a:(b", "a:(b or", "a:()", "()", "a:b:c", "not not a:b", 'a:"b', "a:b\\", "a:\\x", "a<", "a>b>c", "a:{", "a:{b", "nest:{a:b", "nest:{}", "a:}", "{a:b}",
  "a:b or (", "a:(b or c", 'a:b"c"', 'a:"b"c', 'a:"b" "c"', "a:(b c)d", "not()", "a:<b", "a:>3", ">3", "a::b", "a:b (b:c)", "a:<=5", '"a" "b"', "a:\\u12", "cannot x", "n >= ", "a:(b:c)",
  "(a:b) (b:c)", "a: (b or (c)", 'a > "x', 'a:*b"', "a:not\\ b",
];

// prettier-ignore
const LUCENE = [
  "a", "a b", "a:b", "a: b", 'a:"b c"', "a:(b c)", "a:(b AND c)", "a:(+b -c)", "+a -b", "a && b", "a || b", "!a", "NOT a", "(a OR b) AND c", "a:[1 TO 5]", "a:{1 TO 5]", "a:[* TO 5}", "a:>5", "a:<=5",
  "a:(>=5 AND <10)", "a:/re.*/", "/re/", "a:b*", "a:*b", "a:b?c", "a:b~", "a:b~1", '"a b"~5', "a^2", '"a b"^3', "(a b)^2.5", "a:b~1^2", "_exists_:a", "a.b.c:d", "a.\\*:d", "a\\:b:c", "a:b\\ c",
  "a:C\\:\\\\Windows\\\\*", "a:http\\:\\/\\/x", "*", "*:*", "a:*", 'a:"x\\"y"', "a:now-1d", "a:[now-1d TO now]", 'a:["2024-01-01T00:00:00Z" TO "2024-01-02"]', 'a:"10.0.0.0/8"', "a:b-c", "a:b@c", "a:b$c",
  "a:b'c", "a:b,c", "a=b", "a:b=c", "a:\\-1", "é:ü", "a:日本", 'a:["a b" TO "c d"]', "+a:b +(c:d e:f)", "a:b AND (c:d OR (e:f AND NOT g:h))", "a:b\nOR\nc:d", "-(a b)", '""', 'a:""', "TO", "a TO b", "and",
  "a:/\\/path/", "a:\\(b\\)", "a\\ b:c", "a:x&y", "a:x|y", "a:>2024-01-01", "a:>=now-1h", "a ~ b", "",
];

// prettier-ignore
const NOT_LUCENE = [
  "a:", "a:(b", "a:b)", "(a", "a)", "a AND", "AND a", "OR", "a AND AND b", "a:[1 TO", "a:[1 TO 2", "a:[1", 'a:"b', "a:/b", "a:b^", "a:b^x", "a:b~3", "NOT", "+", "-", "!", "a:b:c", "a:(b:c:d)", "()", "a:()", "a:\\",
  "a:[1 2]", "a:[TO 5]", "a:{b}", "a:^2", "a:~", "a OR OR b", "a:b AND OR c", "a NOT", "a:[1 TO 2 TO 3]", "a:b]", "a:}", "^2", ":b", "a::b", "a:[ TO ]", "*.a:b", "a*:b", "a:(b AND)", '"a" "', "a:C:\\x",
];

describe("KQL", () => {
  it.each(KQL)("%j", (query) => {
    const { ast, diagnostics } = kql.parse(query);
    expect(errors(diagnostics)).toEqual([]);
    const text = kql.print(ast);
    expect(kql.print(kql.parse(text).ast)).toBe(text);
  });

  it.each(NOT_KQL)("not %j", (query) => {
    expect(errors(kql.parse(query).diagnostics)).not.toEqual([]);
  });
});

describe("Lucene", () => {
  it.each(LUCENE)("%j", (query) => {
    const { ast, diagnostics } = lucene.parse(query);
    expect(errors(diagnostics)).toEqual([]);
    const text = lucene.print(ast);
    expect(lucene.print(lucene.parse(text).ast)).toBe(text);
  });

  it.each(NOT_LUCENE)("not %j", (query) => {
    expect(errors(lucene.parse(query).diagnostics)).not.toEqual([]);
  });

  it.each(["()", "a:()", "a:(1 ())", "(()) b"])("%s is reported once", (query) => {
    expect(errors(lucene.parse(query).diagnostics)).toHaveLength(1);
  });
});
