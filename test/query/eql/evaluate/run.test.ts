import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { QueryError } from "../../../../src/query/core/index.js";
import { run } from "../../../../src/query/eql/run.js";

const at = (ms: number, fields: Record<string, unknown> = {}) => ({ "@timestamp": ms, ...fields });

describe("the order of events", () => {
  it("is by time, nanoseconds too, whatever the spelling", () => {
    const events = [
      { "@timestamp": "2024-01-01T00:00:00.000000002Z" },
      { "@timestamp": "2024-01-01T01:00:00.000000001+01:00" },
      { "@timestamp": Date.UTC(2024, 0, 1) },
      { "@timestamp": ["2023-12-31T23:59:59.999Z"] },
    ];
    expect(run("any where true", events).events).toEqual([3, 2, 1, 0]);
  });

  it("is by tiebreaker among equals, without one last, and else as given", () => {
    const events = [at(1), at(1, { n: 10 }), at(1, { n: 9 }), at(0), at(1, { n: "x" }), at(1)];
    expect(run("any where true", events, { tiebreakerField: "n" }).events).toEqual([3, 2, 1, 4, 0, 5]);
    expect(run("any where true", events).events).toEqual([3, 0, 1, 2, 4, 5]);
  });

  it("has events without a time last, and they take no part in sequences", () => {
    const events = [{ f: 1 }, at(5, { f: 1 }), at(4, { f: 1 })];
    expect(run("any where f == 1", events).events).toEqual([2, 1, 0]);
    expect(run("sequence [any where f == 1] [any where f == 1]", events).sequences).toEqual([
      { joinKeys: [], events: [2, 1] },
    ]);
  });

  it("is the given one where no event has a time", () => {
    const query = "sequence with maxspan=1s [any where f == 1] [any where f == 2]";
    expect(run(query, [{ f: 1 }, { f: 2 }]).sequences).toEqual([{ joinKeys: [], events: [0, 1] }]);
  });

  it("can be by another field", () => {
    const events = [{ t: 2 }, { t: 1 }];
    expect(run("any where true", events, { timestampField: "t" }).events).toEqual([1, 0]);
  });
});

describe("pipes and size", () => {
  const events = Array.from({ length: 12 }, (_, index) => at(index));

  it("compose left to right, and size keeps the last", () => {
    const pipe = fc.tuple(fc.constantFrom("head", "tail"), fc.integer({ min: 1, max: 14 }));
    const size = fc.option(fc.integer({ min: 0, max: 14 }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(pipe, { maxLength: 4 }), size, (pipes, size) => {
        const expected = [...pipes, ["tail", size ?? 99] as const].reduce(
          (kept, [name, count]) =>
            name === "head"
              ? kept.filter((_, i) => i < count)
              : kept.filter((_, i) => i >= kept.length - count),
          [...events.keys()],
        );
        const query = `any where true ${pipes.map((parts) => `| ${parts.join(" ")}`).join(" ")}`;
        expect(run(query, events, size === undefined ? {} : { size }).events).toEqual(expected);
      }),
    );
  });

  it("apply to whole sequences", () => {
    const query = "sequence [any where true] [any where true]";
    expect(run(`${query} | head 3 | tail 1`, events).sequences).toEqual([{ joinKeys: [], events: [2, 3] }]);
    expect(run(query, events, { size: 1 }).sequences).toEqual([{ joinKeys: [], events: [10, 11] }]);
  });
});

