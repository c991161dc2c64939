/** A version in the order of the field type `version`. */
interface Version {
  /** Undefined where the text is no version. */
  readonly numbers: readonly string[] | undefined;
  readonly prerelease: readonly string[];
}

/**
 * The order of versions as Elasticsearch's field type `version` has it: by semantic versioning, with any count of
 * numbers; a pre-release comes before its release, and what is no version comes last, by its text. Builds (`+…`) do not
 * count.
 */
export function compareVersions(left: string, right: string): number {
  if (left === right) return 0;
  const a = parse(left);
  const b = parse(right);
  if (a.numbers === undefined || b.numbers === undefined) {
    if (a.numbers === b.numbers) return left < right ? -1 : 1;
    return a.numbers === undefined ? 1 : -1;
  }
  const byNumber = compareLists(a.numbers, b.numbers);
  if (byNumber !== 0) return byNumber;
  if (a.prerelease.length === 0 || b.prerelease.length === 0)
    return b.prerelease.length - a.prerelease.length;
  return compareLists(a.prerelease, b.prerelease);
}

function parse(text: string): Version {
  const [precedence = ""] = text.split("+", 1);
  const dash = precedence.indexOf("-");
  const numbers = (dash < 0 ? precedence : precedence.slice(0, dash)).split(".");
  const prerelease = dash < 0 ? [] : precedence.slice(dash + 1).split(".");
  return { numbers: numbers.every(isNumber) ? numbers : undefined, prerelease };
}

const isNumber = (part: string): boolean => /^\d+$/.test(part);

/** Part by part; where one list ends it is the lesser. */
function compareLists(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < a.length && at < b.length; at++) {
    const order = compareParts(a[at]!, b[at]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Numbers come before words; they may have any length. */
function compareParts(a: string, b: string): number {
  if (a === b) return 0;
  if (isNumber(a) && isNumber(b)) {
    const left = a.replace(/^0+/, "");
    const right = b.replace(/^0+/, "");
    if (left.length !== right.length) return left.length - right.length;
    return left === right ? 0 : left < right ? -1 : 1;
  }
  if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1;
  return a < b ? -1 : 1;
}
