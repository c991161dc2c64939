import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { withinEdits } from "../../../src/query/lucene/distance.js";
import { badDateUnit } from "../../../src/query/lucene/date-unit.js";

/** Edits as they are defined: each step tried. */
function editsByTrying(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const rest = (x: number, y: number): number => editsByTrying(a.slice(x), b.slice(y));
  const choices = [rest(1, 1) + (a[0] === b[0] ? 0 : 1), rest(1, 0) + 1, rest(0, 1) + 1];
  if (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0]) choices.push(rest(2, 2) + 1);
  return Math.min(...choices);
}

describe("near terms", () => {
  const short = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 5 });
  test.prop([short, short, fc.integer({ min: 0, max: 2 })], { numRuns: 2_000 })(
    "are within the edits that trying finds",
    (term, text, edits) => {
      const count = editsByTrying(term, text);
      const isNear = count <= edits && (count === 0 || count < Math.min(term.length, text.length));
      expect(withinEdits(term, edits)(text)).toBe(isNear);
    },
  );

  it("count code points", () => {
    expect(withinEdits("a😀b", 1)("a😁b")).toBe(true);
    expect(withinEdits("a😀b", 1)("ab")).toBe(true);
    expect(withinEdits("a", 2)("b")).toBe(false);
  });
});

describe("units of date math", () => {
  it.each([
    ["now-2D", "D", 5],
    ["now+1h/q", "q", 7],
    ["2024-01-01||/x", "x", 13],
    ["now-5", undefined, undefined],
    ["now-1d/d", undefined, undefined],
    ["now+1y-2M/w", undefined, undefined],
    ["nowadays", undefined, undefined],
    ["2024-01-01", undefined, undefined],
  ])("%s", (text, unit, start) => {
    expect(badDateUnit(text)).toEqual(unit === undefined ? undefined : { unit, start, end: start + 1 });
  });
});
