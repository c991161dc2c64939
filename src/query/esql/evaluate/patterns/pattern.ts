import { Failure } from "../values/index.js";
import { type Match, Matcher, TooMuchWork } from "./matcher.js";
import { parsePattern } from "./parser.js";
import { type Dialect } from "./syntax.js";

/** Longest result of a replacement, in UTF-16 units. */
const MOST_UNITS = 1_048_576;

/** A compiled regular expression. */
export interface Pattern {
  /** The first match. Throws `Failure` where finding it takes too long. */
  find(text: string): Match | undefined;
  /** The text with every match replaced; `$1`, `${name}` are groups. Throws `Failure` where it cannot be done. */
  replaceAll(text: string, by: string): string;
  /** The numbers of the groups of a name. */
  groupsOf(name: string): readonly number[];
  readonly names: readonly string[];
}

/** Compiles a regular expression. Throws `PatternError` where it is none. */
export function compilePattern(pattern: string, dialect: Dialect): Pattern {
  const parsed = parsePattern(pattern, dialect);
  const matcher = new Matcher(parsed);
  const groupsOf = (name: string): readonly number[] => parsed.names.get(name) ?? [];
  const findFrom = (text: string, from: number): Match | undefined => bounded(() => matcher.find(text, from));
  return {
    find: (text) => findFrom(text, 0),
    replaceAll: (text, by) => {
      const pieces = readReplacement(by, parsed.groups, groupsOf);
      let result = "";
      let done = 0;
      for (let at = 0; at <= text.length;) {
        const match = findFrom(text, at);
        if (match === undefined) break;
        const [start, end] = [match[0]!, match[1]!];
        result +=
          text.slice(done, start) +
          pieces.map((piece) => (typeof piece === "string" ? piece : groupText(text, match, piece))).join("");
        if (result.length > MOST_UNITS)
          throw new Failure(`Creating strings with more than [${MOST_UNITS}] bytes is not supported`);
        done = end;
        // A match of nothing is followed by the next place.
        at = end > start ? end : end + 1;
      }
      return result + text.slice(done);
    },
    groupsOf,
    names: [...parsed.names.keys()],
  };
}

/** The text of a group of a match; empty where it took no part. */
export function groupText(text: string, match: Match, group: number): string {
  return match[2 * group + 1]! < 0 ? "" : text.slice(match[2 * group], match[2 * group + 1]);
}

function bounded<T>(search: () => T): T {
  try {
    return search();
  } catch (error) {
    if (error instanceof TooMuchWork) throw new Failure(error.message);
    if (error instanceof RangeError) throw new Failure("the match takes too long");
    throw error;
  }
}

/** Texts and numbers of groups. */
function readReplacement(
  by: string,
  groups: number,
  groupsOf: (name: string) => readonly number[],
): (number | string)[] {
  const pieces: (number | string)[] = [];
  for (let at = 0; at < by.length; at++) {
    const sign = by[at]!;
    if (sign === "\\") {
      if (++at === by.length) throw new Failure("character to be escaped is missing");
      pieces.push(by[at]!);
    } else if (sign === "$") {
      const [whole, name, digit] = /^\$(?:\{([^}]+)\}|(\d))/.exec(by.slice(at)) ?? [];
      if (whole === undefined) throw new Failure("Illegal group reference");
      if (name !== undefined) {
        const [group] = groupsOf(name);
        if (group === undefined) throw new Failure(`No group with name {${name}}`);
        pieces.push(group);
        at += whole.length - 1;
        continue;
      }
      let group = Number(digit);
      at += 1;
      if (group > groups) throw new Failure(`No group ${group}`, "java.lang.IndexOutOfBoundsException");
      // More digits belong to the number as long as there is such a group.
      while (/\d/.test(by[at + 1] ?? "") && group * 10 + Number(by[at + 1]) <= groups)
        group = group * 10 + Number(by[++at]);
      pieces.push(group);
    } else pieces.push(sign);
  }
  return pieces;
}
