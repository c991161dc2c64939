import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Key } from "../../../../src/query/eql/evaluate/keys.js";
import {
  SequenceMatcher,
  type SequenceShape,
  UNTIL,
} from "../../../../src/query/eql/evaluate/sequence-matcher.js";
import { describeConformance } from "../../../support/conformance.js";
import { sequencesStageByStage, type Step } from "./stage-by-stage.js";

interface Series {
  readonly name: string;
  readonly stages: readonly (readonly { id: string; timestamp: number; key?: string }[])[];
  readonly matches: readonly { events: readonly string[]; key?: string }[];
}

const keyOf = (value: string | null): Key => ({ id: value, values: value === null ? [] : [value] });

describeConformance("sequences from series of matches", "eql", (folder) => {
  const { cases } = JSON.parse(readFileSync(join(folder, "sequence_series.json"), "utf8")) as {
    cases: Series[];
  };

  it.each(cases)("$name", ({ stages, matches }) => {
    const all = stages
      .flatMap((events, stage) => events.map((event) => ({ ...event, stage })))
      .sort((a, b) => a.timestamp - b.timestamp);
    const matcher = new SequenceMatcher({ stages: stages.map(() => "positive") });
    all.forEach(({ stage, timestamp, key }, index) =>
      matcher.add(index, timestamp, 0, (asked) => (asked === stage ? [keyOf(key ?? null)] : [])),
    );
    const found = matcher.results().map(({ events, joinKeys }) => ({
      events: events.map((index) => all[index!]!.id),
      ...(joinKeys.length === 0 ? {} : { key: joinKeys[0] }),
    }));
    expect(found).toEqual(matches);
  });
});

function sequencesInOnePass(shape: SequenceShape, steps: readonly Step[]): unknown {
  const matcher = new SequenceMatcher(shape);
  steps.forEach(({ ms, stages, until, keys }, index) =>
    matcher.add(index, ms, 0, (stage) =>
      (stage === UNTIL ? until : stages.includes(stage)) ? keys.map(keyOf) : [],
    ),
  );
  return matcher.results();
}

describe("one pass over the events", () => {
  const stages = fc
    .array(fc.constantFrom("positive" as const, "positive" as const, "missing" as const), {
      minLength: 1,
      maxLength: 5,
    })
    .filter((list) => list.includes("positive"));
  const shape = fc.record({ stages, maxspan: fc.integer({ min: 0, max: 12 }) });
  const steps = fc
    .array(
      fc.record({
        wait: fc.integer({ min: 0, max: 3 }),
        stages: fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
        until: fc.integer({ min: 0, max: 6 }).map((n) => n === 0),
        keys: fc.uniqueArray(fc.constantFrom("a", "b"), { minLength: 1, maxLength: 2 }),
      }),
      { maxLength: 18 },
    )
    .map((list) => {
      let ms = 0;
      return list.map(({ wait, ...step }): Step => ({ ...step, ms: (ms += wait) }));
    });

  it("finds what going stage by stage finds", () => {
    fc.assert(
      fc.property(shape, steps, (shape, steps) => {
        expect(sequencesInOnePass(shape, steps)).toEqual(sequencesStageByStage(shape, steps));
      }),
      { numRuns: 3_000 },
    );
  });

  it("keeps results in the order of their last events, each in the order of time", () => {
    fc.assert(
      fc.property(shape, steps, (shape, steps) => {
        const matcher = sequencesInOnePass(shape, steps) as { events: (number | null)[] }[];
        const lasts = matcher.map(({ events }) => Math.max(...events.map((event) => event ?? -1)));
        expect(lasts).toEqual(lasts.toSorted((a, b) => a - b));
        for (const { events } of matcher) {
          const there = events.filter((event) => event !== null);
          expect(there).toEqual([...new Set(there)].toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it("tells nanoseconds apart at the limit", () => {
    const matcher = new SequenceMatcher({ stages: ["positive", "positive"], maxspan: 1_000 });
    const times = [
      [0, 5],
      [1_000, 6],
      [2_000, 6],
    ] as const;
    times.forEach(([ms, ns], index) =>
      matcher.add(index, ms, ns, (stage) => (stage === UNTIL ? [] : [keyOf(null)])),
    );
    expect(matcher.results().map(({ events }) => events)).toEqual([[1, 2]]);
  });
});
