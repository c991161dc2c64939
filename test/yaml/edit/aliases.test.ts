import { fc, test } from "@fast-check/vitest";
import { dump } from "js-yaml";
import { describe, expect, it } from "vitest";
import { merge, parseDocument, reorder } from "../../../src/yaml/index.js";
import { json } from "../emit/arbitrary.js";
import { mutate, mutations } from "./arbitrary.js";
import { merged } from "./support.js";

const TEXT = `list: &list [one, two] # the list
map: &map
  a: 1
  inner: &inner text
uses: [*list, *inner]
other: *map # as above
`;

describe("where a document has aliases", () => {
  it("an alias stays while it stands for what it should", () => {
    expect(merged(TEXT, (d) => d.list.push("three") && d.uses[0].push("three"))).toBe(
      TEXT.replace("[one, two]", "[one, two, three]"),
    );
    expect(merged(TEXT, (d) => (d.map.a = d.other.a = 2))).toBe(TEXT.replace("a: 1", "a: 2"));
  });

  it("an alias is written out where what it stands for changes and it does not", () => {
    expect(merged(TEXT, (d) => d.list.push("three"))).toBe(
      TEXT.replace("[one, two]", "[one, two, three]").replace("*list", "[one, two]"),
    );
    expect(merged(TEXT, (d) => (d.map.a = 2))).toBe(
      TEXT.replace("a: 1", "a: 2").replace("*map # as above", "# as above\n  a: 1\n  inner: text"),
    );
  });

  it("an alias is written out where its own value changes", () => {
    expect(merged(TEXT, (d) => (d.other.a = 2))).toBe(
      TEXT.replace("*map # as above", "# as above\n  a: 2\n  inner: text"),
    );
    expect(merged(TEXT, (d) => (d.uses[1] = "x"))).toBe(TEXT.replace("*inner", "x"));
  });

  it("aliases are written out where their anchor goes", () => {
    expect(merged(TEXT, (d) => delete d.list)).toBe(
      TEXT.replace(/^list.*\n/, "").replace("*list", "[one, two]"),
    );
    expect(merged(TEXT, (d) => delete d.map.inner)).toBe(
      TEXT.replace(/^ {2}inner.*\n/m, "")
        .replace("*inner", "text")
        .replace("*map # as above", "# as above\n  a: 1\n  inner: text"),
    );
  });

  it("the last anchor of a name counts", () => {
    const text = "a: &x 1\nb: *x\nc: &x 2\nd: *x\n";
    expect(merged(text, (d) => (d.c = 3))).toBe("a: &x 1\nb: *x\nc: &x 3\nd: 2\n");
    expect(merged(text, (d) => delete d.c)).toBe("a: &x 1\nb: *x\nd: 2\n");
  });

  it("a tag goes with the value that it told the type of", () => {
    expect(merged("a: !!str 1\nb: &x !!int '2'\nc: *x\n", (d) => Object.assign(d, { a: "z", b: 3 }))).toBe(
      "a: z\nb: 3\nc: 2\n",
    );
  });

  it("a key can come before the anchor that it used", () => {
    const document = parseDocument("a: &x [1]\nb:\n  - *x\n# on c\nc: 2\n", "x");
    expect(reorder(document, ["c", "b", "a"])).toBe("# on c\nc: 2\nb:\n  - [1]\na: &x [1]\n");
    expect(reorder(document, ["c", "a", "b"])).toBe("# on c\nc: 2\na: &x [1]\nb:\n  - *x\n");
  });

  const value = json.value.filter((inner) => typeof inner === "object" && inner !== null);
  const shared = fc
    .tuple(value, json.mapping, fc.constantFrom(-1, 1, 2))
    .map(([value, mapping, flowLevel]) =>
      dump({ first: value, ...mapping, second: [value, { third: value }], fourth: value }, { flowLevel }),
    )
    .filter((text) => parseDocument(text, "x").diagnostics.length === 0);

  test.prop([shared, mutations], { numRuns: 300 })("a merge gives the data", (text, changes) => {
    const document = parseDocument(text, "x");
    const data = mutate(JSON.parse(JSON.stringify(document.data)), changes);
    const result = parseDocument(merge(document, data), "x");
    expect(result.diagnostics).toEqual([]);
    expect(result.data).toStrictEqual(data);
  });

  test.prop([shared, fc.shuffledSubarray(["fourth", "first", "second", "a", "query"])], { numRuns: 300 })(
    "a reordering keeps the data",
    (text, order) => {
      const document = parseDocument(text, "x");
      const result = parseDocument(reorder(document, order), "x");
      expect(result.diagnostics).toEqual([]);
      expect(result.data).toEqual(document.data);
    },
  );
});
