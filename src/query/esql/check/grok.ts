import { nearest } from "../../../diagnostics/index.js";
import { oneOf } from "../../core/index.js";
import type { Extracted, ExtractedColumn, PatternProblem } from "./dissect.js";
import { GROK_FAMILIES, GROK_PATTERNS } from "./grok-patterns.js";
import { bracketProblems } from "./regex-brackets.js";

/** A name that no pattern has. */
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
 * expression, `(?<name>…)`. `columns` has those of the patterns before it in the same command, and gets its own: a name
 * has one type in all of them.
 */
export function grokColumns(
  pattern: string,
  columns = new Map<string, ExtractedColumn>(),
): Extracted & { readonly unknown: readonly UnknownPattern[] } {
  const problems: PatternProblem[] = [];
  const unknown: UnknownPattern[] = [];
  const add = (name: string, type: string, start: number, end: number): void => {
    const before = columns.get(name);
    if (before !== undefined && before.type !== type)
      problems.push({
        message: `"${name}" is once ${before.type} and once ${type}`,
        start,
        end,
      });
    columns.set(name, { name, type });
  };
  for (const match of pattern.matchAll(/%\{([A-Z0-9_]+)(?::([\w@.[\]:-]+))?(?:=[^{}]*)?\}/gi)) {
    const [whole, syntax = "", rest] = match;
    const start = match.index;
    const end = start + whole.length;
    if (!whole.includes("=")) checkSyntax(syntax, start + 2, unknown);
    if (rest === undefined) continue;
    const [name, type] = splitName(rest);
    add(name, type, start, end);
  }
  for (const match of pattern.matchAll(/\(\?<([A-Za-z_][\w.]*)>/g))
    add(match[1]!, "keyword", match.index, match.index + match[0].length);
  problems.push(...bracketProblems(pattern));
  return { columns: [...columns.values()], problems, unknown };
}

/** `name` or `name:type`. */
function splitName(text: string): [name: string, type: string] {
  const colon = text.lastIndexOf(":");
  if (colon < 0) return [text, "keyword"];
  return [text.slice(0, colon), TYPES[text.slice(colon + 1)] ?? "keyword"];
}

function checkSyntax(syntax: string, start: number, unknown: UnknownPattern[]): void {
  if (GROK_PATTERNS.has(syntax) || GROK_FAMILIES.test(syntax)) return;
  // All patterns that come with Elasticsearch are in capitals.
  const near = oneOf(nearest(syntax.toUpperCase(), GROK_PATTERNS, 3));
  unknown.push({ name: syntax, start, end: start + syntax.length, near });
}
