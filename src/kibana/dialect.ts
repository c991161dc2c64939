/**
 * What a Kibana can do, as far as talking to it differs. Which fields and rule types a version knows is in
 * `availability.ts`.
 */
export interface Dialect {
  /** As `/api/status` gives it; undefined where the credentials may not see it. */
  readonly version: string | undefined;
  /** Whether `_export` includes prebuilt rules. Before 8.18 they are reported as missing although they are there. */
  readonly exportsPrebuilt: boolean;
}

/** The dialect of a version; an unknown version is taken for the newest. */
export function dialectOf(version: string | undefined): Dialect {
  return { version, exportsPrebuilt: isAtLeast(version, 8, 18) };
}

function isAtLeast(version: string | undefined, major: number, minor: number): boolean {
  const match = /^(\d+)\.(\d+)/.exec(version ?? "");
  if (match === null) return true;
  const [isMajor, isMinor] = [Number(match[1]), Number(match[2])];
  return isMajor > major || (isMajor === major && isMinor >= minor);
}
