import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { withinEdits } from "../../../src/query/lucene/distance.js";
import { compareTexts } from "../../../src/query/lucene/order.js";
import { hasPhrase } from "../../../src/query/lucene/positions.js";
import { badDateUnit } from "../../../src/query/lucene/date-unit.js";

const word = fc.constantFrom("a", "b", "c");
const words = (maxLength: number) => fc.array(word, { maxLength });

/** Every way to give each word of the phrase a place of its own. */
function hasPhraseByTrying(text: readonly string[], phrase: readonly string[], slop: number): boolean {
  const search = (index: number, taken: readonly number[]): boolean => {
    if (index === phrase.length) {
      const differences = taken.map((place, at) => place - at);
      return Math.max(...differences) - Math.min(...differences) <= slop;
    }
    return text.some(
      (one, place) => one === phrase[index] && !taken.includes(place) && search(index + 1, [...taken, place]),
    );
  };
  return search(0, []);
}

describe("phrases", () => {
  test.prop([words(8), fc.array(word, { minLength: 1, maxLength: 4 }), fc.integer({ min: 0, max: 4 })], {
    numRuns: 3_000,
  })("are found as by trying every place", (text, phrase, slop) => {
    expect(hasPhrase(text, phrase, slop)).toBe(hasPhraseByTrying(text, phrase, slop));
  });

  it("are found in long texts", () => {
    const text = Array.from({ length: 100_000 }, (_, at) => (at % 2 === 0 ? "a" : "b"));
    expect(hasPhrase(text, ["b", "b"], 0)).toBe(false);
    expect(hasPhrase(text, ["b", "b"], 1)).toBe(true);
    expect(hasPhrase([...text, "c"], ["a", "b", "c"], 0)).toBe(true);
  });
});

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

describe("the order of texts", () => {
  test.prop([fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" })])(
    "is that of their bytes",
    (a, b) => {
      expect(Math.sign(compareTexts(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
    },
  );
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
