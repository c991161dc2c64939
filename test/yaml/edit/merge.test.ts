import { describe, expect, it } from "vitest";
import { merge, parseDocument } from "../../../src/yaml/index.js";
import { changedLines, type Data, merged } from "./support.js";

const RULE = `# yaml-language-server: $schema=rule.schema.json
rule_id: abc   # never change
name: "Quoted"
other: 'single'
description: >-
  One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
  nineteen twenty one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
  seventeen eighteen.
type: eql

# --- where ---

index: [a-*, 'b-*'] # both
query: |
    process where true
      and x == "1"
# the mapping
severity_mapping:
  # root is bad
  - { field: a, operator: equals, value: Root, severity: critical }
  - { field: a, operator: equals, value: Iam, severity: high } # users
tags:
  domain: Cloud
  # the systems
  os: [Windows, Linux]
references:
- https://a # first
# second one
- https://b
- https://c
false_positives: []
nothing:
enabled: true
# end
`;

type Change = (data: Data) => unknown;

const order = ["rule_id", "name", "description", "type", "risk_score", "index", "query", "attack"];
const emitOptions = { flow: new Set(["severity_mapping"]), literal: new Set(["query"]) };

describe("of a rule, a merge changes no more than", () => {
  const cases: [string, Change, string[]][] = [
    [
      "a plain text",
      (d) => (d.rule_id = "def"),
      ["-rule_id: abc   # never change", "+rule_id: def   # never change"],
    ],
    ["a plain text that needs quotes now", (d) => (d.type = "1"), ["-type: eql", '+type: "1"']],
    ["a text in double quotes", (d) => (d.name = 'a\t"b"'), ['-name: "Quoted"', '+name: "a\\t\\"b\\""']],
    ["a text in single quotes", (d) => (d.other = "it's"), ["-other: 'single'", "+other: 'it''s'"]],
    ["a text that needs double quotes now", (d) => (d.other = "\x07"), ["-other: 'single'", '+other: "\\a"']],
    ["a boolean", (d) => (d.enabled = false), ["-enabled: true", "+enabled: false"]],
    [
      "a text that becomes a number",
      (d) => (d.rule_id = 5),
      ["-rule_id: abc   # never change", "+rule_id: 5   # never change"],
    ],
    [
      "a text that becomes a list",
      (d) => (d.rule_id = ["a.b c."]),
      ["-rule_id: abc   # never change", "+rule_id:   # never change", "+  - a.b c."],
    ],
    [
      "a text that becomes a block",
      (d) => (d.rule_id = "a\nb"),
      ["-rule_id: abc   # never change", "+rule_id: |-   # never change", "+  a", "+  b"],
    ],
    ["a value that was not written", (d) => (d.nothing = "x"), ["-nothing:", "+nothing: x"]],
    [
      "an empty list",
      (d) => (d.false_positives = ["a", "b"]),
      ["-false_positives: []", "+false_positives: [a, b]"],
    ],
    [
      "an empty list that needs lines",
      (d) => (d.false_positives = ["A sentence."]),
      ["-false_positives: []", "+false_positives:", "+  - A sentence."],
    ],
    [
      "a line of a block, with its indentation",
      (d) => (d.query = d.query.replace("true", "false")),
      ["-    process where true", "+    process where false"],
    ],
    ["a block's last line break", (d) => (d.query = d.query.trimEnd()), ["-query: |", "+query: |-"]],
    [
      "a block that becomes a word",
      (d) => (d.query = 1),
      ["-query: |", "-    process where true", '-      and x == "1"', "+query: 1"],
    ],
    [
      "the lines of prose that are not the same",
      (d) => (d.description = d.description.replace("seventeen eighteen.", "and more.")),
      ["-  seventeen eighteen.", "+  and more."],
    ],
    [
      "the lines of prose up to where it is the same again",
      (d) => (d.description = d.description.replace("One two", "Two")),
      [
        "-  One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen",
        "+  Two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen",
      ],
    ],
    [
      "an item at the end of a line",
      (d) => d.index.push("c"),
      ["-index: [a-*, 'b-*'] # both", "+index: [a-*, 'b-*', c] # both"],
    ],
    [
      "an item at the start of a line",
      (d) => d.index.unshift("*"),
      ["-index: [a-*, 'b-*'] # both", "+index: [\"*\", a-*, 'b-*'] # both"],
    ],
    [
      "the first item of a line",
      (d) => d.index.shift(),
      ["-index: [a-*, 'b-*'] # both", "+index: ['b-*'] # both"],
    ],
    [
      "the last item of a line",
      (d) => d.index.pop(),
      ["-index: [a-*, 'b-*'] # both", "+index: [a-*] # both"],
    ],
    [
      "all items of a line",
      (d) => (d.index = ["x", "y"]),
      ["-index: [a-*, 'b-*'] # both", '+index: [x, "y"] # both'],
    ],
    ["a list that is empty now", (d) => (d.index = []), ["-index: [a-*, 'b-*'] # both", "+index: [] # both"]],
    [
      "a list that no longer fits its line",
      (d) => d.index.push("x".repeat(103)),
      ["-index: [a-*, 'b-*'] # both", "+index: # both", "+  - a-*", "+  - b-*", `+  - ${"x".repeat(103)}`],
    ],
    [
      "a value inside an item",
      (d) => (d.severity_mapping[1].severity = "low"),
      [
        "-  - { field: a, operator: equals, value: Iam, severity: high } # users",
        "+  - { field: a, operator: equals, value: Iam, severity: low } # users",
      ],
    ],
    [
      "an item with the comment above it",
      (d) => d.severity_mapping.shift(),
      ["-  # root is bad", "-  - { field: a, operator: equals, value: Root, severity: critical }"],
    ],
    ["an item that is new", (d) => d.severity_mapping.push({ field: "b" }), ["+  - { field: b }"]],
    ["an item between others", (d) => d.references.splice(1, 0, "https://n"), ["+- https://n"]],
    ["the last item", (d) => d.references.pop(), ["-- https://c"]],
    ["an item and its comment", (d) => d.references.splice(1, 1), ["-# second one", "-- https://b"]],
    [
      "a key with the comment above it",
      (d) => delete d.severity_mapping,
      [
        "-# the mapping",
        "-severity_mapping:",
        "-  # root is bad",
        "-  - { field: a, operator: equals, value: Root, severity: critical }",
        "-  - { field: a, operator: equals, value: Iam, severity: high } # users",
      ],
    ],
    [
      "a key inside, with its comment",
      (d) => delete d.tags.os,
      ["-  # the systems", "-  os: [Windows, Linux]"],
    ],
    [
      "a new key inside, after the one before it",
      (d) => (d.tags = { domain: "Cloud", use: "x", os: d.tags.os }),
      ["+  use: x"],
    ],
    ["a new key where the order puts it", (d) => (d.risk_score = 5), ["+risk_score: 5"]],
    ["a new key that is in no order", (d) => (d.extra = { a: 1 }), ["+extra:", "+  a: 1"]],
    [
      "the first key, and not the comment at the top",
      (d) => delete d.rule_id,
      ["-rule_id: abc   # never change"],
    ],
    ["nothing at all", (d) => (d.type = "eql"), []],
  ];
  it.each(cases)("%s", (_, change, expected) => {
    const result = merged(RULE, change, { order, emitOptions });
    expect(changedLines(RULE, result)).toEqual(expected);
    const windows = merged(`\ufeff${RULE.replaceAll("\n", "\r\n")}`, change, { order, emitOptions });
    expect(windows).toBe(`\ufeff${result.replaceAll("\n", "\r\n")}`);
  });

  it("puts a new key after the one that is before it in the order, or before the first that is after it", () => {
    expect(
      merged("type: a\nzz: 1\nquery: b\n", (d) => Object.assign(d, { name: 1, index: [] }), { order }),
    ).toBe("name: 1\ntype: a\nindex: []\nzz: 1\nquery: b\n");
  });

  it("puts an empty line before a new key where the file and the options have them", () => {
    const options = { order, emitOptions: { spaced: new Set(["query"]) } };
    expect(merged("type: a\n\nzz: 1\n", (d) => Object.assign(d, { query: "q" }), options)).toBe(
      "type: a\n\nquery: q\n\nzz: 1\n",
    );
    expect(merged("type: a\nzz: 1\n", (d) => Object.assign(d, { query: "q" }), options)).toBe(
      "type: a\nquery: q\nzz: 1\n",
    );
  });

  it("takes one of the empty lines around a key that goes", () => {
    expect(merged("a: 1\n\nb: 2\n\nc: 3\n", (d) => delete d.b)).toBe("a: 1\n\nc: 3\n");
    expect(merged("a: 1\n\nb: 2\nc: 3\n", (d) => delete d.b)).toBe("a: 1\n\nc: 3\n");
    expect(merged("a: 1\n\nb: 2\n", (d) => delete d.b)).toBe("a: 1\n");
  });

  it("keeps a heading that does not belong to the key that goes", () => {
    expect(merged("a: 1\n\n# part\n\n# on b\nb: 2\nc: 3\n", (d) => delete d.b)).toBe(
      "a: 1\n\n# part\n\nc: 3\n",
    );
  });

  it("leaves a file without its last line break without it", () => {
    expect(merged("a: 1\nb: 2", (d) => Object.assign(d, { c: 3 }))).toBe("a: 1\nb: 2\nc: 3");
    expect(merged("a: 1\nb: 2", (d) => delete d.b)).toBe("a: 1");
  });
});

