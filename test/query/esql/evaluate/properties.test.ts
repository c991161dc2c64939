/** Laws of pipelines, for any data. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PAGE_SIZE } from "../../../../src/query/esql/evaluate/table/index.js";
import { load, type Document } from "../../../../src/query/esql/index.js";
import { LONG, whole } from "../../../../src/query/esql/evaluate/values/index.js";
import { rowsOf } from "./support.js";

const documents: fc.Arbitrary<Document[]> = fc.array(
  fc.record(
    {
      g: fc.constantFrom("a", "b", "c"),
      n: fc.integer({ min: -5, max: 50 }),
      s: fc.array(fc.constantFrom("x", "y", "z"), { maxLength: 3 }),
    },
    { requiredKeys: [] },
  ),
  { maxLength: 40 },
);
const mappings = {
  i: { g: "keyword", n: "long", s: "keyword" },
  j: { g: "keyword", n: "long", s: "keyword" },
};
const over = (docs: Document[], query: string): readonly (readonly unknown[])[] =>
  rowsOf(query, { indices: { i: docs }, mappings });
const inAnyOrder = (rows: readonly (readonly unknown[])[]): string[] =>
  rows.map((row) => JSON.stringify(row)).toSorted();

describe("a pipeline", () => {
  it("splits a condition with AND into two WHEREs", () => {
    fc.assert(
      fc.property(documents, (docs) => {
        expect(over(docs, 'FROM i | WHERE n > 10 AND g != "b"')).toEqual(
          over(docs, 'FROM i | WHERE n > 10 | WHERE g != "b"'),
        );
      }),
    );
  });

  it("calculates in one EVAL what it calculates in two", () => {
    fc.assert(
      fc.property(documents, (docs) => {
        expect(over(docs, "FROM i | EVAL a = n * 2, b = a + 1")).toEqual(
          over(docs, "FROM i | EVAL a = n * 2 | EVAL b = a + 1"),
        );
      }),
    );
  });

  it("filters before or after what it calculates", () => {
    fc.assert(
      fc.property(documents, (docs) => {
        expect(over(docs, "FROM i | EVAL a = n % 7 | WHERE n > 3")).toEqual(
          over(docs, "FROM i | WHERE n > 3 | EVAL a = n % 7"),
        );
      }),
    );
  });

  it("keeps of a condition, its negation and its unknown every row once", () => {
    fc.assert(
      fc.property(documents, (docs) => {
        const parts = ['s == "x"', 'NOT s == "x"', '(s == "x") IS NULL'].flatMap((each) =>
          over(docs, `FROM i | WHERE ${each}`),
        );
        expect(inAnyOrder(parts)).toEqual(inAnyOrder(over(docs, "FROM i")));
      }),
    );
  });

  it("adds up what the parts of the rows add up to", () => {
    fc.assert(
      fc.property(documents, documents, (left, right) => {
        const query = "STATS c = COUNT(*), s = SUM(n), lo = MIN(n) BY g";
        const together = rowsOf(`FROM i, j | ${query}`, {
          indices: { i: left, j: right },
          mappings,
        });
        const apart = new Map<unknown, [number, number | null, number | null]>();
        for (const [c, s, lo, g] of [
          ...over(left, `FROM i | ${query}`),
          ...over(right, `FROM i | ${query}`),
        ] as [number, number | null, number | null, unknown][]) {
          const [count, sum, least] = apart.get(g) ?? [0, null, null];
          const add = sum === null ? s : s === null ? sum : sum + s;
          apart.set(g, [count + c, add, least === null ? lo : lo === null ? least : Math.min(least, lo)]);
        }
        expect(inAnyOrder(together)).toEqual(inAnyOrder([...apart].map(([g, values]) => [...values, g])));
      }),
    );
  });

  it("gives the first of all sorted rows, however few are held", () => {
    fc.assert(
      fc.property(documents, fc.integer({ min: 0, max: 10 }), (docs, most) => {
        expect(over(docs, `FROM i | SORT n DESC, g, s | LIMIT ${most}`)).toEqual(
          over(docs, "FROM i | SORT n DESC, g, s").slice(0, most),
        );
      }),
    );
  });

  it("expands as many rows as COUNT counts values, and those without", () => {
    fc.assert(
      fc.property(documents, (docs) => {
        const [[values, missing]] = over(
          docs,
          "FROM i | STATS v = COUNT(s), m = COUNT(*) WHERE s IS NULL",
        ) as [[number, number]];
        expect(over(docs, "FROM i | MV_EXPAND s")).toHaveLength(values + missing);
      }),
    );
  });

  it("gives the same from indices that are kept", () => {
    fc.assert(
      fc.property(documents, (docs) => {
        const data = load({ indices: { i: docs }, mappings });
        const query = "FROM i | WHERE n > 1 | INLINE STATS m = MAX(n) BY g | SORT n, g, s";
        expect([rowsOf(query, { data }), rowsOf(query, { data })]).toEqual([
          over(docs, query),
          over(docs, query),
        ]);
      }),
    );
  });

  it("goes over pages as over one", () => {
    const docs = Array.from({ length: 3 * PAGE_SIZE + 7 }, (_, n) => ({
      n,
      g: n % 5 === 0 ? "a" : "b",
    }));
    expect(
      over(docs, 'FROM i | WHERE g == "a" | STATS c = COUNT(*), s = SUM(n), lo = MIN(n), hi = MAX(n)'),
    ).toEqual([[2459, 15110555, 0, 12290]]);
    expect(over(docs, "FROM i | SORT n DESC | LIMIT 3 | KEEP n")).toEqual([[12294], [12293], [12292]]);
  });
});

describe("whole numbers", () => {
  const longs = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  const exact = (calculate: () => unknown): unknown => {
    try {
      return calculate();
    } catch {
      return "overflow";
    }
  };
  const checked = (value: bigint): unknown =>
    value >= -(2n ** 63n) && value < 2n ** 63n ? whole(value) : "overflow";

  it("are exact", () => {
    fc.assert(
      fc.property(longs, longs, (a, b) => {
        expect(exact(() => LONG.add(whole(a), whole(b)))).toBe(checked(a + b));
        expect(exact(() => LONG.subtract(whole(a), whole(b)))).toBe(checked(a - b));
        expect(exact(() => LONG.multiply(whole(a), whole(b)))).toBe(checked(a * b));
        if (b !== 0n) {
          expect(exact(() => LONG.divide(whole(a), whole(b)))).toBe(checked(a / b));
          expect(exact(() => LONG.modulo(whole(a), whole(b)))).toBe(checked(a % b));
        }
      }),
    );
  });
});
