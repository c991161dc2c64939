import type { Span } from "../core/index.js";
import type { Duration, Query } from "./ast.js";

/** Milliseconds of each unit of time. */
export const MILLIS: Readonly<Record<Duration["unit"], number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** The longest time that a sequence may take, where it says so, and where that stands. */
export function maxspanSeconds({ statement }: Query): (Span & { readonly seconds: number }) | undefined {
  if (statement.kind !== "sequence" || statement.maxspan === undefined) return undefined;
  const { amount, unit, start, end } = statement.maxspan;
  return { seconds: (amount * MILLIS[unit]) / 1_000, start, end };
}
