/** Sequences and samples, in words such as `a1:p`: an event of kind `a`, one second after the start, with the key `p`. */
import { describe, expect, it } from "vitest";
import { eql, type Event } from "../../../src/query/index.js";

const fields = { "@timestamp": "date", x: "keyword", k: "keyword", j: "keyword" };

/** `a1.5:p+q/z`: kind, second, values of `k`, values of `j`. */
function eventOf(word: string): Event {
  const [, x, second, k, j] = /^([a-z])([\d.]+)(?::([^/]*))?(?:\/(.*))?$/.exec(word)!;
  const values = (text: string | undefined): unknown =>
    text?.includes("+") === true ? text.split("+") : text;
  return {
    "@timestamp": Number(second) * 1000,
    x,
    ...(k === undefined || k === "" ? {} : { k: values(k) }),
    ...(j === undefined ? {} : { j: values(j) }),
  };
}

/** `a !m b`: an event of each kind in turn; `j` and `k` are keys. */
const terms = (kinds: string): string =>
  kinds.replaceAll(
    /(!?)\b([a-ilmnz])\b/g,
    (_, not: string, kind: string) => `${not}[any where x == "${kind}"]`,
  );

type Found = readonly (
  readonly (number | null)[] | readonly [keys: readonly unknown[], events: readonly (number | null)[]]
)[];
type Row = readonly [head: string, kinds: string, events: string, found: Found];

function table(name: string, rows: readonly Row[], options: eql.RunOptions = {}): void {
  describe(name, () => {
    it.each(rows)("%s %s, in %s", (head, kinds, words, found) => {
      const events = words.split(" ").map(eventOf);
      const { sequences } = eql.run(`${head} ${terms(kinds)}`, events, { fields, ...options });
      expect(
        sequences!.map((one) => (one.joinKeys.length === 0 ? one.events : [one.joinKeys, one.events])),
      ).toEqual(found);
    });
  });
}

// prettier-ignore
table("in order", [
  ["sequence", "a b", "a1 b2 a3 b4", [[0, 1], [2, 3]]],
  ["sequence", "a b", "a1 a2 b3 b4", [[1, 2]]],
  ["sequence", "a b", "b1 a1 b1", [[1, 2]]],
  ["sequence", "a a", "a1 a2 a3 a4", [[0, 1], [1, 2], [2, 3]]],
  ["sequence", "a b a", "a1 b2 a3 b4 a5", [[0, 1, 2], [2, 3, 4]]],
  ["sequence", "a with runs=3", "a1 a2 a3 a4 a5 a6", [[0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5]]],
  ["sequence", "a with runs=2 b", "a1 a2 a3 b4 b5", [[1, 2, 3]]],
  ["sequence", "a b with runs=2", "a1 b2 a3 b4 b5", [[0, 1, 3], [2, 3, 4]]],
  ["sequence", "a b | tail 1", "a1 b2 a3 b4", [[2, 3]]],
  ["sequence", "a b | head 1", "a1 b2 a3 b4", [[0, 1]]],
]);

// prettier-ignore
table("by keys", [
  ["sequence by k", "a b", "a1:p a2:q b3:p b4:q", [[["p"], [0, 2]], [["q"], [1, 3]]]],
  ["sequence by k", "a b", "a1:p a2:q b3:q b4:p", [[["q"], [1, 2]], [["p"], [0, 3]]]],
  ["sequence by k", "a b", "a1:p a2 b3 b4:p", [[["p"], [0, 3]]]],
  ["sequence by ?k", "a b", "a1:p a2 b3 b4:p", [[[null], [1, 2]], [["p"], [0, 3]]]],
  ["sequence by k, j", "a b", "a1:p/x a2:p/y b3:p/y b4:p/x", [[["p", "y"], [1, 2]], [["p", "x"], [0, 3]]]],
  ["sequence by k, ?j", "a b", "a1:p a2:p/y b3:p b4:p/y", [[["p", null], [0, 2]], [["p", "y"], [1, 3]]]],
  ["sequence", "a by k b by j", "a1:p/z a2:q b3:z/p b4:q/q", [[["p"], [0, 2]], [["q"], [1, 3]]]],
  ["sequence by k", "a by j b by j", "a1:p/z b2:p/z b3:p/y", [[["p", "z"], [0, 1]]]],
  ["sequence by k", "a b", "a1:p+q b2:q b3:p", [[["q"], [0, 1]], [["p"], [0, 2]]]],
  ["sequence by k, j", "a b", "a1:p+q/x+y b2:q/y b3:p/x", [[["q", "y"], [0, 1]], [["p", "x"], [0, 2]]]],
]);

