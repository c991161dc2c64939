import { describe, expect, it } from "vitest";
import { emit, type EmitOptions, parseDocument } from "../../../src/yaml/index.js";

function expectWritten(
  value: Record<string, unknown>,
  expected: readonly string[],
  options?: EmitOptions,
): void {
  const text = emit(value, options);
  expect(text).toBe(`${expected.join("\n")}\n`);
  expect(parseDocument(text, "x").data).toEqual(value);
}

describe("lists", () => {
  it("of short words and numbers are on one line", () => {
    expectWritten(
      {
        index: ["logs-*", "*"],
        attack: { Execution: ["T1059 Command and Scripting Interpreter"] },
        numbers: [1, null, true],
      },
      [
        'index: [logs-*, "*"]',
        "attack:",
        "  Execution: [T1059 Command and Scripting Interpreter]",
        "numbers: [1, null, true]",
      ],
    );
  });

  it.each([
    ["sentences", ["Somebody did it."], "  - Somebody did it."],
    ["links", ["https://a.example/b"], "  - https://a.example/b"],
    ["long texts", ["x".repeat(61)], `  - ${"x".repeat(61)}`],
    ["texts that need awkward quotes", ['"a"'], "  - '\"a\"'"],
    ["lists that are no longer short", [["a", "b"], [[]]], "  - [a, b]\n  - - []"],
  ])("of %s have a line for each item", (_, list, expected) => {
    expectWritten({ a: list }, ["a:", expected]);
  });

  it("that do not fit their line have a line for each item", () => {
    const list = Array.from({ length: 20 }, (_, i) => `item-${i}`);
    expectWritten({ a: list }, ["a:", ...list.map((item) => `  - ${item}`)]);
    expectWritten({ a: list }, [`a: [${list.join(", ")}]`], { width: 250 });
  });

  it("of mappings and lists begin on the dash's line", () => {
    expectWritten({ a: [{ b: 1, c: { d: 2 } }, [["x.", { e: 3 }]], {}, []] }, [
      "a:",
      "  - b: 1",
      "    c:",
      "      d: 2",
      "  - - - x.",
      "      - e: 3",
      "  - {}",
      "  - []",
    ]);
  });
});

describe("mappings", () => {
  it("are on one line where their key says so and they fit", () => {
    const entry = { field: "a", operator: "included", type: "match_any", value: ["x", "z"] };
    expectWritten(
      {
        duration: { value: 1, unit: "h" },
        entries: [entry, { field: "b", value: "x".repeat(120) }],
        other: { a: 1 },
      },
      [
        "duration: { value: 1, unit: h }",
        "entries:",
        "  - { field: a, operator: included, type: match_any, value: [x, z] }",
        "  - field: b",
        `    value: ${"x".repeat(120)}`,
        "other:",
        "  a: 1",
      ],
      { flow: new Set(["duration", "entries"]) },
    );
  });

  it("with text of several lines are never on one line", () => {
    expectWritten({ a: { b: "x\ny" } }, ["a:", "  b: |-", "    x", "    y"], { flow: new Set(["a"]) });
  });

  it("have quotes around keys that need them", () => {
    expectWritten(
      {
        yes: 1,
        "1": 2,
        "": 3,
        "a: b": 4,
        "@x": 5,
        "😀": 6,
        "a b": 7,
        "line\nbreak": 8,
        __proto_: { "{": 9 },
      },
      [
        '"1": 2',
        '"yes": 1',
        '"": 3',
        '"a: b": 4',
        '"@x": 5',
        "😀: 6",
        "a b: 7",
        '"line\\nbreak": 8',
        "__proto_:",
        '  "{": 9',
      ],
    );
  });

  it("leave out what is undefined", () => {
    expect(emit({ a: undefined, b: [undefined], c: { d: undefined } })).toBe("b: [null]\nc: {}\n");
  });
});

describe("a document", () => {
  it("has its header and its empty lines", () => {
    expectWritten(
      { a: "x\n\n", b: 1, query: "q\n", c: 2 },
      [
        "# yaml-language-server: $schema=x",
        "",
        "# two",
        "a: |+",
        "  x",
        "",
        "b: 1",
        "",
        "query: |",
        "  q",
        "",
        "c: 2",
      ],
      {
        header: "yaml-language-server: $schema=x\r\n\n# two\n",
        spaced: new Set(["a", "b", "query", "c"]),
        literal: new Set(["query"]),
      },
    );
  });

  it("can be anything but a mapping", () => {
    expect(emit("a")).toBe("a\n");
    expect(emit([1, { a: ["b"] }])).toBe("[1, { a: [b] }]\n");
    expect(emit({})).toBe("{}\n");
  });

  it("is nested as deep as the reader goes, and no deeper", () => {
    const nested = (depth: number): unknown =>
      depth === 0 ? 1 : depth % 2 === 0 ? { a: nested(depth - 1) } : [nested(depth - 1)];
    const deepest = { a: nested(97) };
    expect(parseDocument(emit(deepest), "x").data).toEqual(deepest);
    expect(() => emit({ a: nested(98) })).toThrow(RangeError);
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(() => emit(deep)).toThrow(RangeError);
  });
});
