import type { Duration } from "./ast.js";

/** Milliseconds of each unit of time. */
export const MILLIS: Readonly<Record<Duration["unit"], number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
