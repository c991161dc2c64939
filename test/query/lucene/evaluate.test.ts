import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { fieldsOf as given } from "../../../src/fields/index.js";
import { QueryError } from "../../../src/query/core/index.js";
import type { Event } from "../../../src/query/match/index.js";
import {
  compile,
  compileExplanation,
  explain,
  parse,
  requiredLiterals,
} from "../../../src/query/lucene/index.js";

const NOW = Date.parse("2024-06-15T12:00:00Z");

const fields = given({
  k: "keyword",
  "k.text": "text",
  w: "wildcard",
  short: { type: "keyword", ignore_above: 3 },
  t: "text",
  n: "long",
  f: "double",
  b: "boolean",
  ip: "ip",
  d: "date",
  o: "object",
  "o.x": "keyword",
  list: "nested",
  "list.x": "keyword",
  flat: "flattened",
});

const run = (query: string, event: Event, options = {}): boolean =>
  compile(query, { fields, now: NOW, ...options })(event);

describe("values", () => {
  it.each<[query: string, event: Event, matches: boolean]>([
    // Keywords: the whole value, case counts.
    ["k:foo", { k: "foo" }, true],
    ["k:foo", { k: "Foo" }, false],
    ["k:foo", { k: "foo bar" }, false],
    ["k:(foo bar)", { k: "foo bar" }, true],
    ["k:(foo bar)", { k: "foo" }, false],
    ["k:foo\\ bar", { k: "foo bar" }, true],
    ['k:"foo bar"', { k: "foo bar" }, true],
    ["k:foo", { k: ["bar", "foo"] }, true],
    ["k:foo", {}, false],
    ["k:foo", { k: null }, false],
    ["k:5", { k: 5 }, true],
    ["k:true", { k: true }, true],
    ["short:abc", { short: "abc" }, true],
    ["short:abcd", { short: "abcd" }, false],
    ["short:*", { short: ["abcd"] }, false],
    ["short:a*", { short: ["abcd", "ab"] }, true],
    ["w:a*z", { w: "abcz" }, true],
    // Text: words, in any case.
    ["t:foo", { t: "The FOO bar" }, true],
    ["t:(foo baz)", { t: "The FOO bar" }, true],
    ["t:(baz qux)", { t: "The FOO bar" }, false],
    ["t:foo-baz", { t: "foo" }, true],
    ['t:"foo bar"', { t: "a foo, BAR b" }, true],
    ['t:"bar foo"', { t: "a foo bar b" }, false],
    ['t:"foo b"', { t: "a foo bar b" }, false],
    ['t:"foo b"~1', { t: "a foo bar b" }, true],
    ['t:"bar foo"~2', { t: "a foo bar b" }, true],
    ['t:"bar foo"~1', { t: "a foo bar b" }, false],
    ['t:"foo bar"', { t: ["foo", "bar"] }, false],
    ["t:fo*", { t: "The FOO bar" }, true],
    ["t:FO*", { t: "The FOO bar" }, true],
    ["t:f?o", { t: "The FOO bar" }, true],
    ["t:the*bar", { t: "The FOO bar" }, false],
    ["t:x-fo*", { t: "The FOO bar" }, true],
    ["t:/fo+/", { t: "The FOO bar" }, true],
    ["t:/FO+/", { t: "The FOO bar" }, true],
    ["t:/foo bar/", { t: "The FOO bar" }, false],
    ["t:fop~1", { t: "The FOO bar" }, true],
    ["t:[fa TO fz]", { t: "The FOO bar" }, true],
    ["t:[x TO z]", { t: "The FOO bar" }, false],
    // Multi-fields hold the value of the field above.
    ["k.text:foo", { k: "Foo bar" }, true],
    ['k.text:"foo baz"', { k: "Foo bar" }, false],
    // Wildcards, expressions, near terms.
    ["k:f*", { k: "foo" }, true],
    ["k:F*", { k: "foo" }, false],
    ["k:?oo", { k: "foo" }, true],
    ["k:?oo", { k: "😀oo" }, true],
    ["k:f\\*", { k: "foo" }, false],
    ["k:f\\*", { k: "f*" }, true],
    ["k:C\\:\\\\*", { k: "C:\\Windows" }, true],
    ["k:/f[aeo]+/", { k: "foo" }, true],
    ["k:/f/", { k: "foo" }, false],
    ["k:/a\\/b/", { k: "a/b" }, true],
    ["k:roam~1", { k: "foam" }, true],
    ["k:roam~1", { k: "form" }, false],
    ["k:form~", { k: "from" }, true],
    ["k:ab~", { k: "ac" }, false],
    ["k:powershell~", { k: "pwoershel" }, true],
    ["k:roam~0", { k: "foam" }, false],
    ["k:roam~0.7", { k: "foam" }, true],
    // Numbers.
    ["n:5", { n: 5 }, true],
    ["n:5", { n: "5" }, true],
    ['n:"5"', { n: [1, 5] }, true],
    ["n:5.0", { n: 5 }, true],
    ["n:\\-5", { n: -5 }, true],
    ["n:[-9 TO -1]", { n: -5 }, true],
    ["n:[1 TO 5]", { n: 5 }, true],
    ["n:[1 TO 5}", { n: 5 }, false],
    ["n:{1 TO 5]", { n: 1 }, false],
    ["n:[* TO 5]", { n: -9 }, true],
    ["n:{5 TO *}", { n: 5 }, false],
    ["n:>4", { n: 5 }, true],
    ["n:>=5", { n: 5 }, true],
    ["n:<5", { n: 5 }, false],
    ["n:<=5", { n: 5 }, true],
    ["n:(>=10 AND <20)", { n: 15 }, true],
    ["n:(>=10 AND <20)", { n: 20 }, false],
    ["n:(>=10 AND <20)", { n: [5, 25] }, true],
    ["n:[1 TO 5]", {}, false],
    // Booleans.
    ["b:true", { b: true }, true],
    ["b:true", { b: "true" }, true],
    ["b:false", { b: true }, false],
    // Addresses.
    ["ip:10.0.0.1", { ip: "10.0.0.1" }, true],
    ['ip:"10.0.0.0/8"', { ip: "10.1.2.3" }, true],
    ["ip:10.0.0.0\\/8", { ip: "11.1.2.3" }, false],
    ["ip:[10.0.0.1 TO 10.0.0.9]", { ip: "10.0.0.5" }, true],
    ["ip:[10.0.0.1 TO 10.0.0.9}", { ip: "10.0.0.9" }, false],
    ["ip:{10.0.0.1 TO *]", { ip: "10.0.0.1" }, false],
    ['ip:"2001:db8::1"', { ip: "2001:db8:0:0::1" }, true],
    // Dates: what is named in part is a range.
    ["d:2024-01-01", { d: "2024-01-01T23:59:59.999Z" }, true],
    ["d:2024-01-01", { d: "2024-01-02T00:00:00Z" }, false],
    ['d:"2024-01-01"', { d: "2024-01-01T10:00:00Z" }, true],
    ["d:[2024-01-01 TO 2024-01-02]", { d: "2024-01-02T23:00:00Z" }, true],
    ["d:[2024-01-01 TO 2024-01-02}", { d: "2024-01-02T00:00:00Z" }, false],
    ["d:{2024-01-01 TO *]", { d: "2024-01-01T23:00:00Z" }, false],
    ["d:>2024-01-01", { d: "2024-01-02T00:00:00Z" }, true],
    ["d:[now-1h TO now}", { d: "2024-06-15T11:30:00Z" }, true],
    ["d:[now-1h TO now}", { d: NOW }, false],
    ["d:[now/d TO now/d]", { d: "2024-06-15T23:30:00Z" }, true],
    ["d:[now-1h TO *]", { d: NOW - 3_600_001 }, false],
    // Ranges of texts go by code points.
    ["k:[a TO c]", { k: "bcd" }, true],
    ["k:[a TO c]", { k: "ca" }, false],
    ["k:[a TO c]", { k: "B" }, false],
    ["k:[\uff5e TO *]", { k: "😀" }, true],
    // Whether there is a value.
    ["k:*", { k: "" }, true],
    ["k:*", { k: [] }, false],
    ["k:*", { k: null }, false],
    ["_exists_:k", { k: "x" }, true],
    ["_exists_:k", { n: 1 }, false],
    ['_exists_:"k"', { k: "x" }, true],
    ["NOT _exists_:k", {}, true],
    ["n:[* TO *]", { n: 1 }, true],
    ["_exists_:o", { o: { x: "1" } }, true],
    ["_exists_:o", { "o.x": "1" }, true],
    ["o:*", { ox: "1" }, false],
    ["_exists_:o.*", { o: { x: "1" } }, true],
    // Objects that are indexed apart, and what is mapped nowhere.
    ["list.x:a", { list: [{ x: "a" }] }, false],
    ["zzz:1", { zzz: 1 }, false],
    ["o:1", { o: { x: "1" } }, false],
    ["flat:a", { flat: { x: { y: "a" } } }, true],
    ["flat.x.y:a", { flat: { x: { y: "a" } } }, true],
    ["_exists_:flat", { flat: { x: { y: "a" } } }, true],
    ["*:*", {}, true],
    ["*", { zzz: 1 }, true],
    // All fields, or those whose names fit.
    ["foo", { k: "foo" }, true],
    ["foo", { t: "a foo b" }, true],
    ["foo", { k: "a foo b" }, true],
    ["5", { n: 5 }, true],
    ["foo", { zzz: "foo" }, false],
    ["foo", { list: [{ x: "foo" }] }, false],
    ["foo bar", { o: { x: "foo bar" } }, true],
    ["*:foo", { k: "foo" }, true],
    ["o.\\*:foo", { o: { x: "foo" } }, true],
    ["o.\\*:foo", { k: "foo" }, false],
    ["10.0.0.1", { ip: "10.0.0.1" }, true],
    ["[1 TO 5]", { n: 3 }, true],
    [">=4", { n: 5 }, true],
  ])("%s on %j is %s", (query, event, matches) => {
    expect(compile(query, { fields, now: NOW, lenient: true })(event)).toBe(matches);
    expect(explain(query, event, { fields, now: NOW, lenient: true }).matched).toBe(matches);
  });

  it.each<[query: string, event: Event, matches: boolean]>([
    ["a:foo", { a: "foo" }, true],
    ["a:foo", { a: "foo bar" }, false],
    ["a:5", { a: 5 }, true],
    ["a:5", { a: "5" }, true],
    ["a:true", { a: true }, true],
    ["a:[9 TO 11]", { a: 10 }, true],
    ["a:[9 TO 11]", { a: "10" }, true],
    ["a:[now-1d TO now]", { a: "2024-06-15T01:00:00Z" }, true],
    ["a:[10.0.0.1 TO 10.0.0.20]", { a: "10.0.0.3" }, true],
    ['a:"10.0.0.0/8"', { a: "10.0.0.3" }, true],
    ["a:[b TO d]", { a: "c" }, true],
    ["a.b:*", { a: [{ b: 1 }] }, true],
    ["a:x*", { a: ["y", "xy"] }, true],
    ["foo", { x: { y: "foo" } }, true],
    ["@timestamp:2024-06-15", { "@timestamp": "2024-06-15T01:00:00Z" }, true],
    ["a.text:foo", { a: "Foo bar" }, true],
    ["a.keyword:foo", { a: "foo" }, true],
  ])("without types %s on %j is %s", (query, event, matches) => {
    expect(compile(query, { now: NOW })(event)).toBe(matches);
  });
});

