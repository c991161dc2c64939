import { AT, classOf, DIGIT, ENDS_SOURCE, IN_NAME, LETTER, runEnd, UNDERSCORE } from "./characters.js";
import { blankEnd, commentEnd } from "./comments.js";
import type { PromqlParam } from "./ast.js";
import { nameInBackticks } from "./text.js";

/** What a PROMQL command says, and where it cannot be read. */
interface PromqlParts {
  readonly params: readonly PromqlParam[];
  readonly target: string | undefined;
  readonly start: number;
  readonly end: number;
  /** A bracket or text that is not closed. */
  readonly unclosed: { readonly sign: string; readonly start: number } | undefined;
}

/**
 * Divides a PROMQL command: `name = value` pairs, the name of the result's column, and PromQL, of which only brackets
 * and texts are looked at. `start` and `end` bound all after the first word in `text`.
 */
export function promqlParts(text: string, start: number, end: number): PromqlParts {
  const params: PromqlParam[] = [];
  let target: string | undefined;
  let at = skipBlank(text, start, end);
  for (;;) {
    const name = nameEnd(text, at);
    const equals = skipBlank(text, name, end);
    if (name === at || text[equals] !== "=" || "=~".includes(text[equals + 1] ?? " ")) break;
    const value = skipBlank(text, equals + 1, end);
    const valueStops = valueEnd(text, value, end);
    const next = skipBlank(text, valueStops, end);
    const written = text.slice(at, name);
    const plain = written.startsWith("`") ? nameInBackticks(written) : written;
    // The last pair has the query for its value.
    if (valueStops === value || next >= end) {
      target = plain;
      at = value;
      break;
    }
    params.push({ name: plain, value: text.slice(value, valueStops), start: at, end: valueStops });
    at = next;
  }
  return { params, target, start: Math.min(at, end), end, unclosed: unclosed(text, at, end) };
}

/** White space and comments, also those of PromQL in `#`. */
function skipBlank(text: string, at: number, end: number): number {
  for (;;) {
    at = blankEnd(text, at);
    if (text[at] !== "#" || at >= end) return Math.min(at, end);
    const line = text.indexOf("\n", at);
    at = line < 0 ? end : line;
  }
}

function nameEnd(text: string, at: number): number {
  if (text[at] === "`") return backtickEnd(text, at);
  const first = classOf(text.charCodeAt(at));
  return (first & (LETTER | UNDERSCORE | AT)) === 0 ? at : runEnd(text, at + 1, IN_NAME);
}

function backtickEnd(text: string, at: number): number {
  let end = at;
  do {
    end = text.indexOf("`", end + 1);
    if (end < 0) return at;
    end++;
  } while (text[end] === "`");
  return end;
}

/** `"…"`, `?name`, `` `a` ``, or index patterns with commas between them; `at` where there is none of that. */
function valueEnd(text: string, at: number, end: number): number {
  const sign = text[at];
  if (sign === '"' || sign === "'") return Math.min(quotedEnd(text, at) ?? at, end);
  if (sign === "`") return backtickEnd(text, at);
  if (sign === "?") {
    const name = text[at + 1] === "?" ? at + 2 : at + 1;
    return runEnd(text, name, IN_NAME | DIGIT);
  }
  for (;;) {
    const item = itemEnd(text, at, end);
    if (item === at) return at;
    at = item;
    const comma = skipBlank(text, at, end);
    if (text[comma] !== ",") return at;
    const following = skipBlank(text, comma + 1, end);
    if (itemEnd(text, following, end) === following) return at;
    at = following;
  }
}

/** `cluster:index::selector` */
function itemEnd(text: string, at: number, end: number): number {
  while (at < end) {
    const isPart = text[at] === ":" || (classOf(text.charCodeAt(at)) & ENDS_SOURCE) === 0;
    if (!isPart || commentEnd(text, at) !== at) break;
    at++;
  }
  return at;
}

function quotedEnd(text: string, at: number): number | undefined {
  const quote = text[at];
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === quote) return i + 1;
    if (text[i] === "\\" && quote !== "`") i++;
  }
  return undefined;
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

function unclosed(text: string, at: number, end: number): PromqlParts["unclosed"] {
  const open: { readonly sign: string; readonly start: number }[] = [];
  while (at < end) {
    const sign = text[at]!;
    if (sign === '"' || sign === "'" || sign === "`") {
      const after = quotedEnd(text, at);
      if (after === undefined || after > end) return { sign, start: at };
      at = after;
    } else if (sign === "#" || (sign === "/" && commentEnd(text, at) > at)) {
      at = sign === "#" ? skipBlank(text, at, end) : commentEnd(text, at);
    } else {
      if (sign in CLOSING) open.push({ sign: CLOSING[sign]!, start: at });
      else if (open.length > 0 && open[open.length - 1]!.sign === sign) open.pop();
      else if (sign === ")" || sign === "]" || sign === "}") return { sign, start: at };
      at++;
    }
  }
  return open[0];
}
