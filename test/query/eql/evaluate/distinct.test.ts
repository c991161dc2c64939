import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distinctChoices } from "../../../../src/query/eql/evaluate/distinct.js";

function everyChoice(lists: readonly (readonly number[])[]): number[][] {
  return lists.reduce<number[][]>(
    (choices, list) =>
      choices.flatMap((choice) =>
        list.filter((item) => !choice.includes(item)).map((item) => [...choice, item]),
      ),
    [[]],
  );
}

describe("choices of distinct items", () => {
  it("are the first of all in the order of the lists", () => {
    const list = fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(list, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 8 }),
        (lists, most) => {
          expect(distinctChoices(lists, most)).toEqual(everyChoice(lists).slice(0, most));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("are found at once where lists are long and two of them share one item", () => {
    const long = Array.from({ length: 200_000 }, (_, index) => index);
    expect(distinctChoices([long, long, [7], [7]], 1)).toEqual([]);
    expect(distinctChoices([long, long, [0], [1]], 2)).toEqual([
      [2, 3, 0, 1],
      [2, 4, 0, 1],
    ]);
  });
});
