import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createValueList,
  ensureListStreams,
  exportValues,
  getValueList,
  importValues,
  deleteValue,
} from "../../../src/kibana/endpoints/index.js";
import { embedded, type Embedded } from "../embedded.js";
import { only, valuesOf, type Wanted } from "../support.js";
import { applied, type Cut, cutOff, planned, scheduledBy, settle } from "./cut-off.js";

const wants = (values: readonly string[]): Wanted => ({ valueLists: [valuesOf([...values])] });
const HOSTS = { id: "hosts", type: "keyword" };
const valuesIn = async (world: Embedded): Promise<string[]> =>
  (await exportValues(world.client(), "default", "hosts")).sort();

/** A space that has a list as an apply left it. */
async function deployed(values: readonly string[]): Promise<Embedded> {
  const world = embedded();
  await settle(world, wants(values));
  return world;
}

const cut: fc.Arbitrary<Cut> = fc.record({ writes: fc.nat({ max: 9 }), arrives: fc.boolean() });
const values = fc.subarray(["a", "b", "c", "d", "e", "f"], { minLength: 1 });

describe("a value list whose update was cut off", () => {
  it("gets git's values, wherever it was cut off and whatever git wants by then", () =>
    fc.assert(
      fc.asyncProperty(values, values, values, cut, cut, async (first, second, third, one, other) => {
        const world = await deployed(first);
        await cutOff(world, await planned(world, wants(second)), one);
        await cutOff(world, await planned(world, wants(third)), other);
        const changes = await settle(world, wants(third));
        expect(changes).toMatchObject([{ action: "unchanged", state: "in-sync" }]);
        expect(await valuesIn(world)).toEqual([...third].sort());
      }),
      { numRuns: 60 },
    ));

  it("is created whole, wherever that was cut off", () =>
    fc.assert(
      fc.asyncProperty(values, values, cut, async (first, second, one) => {
        const world = embedded();
        await cutOff(world, await planned(world, wants(first)), one);
        expect(await settle(world, wants(second))).toMatchObject([{ action: "unchanged", state: "in-sync" }]);
        expect(await valuesIn(world)).toEqual([...second].sort());
      }),
      { numRuns: 50 },
    ));

  it("loses what git revoked and nothing that an analyst added, whenever the analyst did", () =>
    fc.assert(
      fc.asyncProperty(values, values, cut, fc.boolean(), async (first, second, one, isEarly) => {
        const world = await deployed(first);
        const plan = await planned(world, wants(second));
        const analyst = (): Promise<void> => importValues(world.client(), "default", "hosts", ["theirs"]);
        if (isEarly) await analyst();
        await cutOff(world, isEarly ? await planned(world, wants(second)) : plan, one);
        if (!isEarly) await analyst();
        expect(await settle(world, wants(second))).toMatchObject([{ action: "unchanged", state: "drifted" }]);
        expect(await valuesIn(world)).toEqual([...second, "theirs"].sort());
      }),
      { numRuns: 50 },
    ));

  it("says so in the plan, and not that somebody changed it in Kibana", async () => {
    const world = await deployed(["a", "b"]);
    await cutOff(world, await planned(world, wants(["a", "c"])), { writes: 2, arrives: false });
    expect(await valuesIn(world)).toEqual(["a", "b", "c"]);
    const change = only(await planned(world, wants(["a", "c"])), "value-list");
    expect(change).toMatchObject({
      action: "update",
      state: "changed",
      diff: [{ path: "values", before: "b" }],
    });
    expect(change.drift).toBeUndefined();
    expect(change.last).toBeUndefined();
  });

  it("is marked as finished when only that was missing", async () => {
    const world = await deployed(["a", "b"]);
    await cutOff(world, await planned(world, wants(["a", "c"])), { writes: 3, arrives: false });
    expect(await valuesIn(world)).toEqual(["a", "c"]);
    expect(only(await planned(world, wants(["a", "c"])), "value-list")).toMatchObject({
      action: "update",
      diff: [{ path: "meta.kdac" }],
    });
    await settle(world, wants(["a", "c"]));
    const list = await getValueList(world.client(), "default", "hosts");
    expect(list!["meta"]).toEqual({
      kdac: { project: "acme", digest: expect.stringMatching(/^2:/) as string },
    });
  });

  it("that an analyst took a value from gets what git added and loses what it revoked, and the rest is asked about", async () => {
    const world = await deployed(["a", "b", "c"]);
    await cutOff(world, await planned(world, wants(["a", "b", "d", "e"])), { writes: 1, arrives: false });
    await deleteValue(world.client(), "default", HOSTS, "a");
    expect(await valuesIn(world)).toEqual(["b", "c"]);
    const change = only(await planned(world, wants(["a", "b", "d", "e"])), "value-list");
    expect(change).toMatchObject({ action: "update", drift: true });
    expect(change.write!.values).toMatchObject({ add: ["d", "e"], remove: ["c"] });
    expect(change.notes).toEqual([
      "the file has 1 value that Kibana does not have, perhaps because somebody took them away; they are not added",
    ]);
    expect(await settle(world, wants(["a", "b", "d", "e"]))).toMatchObject([{ action: "conflict" }]);
    expect(await valuesIn(world)).toEqual(["b", "d", "e"]);
  });

  it("that was adopted keeps what it had", async () => {
    const world = embedded();
    const client = world.client();
    await ensureListStreams(client, "default");
    const body = { id: "hosts", name: "Hosts", description: "d", type: "keyword" };
    await createValueList(client, "default", body, () => true);
    await importValues(client, "default", "hosts", ["a", "theirs"]);
    await cutOff(world, await planned(world, wants(["a", "b"]), { adopt: true }), {
      writes: 1,
      arrives: true,
    });
    await settle(world, wants(["a", "b"]));
    expect(await valuesIn(world)).toEqual(["a", "b", "theirs"]);
  });

  it("of more values than one mark tells of is finished from each of its steps", async () => {
    const many = Array.from({ length: 20_050 }, (_, i) => `host-${i}`);
    for (const writes of [2, 3]) {
      const world = embedded();
      await cutOff(world, await planned(world, wants(many)), { writes, arrives: true });
      const wanted = [...many.slice(1, 20_020), "new"];
      const change = only(await planned(world, wants(wanted)), "value-list");
      expect(change).toMatchObject({ action: "update", state: "changed" });
      expect(await settle(world, wants(wanted))).toMatchObject([{ action: "unchanged", state: "in-sync" }]);
      expect(await valuesIn(world)).toEqual(wanted.sort());
    }
  }, 120_000);
});

