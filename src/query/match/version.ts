import { compareTexts } from "./order.js";

/** A text in the order of the field type `version`. */
interface Version {
  /** Undefined where the text is no version. */
  readonly numbers: readonly string[] | undefined;
  readonly prerelease: readonly string[];
  /** With its `+`; empty where there is none. */
  readonly build: string;
}

/** A number has no zeros in front. */
const NUMBER = /^(?:0|[1-9]\d*)$/;
const IDENTIFIER = /^(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)$/;
const BUILD = /^(?:|\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)$/;

/**
 * The order of versions as Elasticsearch's field type `version` has it: by semantic versioning, with any count of
 * numbers; a pre-release comes before its release, and what is no version comes last, by its text. Semantic versioning
 * sets builds (`+…`) aside; Elasticsearch keeps them behind the rest, so that only equal texts are in one place.
 */
export function compareVersions(left: string, right: string): number {
  if (left === right) return 0;
  const a = parse(left);
  const b = parse(right);
  if (a.numbers === undefined || b.numbers === undefined) {
    if (a.numbers === b.numbers) return compareTexts(left, right);
    return a.numbers === undefined ? 1 : -1;
  }
  return (
    compareLists(a.numbers, b.numbers) ||
    comparePrereleases(a.prerelease, b.prerelease) ||
    compareTexts(a.build, b.build)
  );
}

function parse(text: string): Version {
  const plus = text.indexOf("+");
  const build = plus < 0 ? "" : text.slice(plus);
  const precedence = plus < 0 ? text : text.slice(0, plus);
  const dash = precedence.indexOf("-");
  const numbers = (dash < 0 ? precedence : precedence.slice(0, dash)).split(".");
  const prerelease = dash < 0 ? [] : precedence.slice(dash + 1).split(".");
  const isVersion =
    numbers.every((part) => NUMBER.test(part)) &&
    prerelease.every((part) => IDENTIFIER.test(part)) &&
    BUILD.test(build);
  return { numbers: isVersion ? numbers : undefined, prerelease, build };
}

function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  return a.length === 0 || b.length === 0 ? b.length - a.length : compareLists(a, b);
}

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
  const isNumber = NUMBER.test(a);
  if (isNumber !== NUMBER.test(b)) return isNumber ? -1 : 1;
  return (isNumber ? a.length - b.length : 0) || compareTexts(a, b);
}
