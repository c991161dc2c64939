/**
 * The codes of risks, worst first: what is not found any more at all, what is found less, what nobody is told of, what is
 * found more.
 */
const WORST_FIRST = [
  "removed",
  "disabled",
  "replaced",
  "source-changed",
  "index-lost",
  "schedule-gap",
  "exclusion-grown",
  "exception-added",
  "exception-changed",
  "filter-added",
  "query-narrowed",
  "threshold-raised",
  "max-signals-lowered",
  "suppression-added",
  "suppression-widened",
  "building-block",
  "action-lost",
  "tactic-lost",
  "technique-lost",
  "severity-lowered",
  "risk-score-lowered",
  "enabled",
  "index-broadened",
  "query-widened",
] as const;

/** What a reviewer should know of a change. */
export type RiskCode = (typeof WORST_FIRST)[number];

/** Assignable to a `Warning` of a plan. */
export interface Risk {
  readonly code: RiskCode;
  /** Lower-case start, no full stop. */
  readonly message: string;
}

const RANKS: ReadonlyMap<string, number> = new Map(WORST_FIRST.map((code, rank) => [code, rank]));

/** Where a risk stands among the others, 0 the worst; a code that is none of them comes last. */
export function rankOf(code: string): number {
  return RANKS.get(code) ?? WORST_FIRST.length;
}