// prettier-ignore
table("within a span", [
  ["sequence with maxspan=2s", "a with runs=3", "a1 a2 a3 a4.5 a5.5 a6", [[0, 1, 2], [3, 4, 5]]],
  ["sequence with maxspan=1s", "a with runs=2", "a1 a2 a3.5 a4.5", [[0, 1], [2, 3]]],
  ["sequence with maxspan=2s", "a b", "a1 b3 a4 b6.001", [[0, 1]]],
  ["sequence with maxspan=3s", "a b c", "a1 b2 c4 a5 b6 c8.5", [[0, 1, 2]]],
  ["sequence by k with maxspan=1m", "a b", "a1:p b61:p a70:p b131:p", [[["p"], [0, 1]]]],
  ["sequence with maxspan=2s", "a b", "a1 a5 b6", [[1, 2]]],
  ["sequence with maxspan=3s", "a b c", "a1 b2 a3 b4 c5", [[2, 3, 4]]],
  ["sequence with maxspan=3s", "a b c", "a1 b4 b5 c6", []],
]);

// prettier-ignore
table("until", [
  ["sequence", "a b until z", "a1 z2 b3", []],
  ["sequence", "a b until z", "z1 a2 b3", [[1, 2]]],
  ["sequence", "a b until z", "a1 b2 z3", [[0, 1]]],
  ["sequence", "a b until z", "a1 z2 a3 b4", [[2, 3]]],
  ["sequence", "a b c until z", "a1 b2 z3 c4", []],
  ["sequence", "a b c until z", "a1 z2 b3 a4 b5 c6", [[3, 4, 5]]],
  ["sequence by k", "a b until z", "a1:p a1:q z2:p b3:p b3:q", [[["q"], [1, 4]]]],
  ["sequence by k", "a b until z", "a1:p+q z2:p b3:p+q", [[["q"], [0, 2]]]],
  ["sequence by ?k", "a b until z", "a1 z2 b3 a4:p z5 b6:p", [[["p"], [3, 5]]]],
  ["sequence", "a by k b by k until z by j", "a1:p z2:q/p b3:p", []],
  ["sequence by k", "a b until b", "a1:p b2:p", [[["p"], [0, 1]]]],
  ["sequence by k", "a b until a", "a1:p b2:p", []],
  ["sequence with maxspan=10s", "a with runs=2 b until z", "a1 z2 a3 b4 a5 b6", [[2, 4, 5]]],
]);

