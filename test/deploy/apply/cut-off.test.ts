import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findRules, getRule, patchRule } from "../../../src/kibana/endpoints/index.js";
import { embedded } from "../embedded.js";
import {
  action,
  changesOf,
  connectorOf,
  desiredRule,
  listOf,
  only,
  planOne,
  reference,
  stored,
  valuesOf,
  type Wanted,
} from "../support.js";
import { applied, type Cut, cutOff, planned, scheduledBy, settle } from "./cut-off.js";

/** One object of each kind that can be, in one of several states. */
const state: fc.Arbitrary<Wanted> = fc
  .record({
    severity: fc.constantFrom("low", "high"),
    type: fc.constantFrom("query", "eql"),
    isEnabled: fc.option(fc.boolean(), { nil: undefined }),
    second: fc.boolean(),
    list: fc.constantFrom("none", "empty", "a", "b"),
    values: fc.subarray(["a", "b", "c"]),
    config: fc.constantFrom("https://a", "https://b"),
  })
  .map(({ severity, type, isEnabled, second, list, values, config }) => ({
    rules: [
      desiredRule(
        {
          severity,
          ...(type === "eql" ? { type, language: "eql", query: "any where true" } : {}),
          ...(isEnabled === undefined ? {} : { enabled: isEnabled }),
          ...(list === "none" ? {} : { exceptions_list: [reference()] }),
          actions: [action()],
        },
        ["soc-slack"],
      ),
      ...(second ? [desiredRule({ rule_id: "r2", severity })] : []),
    ],
    lists: list === "none" ? [] : [listOf({}, list === "empty" ? [] : [{ item_id: "i1", name: list }])],
    valueLists: values.length === 0 ? [] : [valuesOf(values)],
    connectors: [connectorOf({ connector_type_id: ".slack", config: { note: config } })],
  }));
const cut: fc.Arbitrary<Cut> = fc.record({ writes: fc.nat({ max: 14 }), arrives: fc.boolean() });
const PRUNE = { prune: true, maxDeletes: 50 };

describe("an apply that was cut off", () => {
  it("is finished by the next one, on a machine that knows nothing of it", () =>
    fc.assert(
      fc.asyncProperty(state, state, cut, fc.boolean(), async (first, second, one, isFirst) => {
        const world = embedded();
        if (!isFirst) await settle(world, first);
        await cutOff(world, await planned(world, second, PRUNE), one);
        for (const change of await settle(world, second, PRUNE))
          expect(change, change.key).toMatchObject({ action: "unchanged", state: "in-sync" });
      }),
      { numRuns: 60 },
    ));

  it("as a bootstrap is finished too: what it did not get to enable is no drift", () =>
    fc.assert(
      fc.asyncProperty(fc.nat({ max: 6 }), fc.boolean(), async (writes, arrives) => {
        const world = embedded();
        const wanted = {
          rules: [
            desiredRule({ enabled: true }),
            desiredRule({ rule_id: "r2", enabled: false }),
            desiredRule({ rule_id: "r3" }),
          ],
        };
        await cutOff(world, await planned(world, wanted), { writes, arrives }, { bootstrap: true });
        for (const change of await settle(world, wanted))
          expect(change).toMatchObject({ action: "unchanged", state: "in-sync" });
        const { rules } = await findRules(world.client(), "default", {});
        expect(Object.fromEntries(rules.map(({ rule_id, enabled }) => [rule_id, enabled]))).toEqual({
          r1: true,
          r2: false,
          r3: false,
        });
      }),
      { numRuns: 14 },
    ));
});

describe("a rule that its file enables and that is off", () => {
  const file = desiredRule({ enabled: true });
  const off = (fields: Record<string, unknown>) => {
    const { body } = only(planOne({ rules: [file] })).write!;
    const times = { created_at: "2026-01-01T00:00:00.000Z", updated_at: "2026-01-01T00:00:00.000Z" };
    return only(
      planOne(
        { rules: [file] },
        { rules: [stored({ ...body, enabled: false }, { revision: 0, ...times, ...fields })] },
      ),
    );
  };

  it("waits to be enabled where nobody touched it since it was imported", () => {
    expect(off({})).toMatchObject({
      action: "update",
      state: "changed",
      diff: [{ path: "enabled", before: false, after: true }],
    });
    expect(off({}).drift).toBeUndefined();
  });

  it.each([
    ["was changed at another time", { updated_at: "2026-01-01T00:00:01.000Z" }],
    ["has another revision", { revision: 1 }],
    ["has other fields", { note: "by ana" }],
    ["does not say when it was made", { created_at: undefined, updated_at: undefined }],
  ])("was switched off by somebody where it %s", (_, fields) => {
    expect(off(fields)).toMatchObject({ action: "conflict", state: "drifted", conflict: { code: "drift" } });
  });

  it("is left off when an analyst switches it off in Kibana", async () => {
    const world = embedded();
    await settle(world, { rules: [file] });
    await patchRule(world.client(), "default", { rule_id: "r1", enabled: false });
    expect(await settle(world, { rules: [file] })).toMatchObject([{ action: "conflict", state: "drifted" }]);
    expect(await getRule(world.client(), "default", { rule_id: "r1" })).toMatchObject({ enabled: false });
  });
});

describe("two applies of a whole project at the same time", () => {
  it("make nothing twice, in whatever order their requests arrive, and the next one brings all to rest", () =>
    fc.assert(
      fc.asyncProperty(
        state,
        state,
        fc.boolean(),
        fc.scheduler(),
        async (first, second, isFirst, scheduler) => {
          const world = embedded();
          if (!isFirst) await settle(world, first);
          const plan = await planned(world, second, PRUNE);
          const runs = [0, 1].map((i) =>
            applied(world, plan, scheduledBy(scheduler, `run ${i}`, world.transport)),
          );
          await scheduler.waitFor(Promise.all(runs));
          const rest = await settle(world, second, PRUNE);
          expect(rest.filter(({ action }) => action !== "unchanged")).toEqual([]);
          expect(changesOf(await planned(world, second, PRUNE))).toEqual(rest);
        },
      ),
      { numRuns: 30 },
    ));
});