describe("sequences", () => {
  it("join on each value of a field, and on each combination", () => {
    const events = [
      at(1, { a: ["x", "y", "x"], b: [1, null, 2] }),
      at(2, { a: "y", b: 2 }),
      at(3, { a: "x", b: [1, 2] }),
    ];
    expect(run("sequence by a, b [any where true] [any where true]", events).sequences).toEqual([
      { joinKeys: ["y", 2], events: [0, 1] },
      { joinKeys: ["x", 1], events: [0, 2] },
      { joinKeys: ["x", 2], events: [0, 2] },
    ]);
  });

  it("drop events without a key, unless it is optional", () => {
    const events = [at(1, { a: null }), at(2, {}), at(3, { a: [null] }), at(4, { a: 1 }), at(5, { a: 1 })];
    expect(run("sequence by a [any where true] [any where true]", events).sequences).toEqual([
      { joinKeys: [1], events: [3, 4] },
    ]);
    expect(run("sequence by ?a [any where true] [any where true]", events).sequences).toEqual([
      { joinKeys: [null], events: [0, 1] },
      { joinKeys: [null], events: [1, 2] },
      { joinKeys: [1], events: [3, 4] },
    ]);
  });

  it("take a number for its text, but not one list of texts for another", () => {
    const events = [
      at(1, { a: "1", b: "x,y" }),
      at(2, { a: [1, "1"], b: "x,y" }),
      at(3, { a: "1,x", b: "y" }),
      at(4, { a: "null", b: "y" }),
      at(5, { b: "y" }),
    ];
    expect(run("sequence by ?a, b [any where true] [any where true]", events).sequences).toEqual([
      { joinKeys: ["1", "x,y"], events: [0, 1] },
    ]);
  });

  it("take texts for numbers where the mapping does", () => {
    const events = [at(1, { a: "1", d: "2024-01-01" }), at(2, { a: 1, d: Date.UTC(2024, 0, 1) })];
    const options = { fields: { a: "long", d: "date" } };
    expect(run("sequence by a, d [any where true] [any where true]", events, options).sequences).toEqual([
      { joinKeys: [1, Date.UTC(2024, 0, 1)], events: [0, 1] },
    ]);
  });

  it("follow a thousand keys of one event, and say that there were more", () => {
    const many = Array.from({ length: 50 }, (_, index) => index);
    const events = [at(1, { a: many, b: many }), at(2, { a: many, b: many })];
    const result = run("sequence by a, b [any where true] [any where true]", events);
    expect(result.sequences).toHaveLength(1_000);
    expect(result.truncated).toBe(true);
    expect(run("sequence by a [any where true] [any where true]", events)).not.toHaveProperty("truncated");
  });

  it("end at until, which does not count once they are complete", () => {
    const query = "sequence [any where f == 1] [any where f == 2] until [any where f == 3]";
    const found = (...list: number[]) =>
      run(
        query,
        list.map((f, ms) => at(ms, { f })),
      ).sequences!.length;
    expect([found(1, 3, 2), found(1, 2, 3), found(3, 1, 2), found(1, 3, 1, 2)]).toEqual([0, 1, 1, 1]);
  });

  it("have maxspan inclusive, for FILETIME too", () => {
    const query = "sequence with maxspan=500ms [any where true] [any where true]";
    const start = 131_485_996_510_000_000;
    const found = (apart: number) => run(query, [at(start), at(start + apart)]).sequences!.length;
    expect([found(5_000_000), found(5_001_000)]).toEqual([1, 0]);
  });

  it("write runs out", () => {
    const query = "sequence [any where f == 1] with runs=3 [any where f == 2]";
    const events = [1, 1, 1, 1, 2].map((f, ms) => at(ms, { f }));
    expect(run(query, events).sequences).toEqual([{ joinKeys: [], events: [1, 2, 3, 4] }]);
  });
});

describe("samples", () => {
  const events = ["a", "b", "a", "a"].map((key) => ({ key }));
  const query = "sample by key [any where true] [any where true]";

  it("are one for each key, of distinct events, in the order of the keys", () => {
    expect(run(query, events).sequences).toEqual([{ joinKeys: ["a"], events: [0, 2] }]);
  });

  it("can be several for each key", () => {
    expect(run(query, events, { maxSamplesPerKey: 3 }).sequences!.map((sample) => sample.events)).toEqual([
      [0, 2],
      [0, 3],
      [2, 0],
    ]);
  });

  it("have keys ordered by their kind", () => {
    const keys = ["b", 10, null, true, "B", 9, false];
    const events = [...keys, ...keys].map((key) => ({ key }));
    const result = run("sample by ?key [any where true] [any where true]", events);
    expect(result.sequences!.map(({ joinKeys }) => joinKeys[0])).toEqual([
      null,
      false,
      true,
      9,
      10,
      "B",
      "b",
    ]);
  });
});

describe("types that the events show", () => {
  it("make dates of ISO texts", () => {
    const events = [{ d: "2024-05-31T12:00:00Z" }, { d: "2024-06-01T12:00:00Z" }];
    expect(run('any where d == "2024-05-31"', events).events).toEqual([0]);
  });

  it("make a field unmapped that no event has", () => {
    const events = [{ f: "a" }, {}];
    expect(run('any where ?g != "a"', events).events).toEqual([]);
    expect(run('any where ?f != "a"', events).events).toEqual([1]);
    expect(run('any where ?g != "a"', events, { fields: { g: "keyword" } }).events).toEqual([0, 1]);
  });
});

describe("a broken query", () => {
  it("is an error with its findings", () => {
    let error: unknown;
    try {
      run('any where a = "b"', []);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(QueryError);
    expect((error as QueryError).diagnostics[0]).toMatchObject({
      code: "eql/single-equals",
      severity: "error",
    });
    expect((error as QueryError).message).toMatch(/^the query cannot be run: /);
  });

  it.each(["any where nope(a) == 1", "any where a == b", 'any where a regex "["', "any where"])(
    "%s",
    (query) => {
      expect(() => run(query, [])).toThrow(QueryError);
    },
  );
});