describe("items that are mappings", () => {
  const text =
    "items:\n  - name: a\n    # on the value\n    value: 1\n\n  # on b\n  - name: b\n    value: 2\n";

  it("are found again by what they have in common", () => {
    const result = merged(text, (d: Data) => {
      d.items = [
        { name: "new", value: 9 },
        { name: "b", value: 3 },
      ];
    });
    expect(result).toBe("items:\n  - name: new\n    value: 9\n\n  # on b\n  - name: b\n    value: 3\n");
  });

  it("lose their first key and keep the comment below it", () => {
    expect(merged(text, (d: Data) => delete d.items[0].name)).toBe(
      "items:\n  -\n    # on the value\n    value: 1\n\n  # on b\n  - name: b\n    value: 2\n",
    );
    expect(merged(text, (d: Data) => delete d.items[1].name)).toContain("  # on b\n  - value: 2\n");
  });

  it("get a key before their first", () => {
    const change = (d: Data) => (d.items[1] = { first: 0, ...d.items[1] });
    expect(merged(text, change)).toContain("  # on b\n  - first: 0\n    name: b\n    value: 2\n");
  });
});

describe("lists in brackets over several lines", () => {
  const text = "a: [\n  one, # on one\n  # on two\n  two,\n  three # on three\n  ]\n";

  it.each([
    [
      ["one", "two", "three", "four"],
      "a: [\n  one, # on one\n  # on two\n  two,\n  three, # on three\n  four\n  ]\n",
    ],
    [
      ["one", "new", "two", "three"],
      "a: [\n  one, # on one\n  new,\n  # on two\n  two,\n  three # on three\n  ]\n",
    ],
    [["one", "three"], "a: [\n  one, # on one\n  three # on three\n  ]\n"],
    [["one", "two"], "a: [\n  one, # on one\n  # on two\n  two # on three\n  ]\n"],
    [["two", "three"], "a: [\n  # on two\n  two,\n  three # on three\n  ]\n"],
  ])("%j", (list, expected) => {
    expect(merged(text, (d) => Object.assign(d, { a: list }))).toBe(expected);
  });
});

