import { describe, expect, it } from "vitest";
import { findingsIn, onlyFinding } from "./check-support.js";

/** Commands and what is wrong with their patterns: `code: marked text`. */
const COMMANDS: readonly (readonly [command: string, ...findings: string[]])[] = [
  ['DISSECT message "%{a} %{b}" APPEND_SEPARATOR = ","'],
  ['DISSECT message " "', "esql/bad-pattern:  "],
  ['DISSECT message "%{*a}:%{&a}"', "esql/bad-pattern: %{*a}", "esql/bad-pattern: %{&a}"],
  ['DISSECT process.pid "%{a}"', "esql/input-type: process.pid"],
  ['DISSECT CONCAT(host.name, "x") "%{a}"'],
  ['GROK message "%{WORD:a} %{NUMBER:b:double}", "%{GREEDYDATA:a}"'],
  ['GROK message "%{IP:source.ip} %{HAPROXYTIME:t} [[:alpha:]_(]+ [^)]"'],
  ['GROK message "%{_no_:a}"', "esql/unknown-grok-pattern: _no_"],
  ['GROK message "%{word:a}"', "esql/unknown-grok-pattern: word"],
  ['GROK message "%{INT:a:int}", "%{WORD:a}"', "esql/bad-pattern: %{WORD:a}"],
  ['GROK message "%{INT:a:int}", "%{INT:a:int} (?<b>x)", "%{WORD:b}"'],
  ['DISSECT message "%{}"', "esql/bad-pattern: %{}"],
  ['DISSECT message "%{?a} %{->}"', "esql/bad-pattern: %{?a} %{->}"],
  ['DISSECT message "%{} %{a}"'],
  ['EVAL a = REPLACE(message, "x(", "y")', "esql/bad-pattern: ("],
  ['EVAL a = REPLACE(message, "x)", "y")', "esql/bad-pattern: )"],
  ['EVAL a = REPLACE(message, "[a", "y")', "esql/bad-pattern: ["],
  ['EVAL a = REPLACE(message, "*a", "y")', "esql/bad-pattern: *"],
  ['EVAL a = REPLACE(message, "a|+?", "y")', "esql/bad-pattern: +?"],
  ['EVAL a = REPLACE(message, "(?i)a", "y"), b = REPLACE(message, "(?:?)", "y")', "esql/bad-pattern: ?"],
  ['EVAL a = REPLACE(message, "a+++", "y")', "esql/bad-pattern: +"],
  ['EVAL a = REPLACE(message, "a{", "y")', "esql/bad-pattern: {"],
  ['EVAL a = REPLACE(message, "a{,3}", "y")', "esql/bad-pattern: {"],
  ['EVAL a = REPLACE(message, "a{3,2}", "y")', "esql/bad-pattern: {3,2}"],
  ['EVAL a = REPLACE(message, """a\\""", "y")', "esql/bad-pattern: \\"],
  ['EVAL a = REPLACE(message, "(?<x>a|b{2,}+)*?[a-z[0-9]*&&[^{]]\\\\{\\\\Q*(\\\\E+^*{2}$", "y")'],
  [
    'EVAL a = REPLACE(message, host.name, "y"), b = REPLACE(message, "", "("), c = REPLACE(message, "a{2,2}", "y")',
  ],
  ['GROK message "%{WROD:a}"', "esql/unknown-grok-pattern: WROD"],
  ['GROK message "(?P<a>.*)"', "esql/bad-pattern: (?P"],
  ['GROK message "\\"(a"', "esql/bad-pattern: ("],
  ['GROK message """x "(a"""', "esql/bad-pattern: ("],
  ['GROK message "a)"', "esql/bad-pattern: )"],
  ['GROK message "[a"', "esql/bad-pattern: ["],
  ['GROK message """\\(\\[a"""'],
  ['GROK message "%{INT:a:int} %{INT:a}"', "esql/bad-pattern: %{INT:a}"],
  ['GROK process.pid "%{WORD:a}"', "esql/input-type: process.pid"],
];

describe("patterns", () => {
  it.each(COMMANDS)("%s", (command, ...findings) => {
    const found = findingsIn(`FROM logs | ${command}`);
    expect(found.map(({ at, code }) => `${code}: ${at}`)).toEqual(findings);
  });

  it("name the nearest pattern", () => {
    expect(onlyFinding('FROM logs | GROK message "%{WROD:a}"')).toContain("did you mean WORD");
  });
});