describe("clauses", () => {
  const event = { k: ["a", "b"], t: "a b" };
  it.each([
    ["k:a AND k:b", true],
    ["k:a AND k:c", false],
    ["k:c OR k:b", true],
    ["k:c k:b", true],
    ["k:(c OR b)", true],
    ["k:(a AND b)", true],
    // What is joined with OR has no say beside what AND requires.
    ["k:a AND k:b OR k:c", true],
    ["k:a OR k:b AND k:c", false],
    ["k:c OR k:a AND k:b", true],
    ["(k:a AND k:c) OR k:b", true],
    ["+k:a k:c", true],
    ["+k:c k:a", false],
    ["-k:c", true],
    ["NOT k:a", false],
    ["k:c OR NOT k:d", false],
    ["k:c OR (NOT k:d)", true],
    ["k:a -k:b", false],
    ["k:a -k:c", true],
    ["!(k:c || k:d) && k:a", true],
    ["NOT (NOT k:a)", true],
    ["k:((NOT c) AND a)", true],
    // What analysis leaves nothing of is no condition.
    ['k:a AND t:"-"', true],
    ['t:"-"', false],
    ['NOT t:"-"', false],
    ['k:c OR t:"-"', false],
    ["t:a AND + ", false],
    ["", false],
  ])("%s is %s", (query, matches) => expect(compile(query, { fields, lenient: true })(event)).toBe(matches));

  it("joins with AND where that is the default", () => {
    const options = { defaultOperator: "AND" };
    expect(run("k:a k:c", { k: "a" }, options)).toBe(false);
    expect(run("k:a OR k:c", { k: "a" }, options)).toBe(true);
    expect(run("t:(foo bar)", { t: "foo" }, options)).toBe(false);
    expect(run("t:(foo bar)", { t: ["foo", "bar"] }, options)).toBe(true);
    expect(run("t:foo-ba*", { t: "bar" }, options)).toBe(false);
    expect(run("t:foo-ba*", { t: "bar foo" }, options)).toBe(true);
  });

  it("looks in the default fields", () => {
    const options = { defaultFields: ["k", "o.*"] };
    expect(run("foo", { k: "foo" }, options)).toBe(true);
    expect(run("foo", { o: { x: "foo" } }, options)).toBe(true);
    expect(run("foo", { t: "foo" }, options)).toBe(false);
    expect(run("t:foo", { t: "foo" }, options)).toBe(true);
  });
});

