import fc from "fast-check";
import { expect, it } from "vitest";
import { risksOf } from "../../../src/deploy/risks/risks.js";
import { kql } from "../../../src/query/index.js";

const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthIdentifier: "kql" },
    fc.constantFrom("a: 1", "a: 2", "b: 1", "b: 2", "a: (1 or 2)", "not b: (1 or 2)"),
    fc
      .tuple(tie("condition"), fc.constantFrom("and", "or"), tie("condition"))
      .map((parts) => `(${parts.join(" ")})`),
    tie("condition").map((inner) => `not (${inner})`),
  ),
}));

/** Every event that the conditions can tell apart. */
const EVENTS = ["1", "2", "3"].flatMap((a) => ["1", "2", "3"].map((b) => ({ a, b })));

const matches = (query: string): boolean[] => {
  const matcher = kql.compile(kql.parse(query).ast);
  return EVENTS.map((event) => matcher(event));
};

it("a query that is said to find less finds nothing more, and the other way round", () => {
  fc.assert(
    fc.property(condition, condition, fc.boolean(), (one, other, joined) => {
      const after = joined ? `${one} and ${other}` : other;
      const rule = { type: "query", language: "kuery", index: ["a"] };
      const codes = risksOf({ ...rule, query: one }, { ...rule, query: after }).map(({ code }) => code);
      const [was, is] = [matches(one), matches(after)];
      const gains = is.some((found, i) => found && !was[i]!);
      const loses = is.some((found, i) => !found && was[i]!);
      if (codes.includes("query-narrowed")) expect(gains).toBe(false);
      if (codes.includes("query-widened")) expect(loses).toBe(false);
      // What a condition more takes away is never passed over.
      if (joined && loses)
        expect(codes.some((code) => code === "query-narrowed" || code === "exclusion-grown")).toBe(true);
    }),
    { numRuns: 500 },
  );
});
