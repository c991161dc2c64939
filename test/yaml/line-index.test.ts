import { describe, expect, it } from "vitest";
import { LineIndex } from "../../src/yaml/index.js";

describe("line index", () => {
  it.each([
    ["", 0, 1, 1],
    ["abc", 2, 1, 3],
    ["abc", 99, 1, 4],
    ["abc", -1, 1, 1],
    ["a\nb", 1, 1, 2],
    ["a\nb", 2, 2, 1],
    ["a\r\nb", 2, 1, 3],
    ["a\r\nb", 3, 2, 1],
    ["a\rb", 2, 2, 1],
    ["a\n\n", 3, 3, 1],
    ["\ufeffa", 0, 1, 1],
    ["\ufeffa", 1, 1, 1],
    ["\ufeffa", 2, 1, 2],
    ["😀x", 2, 1, 3],
  ])("%j at %i is %i:%i", (text, offset, line, column) => {
    expect(new LineIndex(text).positionOf(offset)).toEqual({ line, column });
  });

  it("gives lines without their breaks and without the byte order mark", () => {
    const index = new LineIndex("\ufeffone\r\ntwo\rthree\n");
    expect([1, 2, 3, 4, 5].map((line) => index.lineText(line))).toEqual(["one", "two", "three", "", ""]);
    expect(index.lineCount).toBe(4);
  });
});
