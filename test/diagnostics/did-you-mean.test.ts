import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { didYouMean, nearest } from "../../src/diagnostics/index.js";

const fields = [
  "severity",
  "risk_score",
  "interval",
  "index",
  "query",
  "language",
  "type",
  "threat",
  "tags",
  "to",
  "from",
];

describe("nearest", () => {
  it.each([
    ["serverity", ["severity"]],
    ["SEVERITY", ["severity"]],
    ["riskscore", ["risk_score"]],
    ["risk_socre", ["risk_score"]],
    ["qurey", ["query"]],
    ["tpye", ["type"]],
    ["form", ["from"]],
    ["indexx", ["index"]],
    ["tag", ["tags"]],
    ["o", ["to"]],
    ["completely_else", []],
    ["", []],
  ])("%j → %j", (name, expected) => {
    expect(nearest(name, fields)).toEqual(expected);
  });

  it("puts the nearest first, ties by name, and gives at most three", () => {
    expect(nearest("abcdefghi", ["abcdefxxi", "abcdefghx", "abcdefghi", "abcdefgha", "abcdefgh"])).toEqual([
      "abcdefghi",
      "abcdefgh",
      "abcdefgha",
    ]);
  });

  test.prop([
    fc.string({ minLength: 3, maxLength: 20 }),
    fc.nat(),
    fc.constantFrom("drop", "double", "swap"),
  ])("finds a name again after one slip of the keyboard", (name, at, slip) => {
    const i = at % (name.length - 1);
    const mistyped = {
      drop: name.slice(0, i) + name.slice(i + 1),
      double: name.slice(0, i) + name[i] + name.slice(i),
      swap: name.slice(0, i) + name[i + 1] + name[i] + name.slice(i + 2),
    }[slip];
    expect(nearest(mistyped, [name])).toEqual([name]);
  });
});

/** The distance by its definition, over the whole table. */
function plainDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

function plainNearest(name: string, candidates: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  return candidates
    .filter((candidate) => Math.abs(candidate.length - wanted.length) <= limit)
    .map((candidate) => ({ candidate, distance: plainDistance(wanted, candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .map(({ candidate }) => candidate);
}

describe("nearest leaves out what cannot be near, but finds what the whole table of distances does", () => {
  // Few letters, so that texts are near each other and have neighbours that changed places.
  const text = (letters: string, most: number) =>
    fc.string({ unit: fc.constantFrom(...letters), minLength: 0, maxLength: most });

  test.prop([text("ab", 9), fc.uniqueArray(text("ab", 11), { maxLength: 30 })])(
    "of two letters",
    (name, all) => {
      expect(nearest(name, all, 30)).toEqual(plainNearest(name, all));
    },
  );

  test.prop([text("abcdE", 24), fc.uniqueArray(text("abcdE", 24), { maxLength: 30 })])(
    "of five letters",
    (name, all) => {
      expect(nearest(name, all, 30)).toEqual(plainNearest(name, all));
    },
  );

  test.prop([text("abcd_.", 120), fc.array(fc.tuple(fc.nat(), fc.constantFrom("", "a", "xy", "dcb")))])(
    "after many edits of a long name",
    (name, edits) => {
      let other = name;
      for (const [place, put] of edits) {
        const at = place % (other.length + 1);
        other = other.slice(0, at) + put + other.slice(at + 1);
      }
      expect(nearest(name, [other])).toEqual(plainNearest(name, [other]));
    },
  );

  it("compares whole texts of other scripts and pairs of surrogates by UTF-16 unit", () => {
    for (const [name, other] of [
      ["événement", "evenement"],
      ["a😀b😀c", "a😁b😀c"],
      ["İstanbul", "istanbul"],
    ] as const)
      expect(nearest(name, [other])).toEqual(plainNearest(name, [other]));
  });
});

describe("did you mean", () => {
  it.each([
    ["severty", ["severity"], 'did you mean "severity"?'],
    ["abcd", ["abce", "abcf"], 'did you mean "abce" or "abcf"?'],
    ["abcd", ["abce", "abcf", "abcg"], 'did you mean "abce", "abcf" or "abcg"?'],
    ["abcd", ["zzzz"], undefined],
    ["abcd", [], undefined],
  ])("%j of %j", (name, candidates, text) => {
    expect(didYouMean(name, candidates)).toBe(text);
  });
});
