import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compileEvent,
  type EventOptions,
  requiredLiterals,
} from "../../../../src/query/eql/evaluate/index.js";
import { fold, reader } from "../../../../src/query/match/index.js";
import { condition, event } from "./arbitrary.js";
import { filterOf } from "./support.js";

const of = (field: string, values: string[], insensitive = false) => ({ field, values, insensitive });
const process = of("event.category", ["process"]);

describe("literals that an event must have", () => {
  it.each([
    ["process where true", [process]],
    ["any where true", []],
    ['process where f == "a"', [process, of("f", ["a"])]],
    ['any where "a" == f', [of("f", ["a"])]],
    ['any where f : ("A", "b")', [of("f", ["a", "b"], true)]],
    ['any where f like~ "A"', [of("f", ["a"], true)]],
    ['any where f like "A"', [of("f", ["A"])]],
    ['any where f in ("A", "b") and g in~ ("C")', [of("f", ["A", "b"]), of("g", ["c"], true)]],
    ['any where f == "a" or f : "B"', [of("f", ["a", "b"], true)]],
    ['any where (f == "a" and g > 1) or (h > 1 and f == "b")', [of("f", ["a", "b"])]],
    ['any where ?f == "a"', [of("f", ["a"])]],
    ['any where f : "a*"', []],
    ['any where f : ("a", "b?")', []],
    ['any where f regex "a"', []],
    ['any where f != "a"', []],
    ['any where f not in ("a")', []],
    ['any where not f == "a"', []],
    ['any where f == "a" or g == "b"', []],
    ["any where f == 1 or g == true", []],
    ['any where startsWith(f, "a") and substring(f, 0) == "a"', []],
    ['any where @timestamp == "2024"', []],
    ['any where f.keyword == "a"', []],
  ])("%s", (query, expected) => expect(requiredLiterals(filterOf(query))).toEqual(expected));

  it("are only those of texts", () => {
    const options: EventOptions = {
      categoryField: "kind",
      fields: { f: "ip", g: "date", h: "version", k: "keyword" },
    };
    const query = 'process where f == "10.0.0.0/8" and g == "2024" and h == "1" and k == "x"';
    expect(requiredLiterals(filterOf(query), options)).toEqual([of("kind", ["process"]), of("k", ["x"])]);
  });

  it("are in every event that matches", () => {
    fc.assert(
      fc.property(condition, event, (condition, event) => {
        const filter = filterOf(`any where ${condition}`);
        if (!compileEvent(filter)(event)) return;
        for (const { field, values, insensitive } of requiredLiterals(filter)) {
          const found = [reader(field)(event)].flat().map(String);
          expect(found.some((value) => values.includes(insensitive ? fold(value) : value))).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
