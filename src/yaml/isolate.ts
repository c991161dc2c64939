import { parseEvents } from "js-yaml";
import type { OffsetRange } from "../diagnostics/index.js";
import { limits } from "./limits.js";
import { lineFrom, linesOf } from "./lines.js";
import { type SyntaxFailure, toFailure } from "./syntax-error.js";

/** A run of whole lines that can be parsed by itself. */
interface Part extends OffsetRange {
  /** Whether it begins with a key or a dash, as all but the first part of a file do. */
  readonly opens: boolean;
}

/** How deep to look inside a part that fails for the smaller part that does. */
const MAX_DEPTH = 6;

const KEY = /^(?:"[^"\r\n]*"|'[^'\r\n]*'|[\w$.*/@(][^\r\n:#]*)[ \t]*:(?=[ \t\r\n]|$)/;
const ENTRY = /^-(?=[ \t\r\n]|$)/;
const CONTENT = /[^ \t]/;

/**
 * The syntax errors of a file whose whole does not parse. js-yaml stops at the first error, so each entry of the file's
 * top-level mapping is parsed by itself, and each entry of an entry that fails, as far as the layout tells. Entries
 * of a block mapping stand on lines of their own in one column, so an entry that fails alone would also fail in place:
 * no error is made up. Empty where no part fails alone.
 */
export function isolateFailures(text: string): SyntaxFailure[] {
  const failures: SyntaxFailure[] = [];
  collect(text, { start: text.charCodeAt(0) === 0xfeff ? 1 : 0, end: text.length, opens: true }, 0, failures);
  return failures;
}

function collect(text: string, whole: Part, depth: number, failures: SyntaxFailure[]): void {
  for (const part of partsOf(text, whole, depth)) {
    if (failures.length >= limits.syntaxErrors) return;
    const failure = failureOf(text, part);
    if (failure === undefined) continue;
    const found = failures.length;
    const inner = depth < MAX_DEPTH ? innerOf(text, part) : undefined;
    if (inner !== undefined) collect(inner.text, inner.part, depth + 1, failures);
    if (failures.length === found) failures.push(failure);
  }
}

function failureOf(text: string, part: Part): SyntaxFailure | undefined {
  try {
    parseEvents(text.slice(part.start, part.end), { maxDepth: limits.depth });
  } catch (thrown) {
    return toFailure(thrown, part);
  }
  if (part.opens) return undefined;
  // Parsed alone it is a plain text; above keys it is a line that lacks its colon.
  const position = part.start + text.slice(part.start, part.end).search(CONTENT);
  return { reason: "expected ':' after a mapping key", position, part };
}

/** Splits at the keys or entries in the column of the first one; what does not look like one belongs to the part before it. */
function partsOf(text: string, whole: Part, depth: number): Part[] {
  const starts: { start: number; opens: boolean }[] = [];
  let column = -1;
  let { end } = whole;
  for (const line of linesOf(text, whole)) {
    const lineText = text.slice(line.start, line.end);
    const indent = lineText.search(CONTENT);
    if (indent < 0 || lineText[indent] === "#" || lineText.lastIndexOf("\t", indent) >= 0) continue;
    const content = lineText.slice(indent);
    const opens = KEY.test(content) || ENTRY.test(content);
    if (column < 0) {
      if (/^(?:---|%)/.test(content)) continue;
      // Brackets and quotes may go on over lines that look like keys; so may text below `key:`.
      if (!opens && (depth > 0 || /^["'[{]/.test(content))) return [];
      column = indent;
      starts.push({ start: line.start, opens });
    } else if (indent === column && opens) {
      starts.push({ start: line.start, opens });
    } else if (indent < column && depth > 0) {
      // Whatever this line is, it is not inside: it is what is wrong with the part around.
      end = line.start;
      break;
    }
  }
  return starts.map((part, i) => ({ ...part, end: starts[i + 1]?.start ?? end }));
}

/** What stands inside a part: the lines below `key:`, or all of `- key: value` with a space for the dash. */
function innerOf(text: string, part: Part): { text: string; part: Part } | undefined {
  const first = lineFrom(text, part.start);
  const lineText = text.slice(first.start, first.end);
  const indent = lineText.search(CONTENT);
  const content = lineText.slice(indent);
  if (ENTRY.test(content)) {
    const dash = first.start + indent;
    return { text: `${text.slice(0, dash)} ${text.slice(dash + 1)}`, part };
  }
  const key = KEY.exec(content)?.[0];
  if (key === undefined || !/^\s*(?:#.*)?$/.test(content.slice(key.length))) return undefined;
  return { text, part: { start: first.next, end: part.end, opens: true } };
}
