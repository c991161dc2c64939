import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { Change, Plan } from "../../../src/deploy/index.js";
import { FLAVOURS } from "../../support/flavours.js";
import { deedsAfter, deedsBefore, deedsBetween } from "./deeds.js";
import { projectSpec, SECRET } from "./project.js";
import { type Allowed, checkPromises } from "./promises.js";
import { script } from "./script.js";
import { World } from "./world.js";

const options: fc.Arbitrary<Allowed> = fc.record({
  adopt: fc.boolean(),
  overwriteDrift: fc.boolean(),
  prune: fc.boolean(),
  maxDeletes: fc.constantFrom(1, 5, 50),
});

const scenario = fc.record({
  flavour: fc.constantFrom(...FLAVOURS),
  before: deedsBefore,
  first: projectSpec,
  after: deedsAfter,
  second: projectSpec,
  between: deedsBetween,
  faults: script,
  options,
  /** Whether the space has nothing of the project yet when things begin to fail. */
  fresh: fc.boolean(),
  bootstrap: fc.boolean(),
  /** Writes that the disk of `.kdac/` takes before it is full. */
  room: fc.option(fc.nat({ max: 20 }), { freq: 4, nil: undefined }),
  /** Whether the last apply is taken back in the end. */
  rollback: fc.boolean(),
  /** Whether the faults are there when the plan is made, or only from the apply on. */
  early: fc.boolean(),
});

const changesOf = (plan: Plan): Change[] => plan.spaces.flatMap(({ changes }) => changes);

/** What a rollback may do: it deletes what the apply made. */
const BACK: Allowed = { adopt: true, overwriteDrift: false, prune: true, maxDeletes: 1000, back: true };
const CAREFUL: Allowed = { adopt: false, overwriteDrift: false, prune: false, maxDeletes: 0 };

it(
  "whatever others do and whatever fails: what is not ours stays, nothing is lost or made twice, and one more apply brings all to rest",
  () =>
    fc.assert(
      fc.asyncProperty(scenario, async (given) => {
        const world = new World(given.flavour.kibana);
        await world.others(given.before);
        let earlier = await world.state();
        if (!given.fresh) await world.apply((await world.plan(given.first, {}))!);
        checkPromises(earlier, await world.state(), world.done, CAREFUL);
        await world.others(given.after);

        earlier = await world.state();
        world.kibana.setFaults(given.early ? given.faults : []);
        const plan = await world.plan(given.second, given.options);
        world.kibana.setFaults([]);
        expect(await world.state(), "a plan changes nothing").toEqual(earlier);
        await world.others(given.between);
        earlier = await world.state();
        if (plan !== undefined) {
          world.leaveRoom(given.room);
          const more = { bootstrap: given.bootstrap };
          await world.withFaults(given.faults, () => world.apply(plan, more));
          world.leaveRoom(undefined);
          if (given.room === 0) expect(await world.state(), "nothing without a journal").toEqual(earlier);
        }
        checkPromises(earlier, await world.state(), world.done, given.options);

        earlier = await world.state();
        const last = (await world.plan(given.second, given.options))!;
        await world.apply(last);
        checkPromises(earlier, await world.state(), world.done, given.options);
        // Deletions that were too many at once may be few enough when the rest is done.
        const waiting = changesOf(last).some(({ conflict }) => conflict?.code === "too-many-deletes");
        const atRest = new Set([
          "unchanged",
          "conflict",
          "orphan",
          ...(waiting ? ["delete", "replace"] : []),
        ]);
        const rest = changesOf((await world.plan(given.second, given.options))!);
        expect(
          rest.filter(({ action }) => !atRest.has(action)),
          "one more apply brings all to rest",
        ).toEqual([]);
        if (given.rollback) {
          earlier = await world.state();
          await world.rollback();
          checkPromises(earlier, await world.state(), world.done, BACK);
        }
        for (const text of [...world.said, ...world.disk.texts.values()]) expect(text).not.toContain(SECRET);
      }),
      { numRuns: 100, endOnFailure: false },
    ),
  120_000,
);
