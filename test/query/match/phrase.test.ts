import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { hasPhrase } from "../../../src/query/match/phrase.js";

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