describe("queries that cannot run", () => {
  it.each(["a AND", "(", "n:abc", "d:[now-1D TO now]", "ip:x", "n:5*"])("%s", (query) => {
    expect(() => compile(query, { fields })).toThrow(QueryError);
  });

  it("run leniently where only a value does not fit", () => {
    expect(run("n:abc OR k:a", { k: "a" }, { lenient: true })).toBe(true);
    expect(() => compile("(", { lenient: true })).toThrow(QueryError);
  });

  it("say what is wrong", () => {
    expect(() => compile("n:abc", { fields })).toThrow(
      '"n" is of type long and cannot be compared with "abc" (at offset 2)',
    );
  });

  it("are refused as trees too", () => {
    expect(() => compile(parse("n:abc").ast, { fields })).toThrow(QueryError);
    expect(() => compile(parse("a AND NOT b:").ast)).toThrow(QueryError);
  });
});

describe("explaining", () => {
  const shown = (query: string, event: Event): string => {
    const show = ({ kind, matched, start, end, children }: ReturnType<typeof explain>): string => {
      const verdict = matched ? "✓" : "✗";
      if (children === undefined) return `${verdict}${query.slice(start, end)}`;
      return `${verdict}${kind}(${children.map(show).join(", ")})`;
    };
    return show(explain(query, event, { fields, now: NOW }));
  };

  it.each([
    ["k:a", "✓k:a"],
    ["k:a AND n:>5", "✗and(✓k:a, ✗n:>5)"],
    ["k:b OR n:1", "✓or(✗k:b, ✓n:1)"],
    ["k:a AND n:1 OR k:b", "✓and(✓k:a, ✓n:1)"],
    ["k:b k:c -n:1", "✗and(✗or(✗k:b, ✗k:c), ✗not(✓n:1))"],
    ["k:(a OR b) AND NOT n:2", "✓and(✓or(✓a, ✗b), ✓not(✗n:2))"],
    ["k:b -n:2", "✗and(✗k:b, ✓not(✗n:2))"],
  ])("%s", (query, tree) => expect(shown(query, { k: "a", n: 1 })).toBe(tree));
});

