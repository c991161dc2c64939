import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dataWithValues, textWithValues } from "../../src/intake/values-edit.js";
import { valuesOfText } from "../../src/project/values-text.js";

describe("a text file with the values of a space", () => {
  it.each([
    ["a\nb\nc\n", ["c", "a"], "a\nc\n"],
    ["a\nb", ["a", "b", "d"], "a\nb\nd\n"],
    ["a\r\nb\r\n", ["b", "d"], "b\r\nd\r\n"],
    ["\ufeffa\nb\n", ["a"], "\ufeffa\n"],
    ["a\n\nb\n", ["b"], "\nb\n"],
    [" a \nb\n", ["a"], " a \n"],
    ["", ["a"], "a\n"],
    ["a\n", [], ""],
  ])("%j with %j is %j", (text, values, expected) => {
    expect(textWithValues(text, values)).toBe(expected);
  });

  it("has exactly these values, and lines that stay stay in their order", () => {
    const value = fc.constantFrom("a", "b", "c", "10.0.0.1", "x,y", "# no comment");
    fc.assert(
      fc.property(
        fc.array(value),
        fc.uniqueArray(value),
        fc.constantFrom("\n", "\r\n"),
        fc.boolean(),
        (before, after, end, ends) => {
          const text = before.join(end) + (ends ? end : "");
          const read = valuesOfText(textWithValues(text, after)).values;
          expect([...new Set(read)].toSorted()).toEqual(after.toSorted());
          const kept = before.filter((one) => after.includes(one));
          expect(read.slice(0, kept.length)).toEqual(kept);
          expect(textWithValues(textWithValues(text, after), after)).toBe(textWithValues(text, after));
        },
      ),
    );
  });
});

describe("YAML with the values of a space", () => {
  it("keeps values as they are written, numbers too", () => {
    const data = { id: "l", values: [10, "20", true, " a "] };
    expect(dataWithValues(data, ["a", "true", "10", "30"])).toEqual({
      id: "l",
      values: [10, true, " a ", "30"],
    });
  });
});
