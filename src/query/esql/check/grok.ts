import { nearest } from "../../../diagnostics/index.js";
import { oneOf } from "../../core/index.js";
import type { Extracted, ExtractedColumn, PatternProblem } from "./dissect.js";
import { GROK_FAMILIES, GROK_PATTERNS } from "./grok-patterns.js";

/** A pattern that kdac does not know, which a newer Elasticsearch may. */
interface UnknownPattern {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly near: string;
}

/** What may stand after the second colon, and the type that it makes; with another word the column is a keyword. */
const TYPES: Readonly<Record<string, string>> = {
  boolean: "boolean", double: "double", float: "double", int: "integer", long: "long",
}; // prettier-ignore

/**
 * The columns that a pattern of `GROK` makes: `%{SYNTAX:name}`, `%{SYNTAX:name:type}` and the named groups of a regular
 * expression, `(?<name>…)`.
 */
export function grokColumns(pattern: string): Extracted & { readonly unknown: readonly UnknownPattern[] } {
  const columns = new Map<string, ExtractedColumn>();
  const problems: PatternProblem[] = [];
  const unknown: UnknownPattern[] = [];
  const add = (name: string, type: string, start: number, end: number): void => {
    const before = columns.get(name);
    if (before !== undefined && before.type !== type)
      problems.push({ message: `"${name}" is once ${before.type} and once ${type}`, start, end });
    columns.set(name, { name, type });
  };
  for (const match of pattern.matchAll(/%\{([A-Z0-9_]+)(?::([\w@.[\]:-]+))?(?:=[^{}]*)?\}/gi)) {
    const [whole, syntax = "", rest] = match;
    const start = match.index;
    const end = start + whole.length;
    if (!whole.includes("=")) checkSyntax(syntax, start + 2, problems, unknown);
    if (rest === undefined) continue;
    const [name, type] = splitName(rest);
    add(name, type, start, end);
  }
  for (const match of pattern.matchAll(/\(\?<([A-Za-z_][\w.]*)>/g))
    add(match[1]!, "keyword", match.index, match.index + match[0].length);
  problems.push(...regexProblems(pattern));
  return { columns: [...columns.values()], problems, unknown };
}

/** `name` or `name:type`. */
function splitName(text: string): [name: string, type: string] {
  const colon = text.lastIndexOf(":");
  if (colon < 0) return [text, "keyword"];
  return [text.slice(0, colon), TYPES[text.slice(colon + 1)] ?? "keyword"];
}

function checkSyntax(
  syntax: string,
  start: number,
  problems: PatternProblem[],
  unknown: UnknownPattern[],
): void {
  if (GROK_PATTERNS.has(syntax) || GROK_FAMILIES.test(syntax)) return;
  const near = oneOf(nearest(syntax, GROK_PATTERNS, 3));
  const end = start + syntax.length;
  // All patterns that come with Elasticsearch are in capitals.
  if (/[a-z]/.test(syntax)) problems.push({ message: `there is no pattern "${syntax}"`, start, end });
  else unknown.push({ name: syntax, start, end, near });
}

/** What no regular expression may have: brackets that are not closed, and groups of other dialects. */
function regexProblems(pattern: string): PatternProblem[] {
  const open: number[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern[at]!;
    if (sign === "\\") at++;
    else if (sign === "[") {
      const close = endOfClass(pattern, at);
      if (close === undefined) return [{ message: `"[" is not closed`, start: at, end: at + 1 }];
      at = close;
    } else if (sign === "(") {
      if (pattern.startsWith("(?P", at))
        return [{ message: "groups are named (?<name>…), without a P", start: at, end: at + 3 }];
      open.push(at);
    } else if (sign === ")" && open.pop() === undefined)
      return [{ message: `")" closes nothing`, start: at, end: at + 1 }];
  }
  const last = open.pop();
  return last === undefined ? [] : [{ message: `"(" is not closed`, start: last, end: last + 1 }];
}

/** Where the class of characters that opens here closes; classes may stand in each other. */
function endOfClass(pattern: string, start: number): number | undefined {
  let depth = 0;
  let first = start;
  for (let at = start; at < pattern.length; at++) {
    const sign = pattern[at];
    if (sign === "\\") at++;
    else if (sign === "[") {
      depth++;
      if (pattern[at + 1] === "^") at++;
      first = at + 1;
    } else if (sign === "]" && at > first && --depth === 0) return at;
  }
  return undefined;
}
