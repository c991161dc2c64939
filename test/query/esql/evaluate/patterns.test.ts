/** Regular expressions, GROK and DISSECT: what they find, and how much work they may take. */
import { describe, expect, it } from "vitest";
import {
  compileDissect,
  compileGrok,
  compilePattern,
  PatternError,
} from "../../../../src/query/esql/evaluate/patterns/index.js";
import { grokPattern } from "../../../../src/query/esql/evaluate/patterns/grok-library.js";
import { run } from "../../../../src/query/esql/index.js";
import { GROK_PATTERNS } from "../../../../src/query/esql/check/grok-patterns.js";

const found = (pattern: string, text: string, dialect: "java" | "oniguruma" = "java"): string | undefined => {
  const match = compilePattern(pattern, dialect).find(text);
  return match && text.slice(match[0], match[1]);
};

describe("a regular expression", () => {
  it.each([
    ["a+b", "xaab", "aab"],
    ["a*?b", "aab", "aab"],
    ["a++a", "aaa", undefined],
    ["(?>a|ab)c", "abc", undefined],
    ["(a|ab)(c|bcd)(d*)", "abcd", "abcd"],
    ["x{2,3}", "xxxx", "xxx"],
    ["(ab){2}", "ababab", "abab"],
    ["(ab){1,2}?c", "ababc", "ababc"],
    ["(?i)ÄB", "xäb", "äb"],
    ["(?i:a)b", "Ab", "Ab"],
    ["(?i:a)b", "AB", undefined],
    ["(?<=@)\\w+", "me@home", "home"],
    ["(?<!@)\\bhome", "@home home", "home"],
    ["\\d+(?!\\d|x)", "12x34", "34"],
    ["^b", "a\nb", undefined],
    ["(?m)^b", "a\nb", "b"],
    ["[a-c&&[^b]]+", "abcac", "a"],
    ["[^\\d\\s]+", "1 ab2", "ab"],
    ["[]a]+", "a]", "a]"],
    ["[a\\-z]+", "b-az", "-az"],
    ["\\p{Lu}\\p{L}+", "x Äpfel", "Äpfel"],
    ["[[:alpha:]]+", "1ab2", "ab"],
    ["\\Qa.b\\E", "a+b a.b", "a.b"],
    ["(\\w)\\1", "abccd", "cc"],
    ["(?<q>['\"]).*?\\k<q>", "say 'a\"b' now", "'a\"b'"],
    [".", "💧", "💧"],
    ["\\x41\\u0042", "AB", "AB"],
    ["a(?#note)b", "ab", "ab"],
    ["(a*)*b", "aaab", "aaab"],
    ["", "a", ""],
  ])("%s in %s", (pattern, text, expected) => expect(found(pattern, text)).toBe(expected));

  it.each(["(", "a)", "[a", "*a", "a{3,2}", "\\k<", "(?<n", "[z-a]", "\\p{Nothing}", "a{2000}"])(
    "%s is none",
    (pattern) => {
      expect(() => compilePattern(pattern, "java")).toThrow(PatternError);
    },
  );

  it("has lines in GROK", () => expect(found("^b$", "a\nb\nc", "oniguruma")).toBe("b"));

  it.each([
    ["a1b", "(\\w)(\\d)(\\w)", "$3$2$1", "b1a"],
    ["aaa", "a*", "x", "xx"],
    ["ab", "", "-", "-a-b-"],
    ["a.b", "\\.", "\\\\", "a\\b"],
    ["x1", "(?<n>\\d)", "<${n}>", "x<1>"],
  ])("replaces in %s each %s by %s", (text, pattern, by, result) => {
    expect(compilePattern(pattern, "java").replaceAll(text, by)).toBe(result);
  });

  it.each([
    ["(a+)+$", `${"a".repeat(40)}!`],
    ["(a|aa)+$", `${"a".repeat(60)}!`],
    ["(.*)(.*)(.*)(.*)(.*)x", "a".repeat(3_000)],
    ["(ab|a|b)*c", "ab".repeat(20_000)],
  ])("%s gives up where it would take too long", (pattern, text) => {
    expect(() => compilePattern(pattern, "java").find(text)).toThrow("the match takes too long");
  });
});

