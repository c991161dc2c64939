import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical, isSame } from "../../../src/deploy/form/canonical.js";
import { isJson } from "../../../src/json/index.js";
import type { LiveRule } from "../../../src/kibana/endpoints/index.js";
import { References } from "../../../src/deploy/plan/references.js";
import { markFor, planInFull, planRule } from "../../../src/deploy/plan/rule.js";
import { isPlainlyInSync } from "../../../src/deploy/plan/rule-in-sync.js";
import type { DesiredRule } from "../../../src/deploy/desired/desired.js";
import { RULE_TYPES } from "../../../src/kibana/rule.js";
import { twoVersions } from "../arbitrary.js";
import { actual, applied, connectorLive, listLive, POLICY, reference } from "../support.js";

type Fields = Record<string, unknown>;
const state = { lists: [listLive(), listLive({ list_id: "other" })], connectors: [connectorLive()] };
const references = new References({
  space: "default",
  actual: actual(state),
  lists: new Map(),
  connectors: new Map(),
  connectorIds: new Map([["soc-slack", "c1"]]),
});

const isPlain = (desired: DesiredRule, live: LiveRule): boolean =>
  isPlainlyInSync(desired, markFor(desired, POLICY.project), live, references);

/** What somebody, or some version of Kibana, may make of a live rule. */
type Tamper = (live: Fields, other: Fields) => Fields;

const fieldsIn = (value: unknown): Fields => (isJson(value) ? { ...value } : {});
const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

const anyValue = fc.constantFrom<unknown>(
  undefined, null, "", "x", " ", 0, 1, false, true, [], ["x"], {}, "now-360s", "5m",
); // prettier-ignore

const setField: fc.Arbitrary<Tamper> = fc
  .tuple(fc.nat(), anyValue)
  .map(([at, value]) => (live) => ({ ...live, [Object.keys(live)[at % Object.keys(live).length]!]: value }));
const takeOver: fc.Arbitrary<Tamper> = fc.nat().map((at) => (live, other) => {
  const name = Object.keys(other)[at % Object.keys(other).length]!;
  return { ...live, [name]: other[name] };
});
const reverse: fc.Arbitrary<Tamper> = fc.nat().map((at) => (live) => {
  const lists = Object.keys(live).filter((name) => Array.isArray(live[name]));
  const name = lists[at % lists.length];
  return name === undefined ? live : { ...live, [name]: (live[name] as unknown[]).toReversed() };
});
const overLists = (change: (lists: unknown[]) => unknown[]): Tamper => {
  return (live) => ({
    ...live,
    exceptions_list: change(listIn(live["exceptions_list"])),
  });
};
const overMark = (fields: Fields): Tamper => {
  return (live) => {
    const meta = fieldsIn(live["meta"]);
    return { ...live, meta: { ...meta, kdac: { ...fieldsIn(meta["kdac"]), ...fields } } };
  };
};
const special = fc.constantFrom<Tamper>(
  overLists((lists) => lists.slice(1)),
  overLists((lists) => [...lists, reference("mine", { type: "rule_default" })]),
  overLists((lists) => [...lists, ...lists.slice(0, 1)]),
  overLists((lists) => lists.map((list) => ({ ...fieldsIn(list), id: "another" }))),
  overLists((lists) => lists.map((list) => ({ ...fieldsIn(list), type: "rule_default" }))),
  overMark({ digest: "2:0000000000000000" }),
  overMark({ digest: "1:0000000000000000" }),
  overMark({ project: "others" }),
  overMark({ rule_id: "copied" }),
  (live) => ({ ...live, meta: undefined }),
  (live) => ({ ...live, meta: { ...fieldsIn(live["meta"]), kibana_siem_app_url: "https://k", owner: 1 } }),
  (live) => ({ ...live, throttle: "1h" }),
  (live) => ({ ...live, field_of_tomorrow: [1] }),
  (live) => ({
    ...live,
    actions: listIn(live["actions"]).map((action) => ({ ...fieldsIn(action), id: "c2" })),
  }),
  (live) => ({
    ...live,
    actions: listIn(live["actions"]).map((action) => ({ ...fieldsIn(action), frequency: undefined })),
  }),
);
const tampers = fc.array(fc.oneof(setField, takeOver, reverse, special), { maxLength: 2 });

const rules = fc.oneof(...RULE_TYPES.map((type) => twoVersions(type)));

describe("a rule that is as applied and as git wants it", () => {
  it("is seen to be at once when nobody touched it", () => {
    fc.assert(
      fc.property(rules, ([desired]) => {
        expect(isPlain(desired, applied(desired, {}, state))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("gets the plan that comparing all of it gives, whatever was made of it", () => {
    let plain = 0;
    fc.assert(
      fc.property(rules, tampers, fc.boolean(), ([one, other], changes, moved) => {
        const left = applied(other, {}, state);
        const live = changes.reduce<Fields>(
          (rule, change) => change(rule, left),
          applied(one, {}, state),
        ) as LiveRule;
        const desired = moved ? other : one;
        if (isPlain(desired, live)) plain++;
        const policy = { ...POLICY, explain: true };
        expect(planRule(desired, [live], references, policy)).toEqual(
          planInFull(desired, [live], references, policy),
        );
      }),
      { numRuns: 400 },
    );
    expect(plain).toBeGreaterThan(40);
  });
});

describe("two values", () => {
  const value = fc.anything({
    withSparseArray: false,
    maxDepth: 3,
    values: [fc.constantFrom(undefined, null, true, false, "", "a", "b", 0, -0, 1)],
  });
  it("are the same exactly when their canonical forms are", () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(isSame(a, b)).toBe(canonical(a) === canonical(b));
        expect(isSame(a, JSON.parse(canonical(a)))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