describe("two applies at the same time", () => {
  const both = async (
    world: Embedded,
    one: Wanted,
    other: Wanted,
    scheduler: fc.Scheduler,
  ): Promise<void> => {
    const plans = [await planned(world, one), await planned(world, other)];
    const runs = plans.map((plan, i) =>
      applied(world, plan, scheduledBy(scheduler, `run ${i}`, world.transport)),
    );
    await scheduler.waitFor(Promise.all(runs));
  };

  it("store each value once, in whatever order their requests arrive", () =>
    fc.assert(
      fc.asyncProperty(
        fc.option(values, { nil: undefined }),
        values,
        fc.scheduler(),
        async (first, second, scheduler) => {
          const world = first === undefined ? embedded() : await deployed(first);
          await both(world, wants(second), wants(second), scheduler);
          expect(await valuesIn(world)).toEqual([...second].sort());
          expect(await settle(world, wants(second))).toMatchObject([
            { action: "unchanged", state: "in-sync" },
          ]);
        },
      ),
      { numRuns: 60 },
    ));

  it("of different commits leave what one of them wants, and the next apply makes it what git wants", () =>
    fc.assert(
      fc.asyncProperty(values, values, values, fc.scheduler(), async (first, second, third, scheduler) => {
        const world = await deployed(first);
        await both(world, wants(second), wants(third), scheduler);
        await settle(world, wants(third));
        expect(await valuesIn(world)).toEqual([...third].sort());
      }),
      { numRuns: 50 },
    ));

  it("of which one takes over from the other, which was slow: the slow one says so", async () => {
    const world = await deployed(["a"]);
    const [slow, quick] = [await planned(world, wants(["a", "b"])), wants(["a", "b"])];
    let imports = 0;
    const { result } = await applied(world, slow, async (exchange, now) => {
      if (exchange.url.includes("_import") && imports++ === 0) await settle(world, quick);
      return world.transport(exchange, now);
    });
    expect(result!.spaces[0]!.results).toMatchObject([
      {
        outcome: "failed",
        reason:
          "it was changed since the plan was made (something else, perhaps another apply, wrote it while its values were written)",
      },
    ]);
    // Its import came after the other's.
    expect(await valuesIn(world)).toEqual(["a", "b", "b"]);
    await settle(world, quick);
    expect(await valuesIn(world)).toEqual(["a", "b"]);
  });
});

describe("values that Kibana has more than once", () => {
  it("are left once, and the plan says so", async () => {
    const world = await deployed(["a", "b"]);
    await importValues(world.client(), "default", "hosts", ["b"]);
    await importValues(world.client(), "default", "hosts", ["b"]);
    const change = only(await planned(world, wants(["a", "b"])), "value-list");
    expect(change).toMatchObject({
      action: "update",
      diff: [{ path: "values", before: "b (more than once)", after: "b" }],
      write: { values: { add: [], remove: [], repeated: ["b"] } },
    });
    await settle(world, wants(["a", "b"]));
    expect(await valuesIn(world)).toEqual(["a", "b"]);
  });

  it("are left alone where no file has them, and in lists of others", async () => {
    const world = await deployed(["a"]);
    for (const _ of [1, 2]) await importValues(world.client(), "default", "hosts", ["theirs"]);
    expect(await settle(world, wants(["a"]))).toMatchObject([{ action: "unchanged", state: "drifted" }]);
    expect(await valuesIn(world)).toEqual(["a", "theirs", "theirs"]);
    const body = { id: "hosts", name: "Hosts", description: "d", type: "keyword" };
    const other = embedded();
    await ensureListStreams(other.client(), "default");
    await createValueList(other.client(), "default", body, () => true);
    for (const _ of [1, 2]) await importValues(other.client(), "default", "hosts", ["a"]);
    expect(await settle(other, wants(["a"]))).toMatchObject([{ action: "unchanged", state: "foreign" }]);
    expect(await valuesIn(other)).toEqual(["a", "a"]);
  });
});