describe("required literals", () => {
  const required = (query: string): string[] =>
    requiredLiterals(parse(query).ast, fields).map(({ field, values }) => `${field}: ${values.join("|")}`);

  it.each([
    ["k:a", ["k: a"]],
    ['k:"a b"', ["k: a b"]],
    ["k:(a b)", ["k: a b"]],
    ["k:a AND w:b", ["k: a", "w: b"]],
    ["k:a OR k:b", ["k: a|b"]],
    ["k:(a OR b) AND w:c", ["k: a|b", "w: c"]],
    ["(k:a AND w:b) OR (w:c AND k:d)", ["k: a|d", "w: b|c"]],
    ["k:a OR w:b", []],
    ["k:a OR n:1", []],
    ["k:a AND w:b OR short:c", ["k: a", "w: b"]],
    ["NOT k:a", []],
    ["k:a -w:b", ["k: a"]],
    ["k:a*", []],
    ["k:a~", []],
    ["k:/a/", []],
    ["t:a", []],
    ["n:1", []],
    ["k.text:a", []],
    ["a", []],
    ["k:*", []],
    ["_exists_:k", []],
  ])("of %s", (query, literals) => expect(required(query)).toEqual(literals));

  it("of fields of unknown type are no numbers and no blocks", () => {
    const of = (query: string): number => requiredLiterals(parse(query).ast).length;
    expect([of("a:x"), of("a:5"), of('a:"10.0.0.0/8"'), of('a:"10.0.0.1"')]).toEqual([1, 0, 0, 1]);
  });
});

