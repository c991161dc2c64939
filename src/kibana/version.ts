/** Major and minor: differences between patch releases are not looked at. */
export type Version = readonly [major: number, minor: number];

/** The version in a text such as `9.2.1` or `10.0.0-SNAPSHOT`; undefined where there is none. */
export function versionIn(text: string | undefined): Version | undefined {
  const match = /^(\d{1,4})\.(\d{1,4})(?:\.|-|$)/.exec(text ?? "");
  return match === null ? undefined : [Number(match[1]), Number(match[2])];
}

/** Negative where `version` is older than the other, 0 where both are the same minor release. */
export function compareVersions(version: Version, other: string): number {
  const [major, minor] = versionIn(other) ?? [Number.POSITIVE_INFINITY, 0];
  return version[0] - major || version[1] - minor;
}
