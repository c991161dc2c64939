/** What a Kibana can do, as far as the deployer behaves differently for it. */
export interface Dialect {
  /** As `/api/status` gives it; undefined where the credentials may not see it. */
  readonly version: string | undefined;
  /** Whether `_export` includes prebuilt rules. Before 8.18 they are reported as missing although they are there. */
  readonly exportsPrebuilt: boolean;
  /** Whether `_bulk_create`, `_bulk_update` and `_bulk_delete` exist. They were removed in 9.0. */
  readonly hasBulkCrud: boolean;
  /** The most fields that a threshold rule may group by. */
  readonly thresholdFields: number;
  /** Whether a threat mapping may be negated. */
  readonly hasThreatNegate: boolean;
}

/** The dialect of a version; an unknown version is taken for the newest. */
export function dialectOf(version: string | undefined): Dialect {
  const from = (major: number, minor: number): boolean => isAtLeast(version, major, minor);
  return {
    version,
    exportsPrebuilt: from(8, 18),
    hasBulkCrud: !from(9, 0),
    thresholdFields: from(9, 2) ? 5 : 3,
    hasThreatNegate: from(9, 2),
  };
}

function isAtLeast(version: string | undefined, major: number, minor: number): boolean {
  const match = /^(\d+)\.(\d+)/.exec(version ?? "");
  if (match === null) return true;
  const [isMajor, isMinor] = [Number(match[1]), Number(match[2])];
  return isMajor > major || (isMajor === major && isMinor >= minor);
}
