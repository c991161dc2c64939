import { type SourceLimits, SOURCE_LIMITS } from "./limits.js";
import { Identities } from "./identities.js";
import type { ReadOptions } from "./model.js";

/** What the parts of a source share while it is read. */
export interface Reading {
  readonly limits: SourceLimits;
  readonly versions: ReadonlyMap<string, number>;
  readonly identities: Identities;
  /** Bytes that archives were unpacked to so far. */
  unpacked: number;
  /** Files of archives so far. */
  entries: number;
}

export function startReading(options: ReadOptions): Reading {
  const limits = { ...SOURCE_LIMITS, ...options.limits };
  return {
    limits,
    versions: options.versions ?? new Map(),
    identities: new Identities(limits.ids),
    unpacked: 0,
    entries: 0,
  };
}