const value = fc.constantFrom("a", "b", "A", "ab", "a b", 1, 5, "5", true);
const anEvent = fc.dictionary(
  fc.constantFrom("k", "t", "n", "x.y"),
  fc.oneof(value, fc.array(value, { maxLength: 3 })),
  {
    maxKeys: 4,
  },
);
const leafText = fc.constantFrom(
  "k:a", "k:b", "k:(a b)", "t:a", 't:"a b"', "n:1", "n:>1", "x.y:ab", "x.y:5", "a", "k:a*", "_exists_:t", "t:+ ", "k:/a.?/",
); // prettier-ignore
const { query } = fc.letrec<{ query: string }>((tie) => ({
  query: fc
    .array(
      fc.tuple(
        fc.constantFrom("", "AND ", "OR "),
        fc.constantFrom("", "", "+", "-", "NOT "),
        fc.oneof(
          { maxDepth: 3 },
          leafText,
          tie("query").map((inner) => `(${inner})`),
        ),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((all) =>
      all.map(([operator, sign, node], index) => (index === 0 ? "" : operator) + sign + node).join(" "),
    ),
}));

describe("any query on any event", () => {
  test.prop([query, anEvent], { numRuns: 2_000 })("is explained as it matches", (text, event) => {
    const options = { fields, now: NOW, lenient: true };
    const matches = compile(text, options)(event);
    expect(explain(text, event as Event, options).matched).toBe(matches);
    expect(compileExplanation(text, options)(event as Event).matched).toBe(matches);
  });

  test.prop([query, anEvent, fc.boolean()], { numRuns: 3_000 })(
    "has its required literals where it matches",
    (text, event, typed) => {
      const options = { now: NOW, lenient: true, ...(typed ? { fields } : {}) };
      if (!compile(text, options)(event)) return;
      for (const { field, values } of requiredLiterals(parse(text).ast, typed ? fields : undefined)) {
        const held = [(event as Event)[field]].flat().map(String);
        expect({ text, field, held, values, ok: values.some((one) => held.includes(one)) }).toMatchObject({
          ok: true,
        });
      }
    },
  );
});