// prettier-ignore
table("missing events", [
  ["sequence with maxspan=10s", "a !m b", "a1 b2 a3 m4 b5", [[0, null, 1]]],
  ["sequence with maxspan=10s", "a !m b", "a1 m2 a3 b4", [[2, null, 3]]],
  ["sequence by k with maxspan=10s", "a !m b", "a1:p m2:q b3:p a4:p m5:p b6:p", [[["p"], [0, null, 2]]]],
  ["sequence with maxspan=5s", "!m a b", "m1 a2 b3", []],
  ["sequence with maxspan=5s", "!m a b", "m1 a2 b7", [[null, 1, 2]]],
  ["sequence with maxspan=5s", "!m a b", "a2 m2.5 b3", [[null, 0, 2]]],
  ["sequence with maxspan=5s", "!m a", "m1 a6 m7 a12.001", [[null, 3]]],
  ["sequence with maxspan=5s", "a !m", "a1 m6 a7 m12.5", [[2, null]]],
  ["sequence with maxspan=5s", "a !m", "a1 a2 m3 a4", [[3, null]]],
  ["sequence with maxspan=5s", "a b !m", "a1 b2 m3 a11 b12 m17", [[3, 4, null]]],
  ["sequence with maxspan=5s", "a b !m", "m1 a2 m3 b4", [[1, 3, null]]],
  ["sequence with maxspan=5s", "!m a !n", "m1 a2 n3 a10 n11 m20 a21", [[null, 3, null], [null, 6, null]]],
  ["sequence with maxspan=5s", "!m a !n", "m1 a2 n6.5", [[null, 1, null]]],
  ["sequence with maxspan=9s", "a !m !n b", "a1 n2 b3 a4 b5 a6 m7 b8", [[3, null, null, 4]]],
  ["sequence by k with maxspan=5s", "!m a", "m1 a2:p m2:q a3:q", [[["p"], [null, 1]]]],
  ["sequence by ?k with maxspan=5s", "!m a", "m1 a2 a3:p", [[["p"], [null, 2]]]],
  ["sequence by k with maxspan=5s", "a !m", "a1:p a1:q m2:p", [[["q"], [1, null]]]],
  ["sequence by k with maxspan=9s", "a !m b until z", "a1:p z2:p b3:p a4:p b5:p", [[["p"], [3, null, 4]]]],
  ["sequence with maxspan=9s", "a with runs=2 !m b", "a1 m2 a3 b4 a5 m6 b7", [[0, 2, null, 3]]],
  ["sequence with maxspan=5s", "a !a b", "a1 b2 a3 a4 b5", [[0, null, 1], [3, null, 4]]],
]);

// prettier-ignore
table("samples", [
  ["sample by k", "a b", "b1:p a2:p a3:q b9:q b10:z a1", [[["p"], [1, 0]], [["q"], [2, 3]]]],
  ["sample by k", "a b", "a1:p a2:p b3:p b4:p", [[["p"], [0, 2]]]],
  ["sample by k", "a a", "a1:p a2:q a3:q", [[["q"], [1, 2]]]],
  ["sample by ?k", "a b", "a1 b2 a3:p b4:p", [[[null], [0, 1]], [["p"], [2, 3]]]],
  ["sample by k", "a b", "a1 b2 a3:p b4:p", [[["p"], [2, 3]]]],
  ["sample", "a by k b by j", "a1:p b2:z/p", [[["p"], [0, 1]]]],
  ["sample by k", "a b", "a1:z b1:z a2:B b2:B a3:a b3:a", [[["B"], [2, 3]], [["a"], [4, 5]], [["z"], [0, 1]]]],
  ["sample by k", "a b", "a1:p+q b2:q+p", [[["p"], [0, 1]], [["q"], [0, 1]]]],
  ["sample by k, ?j", "a b", "a1:p b2:p a3:p/x b4:p/x", [[["p", null], [0, 1]], [["p", "x"], [2, 3]]]],
]);

// prettier-ignore
table("several samples for a key", [
  ["sample by k", "a b", "a1:p a2:p b3:p b4:p", [[["p"], [0, 2]], [["p"], [0, 3]], [["p"], [1, 2]]]],
  ["sample by k", "a a", "a1:p a2:p a3:p", [[["p"], [0, 1]], [["p"], [0, 2]], [["p"], [1, 0]]]],
], { maxSamplesPerKey: 3 });

table(
  "no more samples than are asked for",
  [
    [
      "sample by k",
      "a b",
      "a1:p a2:p b3:p b4:p a1:q b1:q",
      [
        [["p"], [0, 2]],
        [["p"], [0, 3]],
      ],
    ],
  ],
  { maxSamplesPerKey: 5, size: 2 },
);

table(
  "the last sequences, where not all are asked for",
  [["sequence", "a b", "a1 b2 a3 b4 a5 b6", [[2, 3], [4, 5]]]], // prettier-ignore
  { size: 2 },
);
