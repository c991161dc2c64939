import { describe, expect, it } from "vitest";
import { QueryError } from "../../../../src/query/core/index.js";
import { compileEvent, explainEvent, requiredLiterals } from "../../../../src/query/eql/evaluate/index.js";
import { run } from "../../../../src/query/eql/run.js";
import { filterOf, meets } from "./support.js";

const repeated = (text: string, count: number, between: string): string =>
  Array<string>(count).fill(text).join(between);

describe("hostile queries", () => {
  it("have a hundred thousand operands", () => {
    const query = `any where ${repeated("f==1", 99_999, " or ")} or f==2`;
    expect(run(query, [{ f: 2 }, { f: 3 }]).events).toEqual([0]);
    expect(requiredLiterals(filterOf(query))).toEqual([]);
    expect(explainEvent(filterOf(query), { f: 2 }).children).toHaveLength(100_000);
  });

  it("have fifty thousand values", () => {
    const list = Array.from({ length: 50_000 }, (_, index) => `"${index}"`).join(",");
    expect(run(`any where f in (${list}) and f : (${list})`, [{ f: "49999" }]).events).toEqual([0]);
  });

  it("have patterns that would take backtracking forever", () => {
    const text = "a".repeat(20_000);
    expect(meets(`f regex "${"(a|aa)*".repeat(10)}b"`, { f: text })).toBe(false);
    expect(meets(`f : "${"*a".repeat(1_000)}b"`, { f: text })).toBe(false);
  });

  it("are too deep or too long, which is an error", () => {
    expect(() => run(`any where ${"(".repeat(100_000)}true`, [])).toThrow(QueryError);
    expect(() => run(`any where f == "${"a".repeat(1_000_001)}"`, [])).toThrow(QueryError);
  });
});

describe("hostile events", () => {
  it("have so many values that not every choice is tried", () => {
    const many = Array.from({ length: 1_000 }, (_, index) => index);
    expect(meets("f + g + h == -1", { f: many, g: many, h: many })).toBe(false);
    expect(meets("f + g + h == 0", { f: many, g: many, h: many })).toBe(true);
  });

  it("have values of every kind in every place", () => {
    const odd = [
      null,
      undefined,
      Number.NaN,
      Infinity,
      2n ** 80n,
      "",
      {},
      [],
      [[]],
      [{ a: 1 }],
      new Date(Number.NaN),
    ];
    const test = compileEvent(
      filterOf(
        'any where f == 1 or f > "a" or length(f) == 2 or f : "x*" or cidrMatch(f, "10.0.0.0/8") or f',
      ),
    );
    for (const f of odd) expect(typeof test({ f, "@timestamp": f })).toBe("boolean");
    const events = odd.map((f) => ({ f, "@timestamp": f }));
    expect(() => run("sequence by ?f [any where true] [any where ?f == null]", events)).not.toThrow();
    expect(() => run("sample by ?f [any where true] [any where ?f == null]", events)).not.toThrow();
  });
});
