/** Suppression of the types of rules that find their events first and group them then. */
import type { AlertSuppression } from "../../kibana/rule.js";
import { type Candidate, createAlerts } from "../create.js";
import { MAX_ALERTS_OR_SUPPRESSED } from "../messages.js";
import type { RunContext } from "../run-context.js";
import { suppress, type Suppressible } from "./suppress.js";
import { durationMs, suppressesMissing } from "./terms.js";

/** The events that a run may alert on or suppress, as a multiple of its alerts. */
export const EVENTS_PER_ALERT = 5;

/** An alert with its group. `alone` makes it where it is not suppressed. */
export type InMemory = Suppressible & { readonly alone: Candidate };

export interface InMemoryResult {
  readonly created: number;
  readonly suppressed: number;
  readonly truncated: boolean;
}

/**
 * Makes alerts with suppression. What lacks a field of the group alerts by itself where the rule says so. `multiple`: how many
 * events may be looked at for each alert that the rule may make.
 */
export function createSuppressed(
  context: RunContext,
  settings: AlertSuppression,
  candidates: readonly InMemory[],
  {
    multiple = EVENTS_PER_ALERT,
    limit = context.maxSignals,
  }: { readonly multiple?: number; readonly limit?: number } = {},
): InMemoryResult {
  const missing = suppressesMissing(settings);
  const isWhole = ({ terms }: InMemory): boolean => missing || terms.every(({ value }) => value !== null);
  const apart = candidates.filter((candidate) => !isWhole(candidate)).map(({ alone }) => alone);
  const { created: alone } = createAlerts(context, apart, limit);
  const { duration } = settings;
  const { created, suppressed } = suppress(context, candidates.filter(isWhole), {
    since: duration === undefined ? context.window.from : context.at - durationMs(duration),
    perRun: duration === undefined,
    limit: limit - alone,
  });
  const truncated = alone + created + suppressed >= multiple * context.maxSignals || alone + created >= limit;
  return { created: alone + created, suppressed, truncated };
}

/** The same for all the events of a window, with a warning where the limit is reached. */
export function createAllSuppressed(
  context: RunContext,
  settings: AlertSuppression,
  candidates: readonly InMemory[],
): void {
  const most = EVENTS_PER_ALERT * context.maxSignals;
  const { truncated } = createSuppressed(context, settings, candidates.slice(0, most));
  if (truncated) context.outcome.warn(MAX_ALERTS_OR_SUPPRESSED);
}
