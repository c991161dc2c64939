/** A stack version as three numbers; parts that are not given count as 0. */
type Version = readonly [number, number, number];

const PARTIAL = String.raw`v?(\d{1,5})(?:\.(\d{1,5}|[xX*]))?(?:\.(\d{1,5}|[xX*]))?`;
const COMPARATOR = new RegExp(`^(\\^|~|>=|<=|>|<|=)?\\s*${PARTIAL}$`);
const MAX_LENGTH = 200;

/**
 * Whether a stack version lies in a range in npm's syntax: `>=9.2`, `^9.1`, `~8.18.2`, `8.x`, `>=8.18 <9.3`, `8.x || >=9.2`.
 * Undefined where the range cannot be read. Only the numbers count: `9.5.0-SNAPSHOT` is 9.5.0.
 */
export function matchesRange(version: string, range: string): boolean | undefined {
  if (range.length > MAX_LENGTH) return undefined;
  const at = versionOf(version);
  const alternatives = range.split("||").map((part) => alternative(part.trim()));
  if (at === undefined || alternatives.includes(undefined)) return undefined;
  return alternatives.some((bounds) => bounds!.every((holds) => holds(at)));
}

type Bound = (version: Version) => boolean;

function alternative(text: string): Bound[] | undefined {
  if (text === "*") return [];
  const comparators = text.replace(/(\^|~|[<>]=?|=)\s+/g, "$1").split(/\s+/);
  const bounds = comparators.map(comparator);
  return bounds.includes(undefined) ? undefined : bounds.flatMap((some) => some!);
}

function comparator(text: string): Bound[] | undefined {
  const match = COMPARATOR.exec(text);
  if (match === null) return undefined;
  const [, operator = "=", major, minor, patch] = match;
  const low: Version = [Number(major), number(minor) ?? 0, number(patch) ?? 0];
  const given = number(minor) === undefined ? 1 : number(patch) === undefined ? 2 : 3;
  const above = after(low, given);
  const atLeast =
    (bound: Version): Bound =>
    (v) =>
      compare(v, bound) >= 0;
  const below =
    (bound: Version): Bound =>
    (v) =>
      compare(v, bound) < 0;
  switch (operator) {
    case ">=":
      return [atLeast(low)];
    case ">":
      return [atLeast(given === 3 ? [low[0], low[1], low[2] + 1] : above)];
    case "<":
      return [below(low)];
    case "<=":
      return [below(above)];
    case "^":
      return [atLeast(low), below([low[0] + 1, 0, 0])];
    case "~":
      return [atLeast(low), below(after(low, Math.min(given, 2)))];
    default:
      return [atLeast(low), below(above)];
  }
}

/** The first version after all those that share the given number of parts. */
function after([major, minor, patch]: Version, parts: number): Version {
  if (parts === 1) return [major + 1, 0, 0];
  return parts === 2 ? [major, minor + 1, 0] : [major, minor, patch + 1];
}

function versionOf(text: string): Version | undefined {
  const match = /^v?(\d{1,5})(?:\.(\d{1,5}))?(?:\.(\d{1,5}))?(?:-.*)?$/.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)];
}

function number(part: string | undefined): number | undefined {
  return part === undefined || /^[xX*]$/.test(part) ? undefined : Number(part);
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