describe("GROK", () => {
  const parts = (pattern: string, text: string): unknown => {
    const { columns, extract } = compileGrok(pattern);
    const values = extract(text);
    return values && Object.fromEntries(columns.map(({ name }, at) => [name, values[at]]));
  };

  it.each([
    ["%{IPORHOST:h}:%{POSINT:p:int}", "a.example.org:443", { h: ["a.example.org"], p: [443] }],
    ["%{IPV6:ip}", "x fe80::1%eth0", { ip: ["fe80::1%eth0"] }],
    ["%{IP:ip}", "::ffff:1.2.3.4", { ip: ["::ffff:1.2.3.4"] }],
    ["%{TIMESTAMP_ISO8601:t}", "at 2024-01-31T12:00:00.123+02:00.", { t: ["2024-01-31T12:00:00.123+02:00"] }],
    ["%{EMAILADDRESS:e}", "to a.b+c@example.org", { e: ["a.b+c@example.org"] }],
    ["%{QS:q}", 'x "a \\" b" y', { q: ['"a \\" b"'] }],
    ["%{UUID:u}", "123e4567-e89b-12d3-a456-426614174000", { u: ["123e4567-e89b-12d3-a456-426614174000"] }],
    [
      "%{URI:u}",
      "see https://me@example.org:8080/a/b?c=d#e",
      { u: ["https://me@example.org:8080/a/b?c=d#e"] },
    ],
    ["%{WINPATH:p}", "C:\\Windows\\x.exe", { p: ["C:\\Windows\\x.exe"] }],
    ["%{NUMBER:n:double}", "n=-1.5", { n: [-1.5] }],
    ["%{LOGLEVEL:l}", "a WARN b", { l: ["WARN"] }],
    [
      "%{SYSLOGBASE}",
      "Jan  3 04:05:06 host1 sshd[42]:",
      {
        "host.hostname": ["host1"],
        "process.name": ["sshd"],
        "process.pid": [42],
        timestamp: ["Jan  3 04:05:06"],
        "log.syslog.facility.code": [],
        "log.syslog.priority": [],
      },
    ],
    ["%{WORD:[a][b]} %{WORD:a.b}", "x y", { "a.b": ["x", "y"] }],
    ["(?<first>\\w)(?<rest>.*)", "abc", { first: ["a"], rest: ["bc"] }],
    ["%{INT:n:int}", "no", undefined],
  ])("%s of %s", (pattern, text, expected) => expect(parts(pattern, text)).toEqual(expected));

  it("reads the line of a web server", () => {
    expect(
      parts(
        "%{COMBINEDAPACHELOG}",
        '127.0.0.1 - ada [10/Oct/2024:13:55:36 -0700] "GET /a.gif HTTP/1.0" 200 2326 "-" "Mozilla/5.0"',
      ),
    ).toMatchObject({
      "source.address": ["127.0.0.1"],
      "user.name": ["ada"],
      timestamp: ["10/Oct/2024:13:55:36 -0700"],
      "http.request.method": ["GET"],
      "url.original": ["/a.gif"],
      "http.version": ["1.0"],
      "http.response.status_code": [200],
      "http.response.body.bytes": [2326],
      "user_agent.original": ["Mozilla/5.0"],
    });
  });

  it("has every pattern that the checks know by name, but two", () => {
    const missing = [...GROK_PATTERNS].filter((name) => grokPattern(name) === undefined);
    expect(missing).toEqual(["SYSLOG5424BASE", "SYSLOG5424LINE", "ERRORLOG", "COMMONENVOYACCESSLOG"]);
  });

  it("says that a pattern does not run that the library does not have", () => {
    expect(run('ROW a = "x" | GROK a "%{ERRORLOG}"')).toEqual({
      notRun: {
        what: "GROK",
        message: "GROK: Unable to find pattern [ERRORLOG] in Grok's pattern dictionary",
        line: 1,
        column: 22,
      },
    });
  });

  it.each(["%{WORD:a", "%{A:b}", "(%{WORD:a}"])("%s is no pattern", (pattern) => {
    if (pattern === "%{WORD:a") expect(parts(pattern, "%{WORD:a")).toEqual({});
    else expect(() => compileGrok(pattern)).toThrow(PatternError);
  });
});

describe("DISSECT", () => {
  it.each([
    ["%{a} - %{b}", "1 - 2", ["1", "2"]],
    ["[%{a}] %{b->} %{c}", "[x] y     z", ["x", "y", "z"]],
    ["%{+a/2} %{+a/1}", "x y", ["y,x"]],
    ["%{?skip} %{b} %{}", "1 2 3", ["2"]],
    ["%{a} %{b}", "1", undefined],
    ["<%{a}>", "(x)", undefined],
    ["%{a}", "", [""]],
  ])("%s of %s", (pattern, text, expected) =>
    expect(compileDissect(pattern, ",").extract(text)).toEqual(expected),
  );
});
