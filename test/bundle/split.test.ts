import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BundleInput, exportBundle, splitBundle } from "../../src/bundle/index.js";
import { action, connector, linesOf, list, reference, rule } from "./support.js";

const LISTS = ["hosts", "users", "scanners"];
const CONNECTORS = ["slack", "pager"];
/** A list that is nowhere, with a name that makes the summary longer. */
const ELSEWHERE = "elsewhere".repeat(12);

const inputs: fc.Arbitrary<BundleInput> = fc
  .array(
    fc.record({
      lists: fc.subarray([...LISTS, ELSEWHERE]),
      connectors: fc.subarray([...CONNECTORS, "gone"]),
      note: fc.string({ unit: "grapheme", maxLength: 60 }),
    }),
    { maxLength: 30 },
  )
  .map((rules) => ({
    rules: rules.map(({ lists, connectors, note }, i) =>
      rule(`r-${i}`, {
        note,
        exceptions_list: lists.map((list_id) => reference(list_id)),
        actions: connectors.map(action),
      }),
    ),
    lists: LISTS.map((id, i) =>
      list(
        id,
        ["a", "b", "c"].slice(i).map((item) => `${id}-${item}`),
      ),
    ),
    connectors: CONNECTORS.map((id) => connector(id)),
  }));

const rulesIn = (text: string): unknown[] =>
  linesOf(text).flatMap((line) => ("rule_id" in line ? [line["rule_id"]] : []));

describe("splitBundle", () => {
  it("makes one part, the bundle itself, of what fits", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        expect(splitBundle(input)).toEqual([exportBundle(input)]);
      }),
    );
  });

  it("keeps every part within the limits, with all rules once and in order", () => {
    const limits = fc.record({
      bytes: fc.integer({ min: 3000, max: 8000 }),
      rules: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(inputs, limits, (input, { bytes, rules }) => {
        const parts = splitBundle(input, { bytes, rules });
        for (const { text, summary } of parts) {
          if (summary.exported_rules_count > 1) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(bytes);
          expect(summary.exported_rules_count).toBeLessThanOrEqual(rules);
        }
        expect(parts.flatMap(({ text }) => rulesIn(text))).toEqual(rulesIn(exportBundle(input).text));
      }),
    );
  });

  it("does not go beyond the limit by a single byte", () => {
    fc.assert(
      fc.property(inputs, (input) => {
        fc.pre(input.rules.length > 1);
        const bytes = Buffer.byteLength(exportBundle(input).text) - 1;
        const parts = splitBundle(input, { bytes, rules: 100 });
        expect(parts.length).toBeGreaterThan(1);
        for (const { text, summary } of parts)
          if (summary.exported_rules_count > 1) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(bytes);
      }),
    );
  });

  it("fills each part before it begins the next", () => {
    fc.assert(
      fc.property(inputs, fc.integer({ min: 3000, max: 8000 }), (input, bytes) => {
        const parts = splitBundle(input, { bytes, rules: 100 }).map(({ text }) => rulesIn(text));
        for (const [i, part] of parts.slice(0, -1).entries()) {
          const more = new Set([...part, parts[i + 1]![0]]);
          const rules = input.rules.filter(({ rule: own }) => more.has(own.rule_id));
          // What the summary takes is reckoned with some room to spare.
          expect(Buffer.byteLength(exportBundle({ ...input, rules }).text) + 200).toBeGreaterThan(bytes);
        }
      }),
    );
  });

  it("gives each part the lists and connectors that its rules name", () => {
    const input: BundleInput = {
      rules: [
        rule("a", { exceptions_list: [reference("hosts")], actions: [action("slack")] }),
        rule("b", { exceptions_list: [reference("hosts"), reference("elsewhere")] }),
        rule("c"),
      ],
      lists: [list("hosts", ["one"]), list("users")],
      connectors: [connector("slack")],
    };
    const parts = splitBundle(input, { bytes: 1_000_000, rules: 1 });
    expect(
      parts.map(({ text }) =>
        linesOf(text).map((line) => line["item_id"] ?? line["list_id"] ?? line["id"] ?? line["rule_id"]),
      ),
    ).toEqual([
      ["a", "hosts", "one", "slack", undefined],
      ["b", "hosts", "one", undefined],
      ["c", undefined],
    ]);
    expect(parts.map(({ summary }) => summary.missing_exception_lists_count)).toEqual([0, 1, 0]);
    expect(parts.map(({ diagnostics }) => diagnostics.map(({ code }) => code))).toEqual([
      [],
      ["bundle/missing-list"],
      [],
    ]);
  });

  it("leaves a rule alone that is too large by itself, and says so", () => {
    const input = {
      rules: [rule("a"), rule("b", { note: "x".repeat(10_485_760) }), rule("c")],
      lists: [],
      connectors: [],
    };
    expect(
      splitBundle(input).map(({ text, diagnostics }) => [rulesIn(text), diagnostics.map(({ code }) => code)]),
    ).toEqual([
      [["a"], []],
      [["b"], ["bundle/too-large"]],
      [["c"], []],
    ]);
  });
});
