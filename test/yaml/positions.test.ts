import { fc, test } from "@fast-check/vitest";
import { dump, type DumpOptions, load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { toPointer } from "../../src/diagnostics/index.js";
import { parseDocument } from "../../src/yaml/index.js";

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Text that looks like YAML, so that the writer has to quote and to choose blocks. */
const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({
    unit: fc.constantFrom("a", "B", " ", "\n", ":", "#", "-", "'", '"', "\\", "{", "]", ",", "|", "é", "😀"),
  }),
  fc
    .array(fc.string({ unit: fc.constantFrom("a", "b", " ", "=", "(") }), { maxLength: 5 })
    .map((lines) => lines.join("\n")),
);
/** js-yaml's writer leaves a key such as `--- a` unquoted, which then reads as a document marker. */
const key = text.filter((name) => !/^(?:---|\.\.\.)/.test(name));
const scalar = fc.oneof({ weight: 3, arbitrary: text }, fc.integer(), fc.boolean(), fc.constant(null));
const { object } = fc.letrec<{ value: Json; object: { [key: string]: Json } }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: "json" },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    tie("object"),
  ),
  object: fc.dictionary(key, tie("value"), {
    minKeys: 1,
    maxKeys: 4,
    noNullPrototype: true,
    depthIdentifier: "json",
  }),
}));

const style: fc.Arbitrary<DumpOptions> = fc.record({
  indent: fc.constantFrom(2, 3, 4),
  seqNoIndent: fc.boolean(),
  seqInlineFirst: fc.boolean(),
  lineWidth: fc.constantFrom(-1, 20, 80),
  flowLevel: fc.constantFrom(-1, 0, 1, 2),
  flowBracketPadding: fc.boolean(),
  quoteStyle: fc.constantFrom("single" as const, "double" as const),
  forceQuotes: fc.boolean(),
});
const breaks = fc.constantFrom("\n", "\r\n", "\r");

/** Every pointer into a value, with the path that it stands for. */
function pathsOf(value: Json, path: (string | number)[] = []): (string | number)[][] {
  if (value === null || typeof value !== "object") return [path];
  const entries: [string | number, Json][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [path, ...entries.flatMap(([key, child]) => pathsOf(child, [...path, key]))];
}

function withValue(value: Json, path: readonly (string | number)[], replacement: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  const copy = structuredClone(value) as { [key: string]: Json };
  const changed = withValue(copy[key]!, rest, replacement);
  Object.defineProperty(copy, key, { value: changed, enumerable: true, writable: true, configurable: true });
  return copy;
}

describe("positions", () => {
  test.prop([object, style, breaks, fc.boolean()], { numRuns: 300 })(
    "what a pointer's range covers is its value and nothing else",
    (data, options, lineBreak, marked) => {
      const yaml =
        (marked ? "\ufeff" : "") + dump(data, { ...options, noRefs: true }).replaceAll("\n", lineBreak);
      const document = parseDocument(yaml, "x");
      expect(document.diagnostics).toEqual([]);
      expect(document.data).toEqual(data);
      for (const path of pathsOf(data)) {
        const { start, end } = document.rangeOf({ pointer: toPointer(path) });
        // The space is for lists that stand in their key's column, where a text may not.
        const edited = `${yaml.slice(0, start)} "REPLACED"${yaml.slice(end)}`;
        expect(load(edited)).toEqual(withValue(data, path, "REPLACED"));
      }
    },
  );

  test.prop([object, style, breaks], { numRuns: 300 })(
    "what a key's range covers is the key",
    (data, options, lineBreak) => {
      const yaml = dump(data, { ...options, noRefs: true }).replaceAll("\n", lineBreak);
      const document = parseDocument(yaml, "x");
      for (const path of pathsOf(data)) {
        const key = path.at(-1);
        if (typeof key !== "string") continue;
        const { start, end } = document.rangeOf({ pointer: toPointer(path), on: "key" });
        expect(String(load(yaml.slice(start, end)))).toBe(key);
      }
    },
  );
});

describe("positions of", () => {
  const source = `\
# a comment
name: 'it''s'   # another
empty:
list:
  -
  - a: !!str 12
    b: &anchor [1, {c: }, # ]
      2]
  - *anchor
block: !!str &x |2-

    text

  # no text
after: >
  folded
    more

text: plain
  goes on
"k/~": {x: "y"}
`;
  const document = parseDocument(source, "x");

  it.each([
    ["/name", "value", "'it''s'"],
    ["/name", "key", "name"],
    ["/empty", "value", "empty"],
    ["/list/0", "value", "-"],
    ["/list/1", "value", "a: !!str 12\n    b: &anchor [1, {c: }, # ]\n      2]"],
    ["/list/1/a", "value", "!!str 12"],
    ["/list/1/b", "value", "[1, {c: }, # ]\n      2]"],
    ["/list/1/b", "key", "b"],
    ["/list/1/b/1", "value", "{c: }"],
    ["/list/1/b/1/c", "value", "c"],
    ["/list/1/b/2", "value", "2"],
    ["/list/2", "value", "*anchor"],
    ["/list/2/1/c", "value", "*anchor"],
    ["/block", "value", "!!str &x |2-\n\n    text\n\n  # no text"],
    ["/after", "value", ">\n  folded\n    more"],
    ["/text", "value", "plain\n  goes on"],
    ["/k~1~0/x", "value", '"y"'],
    ["/k~1~0", "key", '"k/~"'],
    ["/list/9/z", "value", "list"],
    ["/name/z", "value", "'it''s'"],
    ["/list/1/zz", "value", "a: !!str 12"],
    ["/zz", "key", "name: 'it''s'   # another"],
    ["/zz/0", "value", "name: 'it''s'   # another"],
    ["", "value", source.slice(12, -1)],
  ] as const)("%s, its %s", (pointer, on, expected) => {
    const { start, end } = document.rangeOf({ pointer, on });
    expect(source.slice(start, end)).toBe(expected);
  });

  it("a target without a place is the beginning of the file", () => {
    expect(document.rangeOf({})).toEqual({ start: 0, end: 0 });
    expect(parseDocument("\ufeffa: 1", "x").rangeOf({})).toEqual({ start: 1, end: 1 });
  });

  it("a file that does not parse is its beginning", () => {
    expect(parseDocument("a: @x", "x").rangeOf({ pointer: "/a" })).toEqual({ start: 0, end: 0 });
  });

  it.each([
    ["/list/1/a", "!!str 12"],
    ["/name", "'it''s'"],
    ["/list/1/b/0", "1"],
    ["/empty", undefined],
    ["/list", undefined],
    ["/list/2", undefined],
    ["/zz", undefined],
  ])("the raw text of %s is %j", (pointer, raw) => {
    expect(document.rawScalar(pointer)).toBe(raw);
  });

  it("raw text keeps what the number lost", () => {
    expect(parseDocument("version: 1.10", "x").rawScalar("/version")).toBe("1.10");
  });
});
