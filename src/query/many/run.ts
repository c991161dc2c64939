import type { QueryDiagnostic, RequiredLiteral } from "../core/index.js";
import type { TimedEvent } from "../eql/evaluate/sequence.js";
import type { RunResult } from "../eql/run.js";
import type { Event } from "../match/index.js";
import type { Entry } from "./discriminator.js";

/** What one rule finds: events or sequences, or why it cannot be run. */
export interface RuleMatches extends RunResult {
  /** The findings of a query that is broken, or that is in a language that kdac does not run. */
  readonly diagnostics?: readonly QueryDiagnostic[];
}

/** Called with each event that has the literals of its conditions. */
export type Probe = (event: TimedEvent) => void;

/** One rule on its way through the events. */
export interface Run {
  readonly entries: readonly Entry<Probe>[];
  /** Called once, after the last event. */
  result(): RuleMatches;
}

/** A rule that cannot be run. */
export const broken = (diagnostics: readonly QueryDiagnostic[]): Run => ({
  entries: [],
  result: () => ({ diagnostics }),
});

/** A rule that decides about each event by itself; `results` makes of the matching events, in the order of time, what it finds. */
export function eventRun(
  test: (event: Event) => boolean,
  conditions: readonly RequiredLiteral[],
  results: (found: number[]) => number[],
): Run {
  const found: number[] = [];
  const item: Probe = ({ index, event }) => {
    if (test(event)) found.push(index);
  };
  return { entries: [{ item, conditions }], result: () => ({ events: results(found) }) };
}
