import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Explanation } from "../../../../src/query/core/index.js";
import { compileEvent, explainEvent } from "../../../../src/query/eql/evaluate/index.js";
import { condition, event, searches } from "./arbitrary.js";
import { filterOf, meets } from "./support.js";

/** `+leaf` where it holds, `-leaf` where not, with the text that the range marks. */
function sketch(query: string, { kind, matched, children = [], start, end }: Explanation): unknown {
  const sign = matched ? "+" : "-";
  if (kind === "leaf") return `${sign}${query.slice(start, end)}`;
  return [`${sign}${kind}`, ...children.map((child) => sketch(query, child))];
}

describe("an explanation", () => {
  it.each<[string, Record<string, unknown>, unknown]>([
    [
      'process where f == "a" and not (g : "b*" or length(h) > 3)',
      { event: { category: "process" }, f: "a", g: "bcd" },
      ["-and", "+process", ["-and", '+f == "a"', ["-not", ["+or", '+g : "b*"', "-length(h) > 3"]]]],
    ],
    ["any where f", { f: true }, "+f"],
    ['any where not endsWith(f, "x")', {}, ["+not", '-endsWith(f, "x")']],
    ["any where not endsWith(f, g)", {}, ["-not", "-endsWith(f, g)"]],
    ['file where f not in ("a", "b")', { f: "c" }, ["-and", "-file", '+f not in ("a", "b")']],
  ])("%s, of %j", (query, event, expected) => {
    expect(sketch(query, explainEvent(filterOf(query), event))).toEqual(expected);
  });

  it("has the verdict that the filter has, and its parts make it up", () => {
    const adds = ({ kind, matched, children = [] }: Explanation): boolean => {
      const verdicts = children.map((child) => child.matched);
      const isSound =
        kind === "and"
          ? matched === verdicts.every(Boolean)
          : kind === "or"
            ? matched === verdicts.some(Boolean)
            : kind === "leaf" || !(matched && verdicts[0]);
      return isSound && children.every(adds);
    };
    fc.assert(
      fc.property(condition, event, (condition, event) => {
        const filter = filterOf(`any where ${condition}`);
        const explanation = explainEvent(filter, event);
        expect(explanation.matched).toBe(compileEvent(filter)(event));
        // One choice of values may meet a script and another the opposite, so that not can hold with what it denies.
        if (Object.values(event).every((value) => !Array.isArray(value)))
          expect(adds(explanation)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

it("not is the opposite wherever only searches are joined", () => {
  fc.assert(
    fc.property(searches, event, (condition, event) => {
      expect(meets(`not (${condition})`, event)).toBe(!meets(condition, event));
    }),
    { numRuns: 1_000 },
  );
});

it("a condition and its opposite never both hold of events with one value a field", () => {
  fc.assert(
    fc.property(condition, event, (condition, event) => {
      fc.pre(Object.values(event).every((value) => !Array.isArray(value)));
      expect(meets(condition, event) && meets(`not (${condition})`, event)).toBe(false);
    }),
    { numRuns: 1_000 },
  );
});