describe("blocks of text", () => {
  it("that keep their last line breaks keep those alone", () => {
    expect(merged("a: x\n\nb: 1\n", (d) => Object.assign(d, { a: "x\n\n" }))).toBe("a: |+\n  x\n\nb: 1\n");
    expect(merged("a: |+\n  x\n\nb: 1\n\nc: 2\n", (d) => delete d.b)).toBe("a: |+\n  x\n\nc: 2\n");
    expect(merged("a: |+\n  x\n\n\nb: 1\n", (d) => Object.assign(d, { a: "y" }))).toBe("a: |-\n  y\nb: 1\n");
    expect(merged("a: |+\n  x\n\n", (d) => Object.assign(d, { b: 1 }))).toBe("a: |+\n  x\n\nb: 1\n");
  });

  it("do not swallow the comments below them", () => {
    expect(merged("a:\n  b: 1\n    # deep\nc: 2\n", (d) => Object.assign(d, { a: { b: "x\ny" } }))).toBe(
      "a:\n  b: |-\n    x\n    y\n  # deep\nc: 2\n",
    );
  });

  it("need their indentation told where their first line begins with a space", () => {
    expect(merged("a: |\n     x\n", (d) => Object.assign(d, { a: " x\n" }))).toBe("a: |5\n      x\n");
  });
});

describe("keys whose order means something", () => {
  const text = "attack:\n  B: [T1] # b\n  A: [T2]\nname: x\n";
  const data = { name: "x", attack: { A: ["T2"], B: ["T1"] } };

  it("are put in the order of the data", () => {
    const result = merge(parseDocument(text, "x"), data, { ordered: new Set(["attack"]) });
    expect(result).toBe("attack:\n  A: [T2]\n  B: [T1]\nname: x\n");
  });

  it("and otherwise stay", () => {
    expect(merge(parseDocument(text, "x"), data)).toBe(text);
    expect(merge(parseDocument(text, "x"), data, { ordered: new Set(["name"]) })).toBe(text);
  });
});

describe("a document that cannot be edited", () => {
  it.each([
    ["does not parse", "# top\n\na: [\n", "# top\n\na: 1\n"],
    ["is empty", "# top\n", "# top\na: 1\n"],
    ["has a key twice", "# top\na: 2\na: 3 # c\n", "# top\na: 1\n"],
    ["has a key over several lines", "# top\n? a\n: 2\n", "# top\na: 1\n"],
    ["loses all that it has", "# top\nb: 2\n", "# top\na: 1\n"],
  ])("that %s is written anew under its first comments", (_, text, expected) => {
    expect(merge(parseDocument(text, "x"), { a: 1 })).toBe(expected);
  });

  it("gets the header of the options where it has no comments", () => {
    expect(merge(parseDocument("a: [\n", "x"), { a: 1 }, { emitOptions: { header: "# h" } })).toBe(
      "# h\na: 1\n",
    );
    expect(merge(parseDocument("# top\na: [\n", "x"), { a: 1 }, { emitOptions: { header: "# h" } })).toBe(
      "# top\na: 1\n",
    );
  });

  it("has its keys in their old order", () => {
    expect(merge(parseDocument("b: 1\n? a\n: 2\n", "x"), { a: 3, z: 5, b: 4 })).toBe("b: 4\na: 3\nz: 5\n");
  });
});

it("data that is nested too deep for the reader is refused", () => {
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  expect(() => merge(parseDocument("a: 1\n", "x"), { a: deep })).toThrow(RangeError);
});
