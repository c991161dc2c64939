import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { parseDocument, reorder, type ReorderOptions } from "../../../src/yaml/index.js";
import { source } from "./arbitrary.js";

function reordered(text: string, order: readonly string[], options?: ReorderOptions): string {
  const document = parseDocument(text, "x");
  expect(document.diagnostics).toEqual([]);
  const result = reorder(document, order, options);
  const again = parseDocument(result, "x");
  expect(again.diagnostics).toEqual([]);
  expect(again.data).toEqual(document.data);
  expect(reorder(again, order, options)).toBe(result);
  return result;
}

describe("keys in a new order", () => {
  it("take along the comments above them, in their lines and in them", () => {
    expect(
      reordered("b: 1 # in b\n# on a\n# more on a\na:\n  # inside\n  x: 1\n  # last\nc: 2\n", ["a", "b"]),
    ).toBe("# on a\n# more on a\na:\n  # inside\n  x: 1\n  # last\nb: 1 # in b\nc: 2\n");
  });

  it("come first in the order, then those that are not in it as they were", () => {
    expect(reordered("z: 1\nb: 2\ny: 3\na: 4\n", ["a", "b", "c"])).toBe("a: 4\nb: 2\nz: 1\ny: 3\n");
  });

  it("leave what the file says at its top and at its end", () => {
    expect(reordered("# schema\n# licence\nb: 1\n\n# on a\na: 2\n\n# end\n", ["a", "b"])).toBe(
      "# schema\n# licence\n# on a\na: 2\nb: 1\n\n# end\n".replace("licence\n# on", "licence\n# on"),
    );
    expect(reordered("# schema\n\n# on b\nb: 1\na: 2\n", ["a", "b"])).toBe(
      "# schema\n\na: 2\n# on b\nb: 1\n",
    );
    expect(reordered("---\nb: 1\na: 2\n...\n", ["a", "b"])).toBe("---\na: 2\nb: 1\n...\n");
  });

  it("keep the empty lines before them", () => {
    expect(reordered("c: 1\n\nb: 2\n\n\na: 3\n", ["b", "a", "c"])).toBe("b: 2\n\n\na: 3\nc: 1\n");
  });

  it("get the empty lines that are asked for, and keep those below headings", () => {
    const text = "a: 1\n\nb: 2\nc: 3\n\n# --- part ---\n\n# on d\nd: 4\n";
    expect(reordered(text, ["a", "d", "b", "c"], { spaced: new Set(["a", "c"]) })).toBe(
      "a: 1\n\n# --- part ---\n\n# on d\nd: 4\nb: 2\n\nc: 3\n",
    );
  });

  it("keep line breaks, the byte order mark and a missing last line break", () => {
    expect(reordered("\ufeffb: 1\r\n\r\na: 2", ["a", "b"])).toBe("\ufeffa: 2\r\nb: 1");
    expect(reordered("b: 1\r\na: |\r\n  x", ["a", "b"])).toBe("a: |\r\n  x\r\nb: 1");
  });

  it("keep the empty lines that are text", () => {
    expect(reordered("b: |+\n  x\n\na: 1\n\nc: 2\n", ["a", "b", "c"])).toBe("a: 1\nb: |+\n  x\n\nc: 2\n");
    expect(reordered("a: 1\n\nb: |+\n  x\n\n", ["b", "a"], { spaced: new Set(["a"]) })).toBe(
      "b: |+\n  x\n\na: 1\n",
    );
  });

  it("do not make text of comments", () => {
    expect(reordered("b: 1\n\n   # deep\na: |\n  x\nc: 1\n", ["c", "a", "b"])).toBe(
      "c: 1\n\n# deep\na: |\n  x\nb: 1\n",
    );
  });

  it("do not make a suppression count for the whole file", () => {
    const text = "b: 1\n# kdac-ignore x/y -- why\na: 2\nc: 3\n";
    expect(reordered(text, ["a", "b", "c"])).toBe("b: 1\n# kdac-ignore x/y -- why\na: 2\nc: 3\n");
    const whole = "# top\n\n# kdac-ignore x/y -- why\nb: 1\na: 2\n";
    expect(reordered(whole, ["a", "b"])).toBe("# top\n\n# kdac-ignore x/y -- why\na: 2\nb: 1\n");
  });

  it.each([
    ["in braces", "{ b: 1, a: 2 }\n"],
    ["with a key over several lines", "? b\n: 1\na: 2\n"],
    ["with a key twice", "b: 1\na: 2\na: 3\n"],
    ["that do not parse", "b: [\na: 2\n"],
    ["of no file", ""],
  ])("%s stay as they are", (_, text) => {
    expect(reorder(parseDocument(text, "x"), ["a", "b"])).toBe(text);
  });

  const order = fc.shuffledSubarray(["a", "b", "query", "entries", "__proto__", "1"]);
  const spaced = fc.option(fc.constant({ spaced: new Set(["b", "query"]) }), { nil: undefined });
  test.prop([source, order, spaced], { numRuns: 300 })(
    "have the same data and comments, and stay",
    (text, order, options) => {
      const result = reordered(text, order, options);
      const comments = (all: string) => all.match(/# c\d+;/g)?.sort();
      expect(comments(result)).toEqual(comments(text));
      const keys = Object.keys(parseDocument(result, "x").data as object).filter((key) =>
        order.includes(key),
      );
      if (!/^\ufeff?\s*(?:#.*\s*)*\{|^\? /m.test(text))
        expect(keys.filter((key) => key !== "1")).toEqual(
          order.filter((key) => keys.includes(key) && key !== "1"),
        );
    },
  );
});
