/** Whether a Kibana version such as `9.5.1` or `9.6.0-SNAPSHOT` is at least `major.minor`. */
export function atLeast(version: string, least: string): boolean {
  const [major = 0, minor = 0] = numbers(version);
  const [leastMajor = 0, leastMinor = 0] = numbers(least);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

function numbers(version: string): number[] {
  return version.split(".").map((part) => Number.parseInt(part, 10));
}
