import type { Findings, Span } from "../core/index.js";
import type { Piece } from "../match/index.js";
import { isLetterOrDigit, needsEscape } from "./characters.js";

const BACKSLASH = 0x5c;
const HEX = /^[\da-fA-F]{4}$/;
const OPERATORS: ReadonlySet<string> = new Set(["AND", "NOT", "OR", "&&", "||"]);

/**
 * The text that a piece of a query means: `\x` is x, and `\u0041` the character of that number. Reports escapes that
 * Lucene refuses, and backslashes before letters, which get lost.
 */
export function unescape(text: string, { start, end }: Span, findings: Findings): string {
  if (!hasBackslash(text, start, end)) return text.slice(start, end);
  const isOperator = OPERATORS.has(text.slice(start + 1, end));
  let read = "";
  let from = start;
  for (let at = start; at < end; at++) {
    if (text.charCodeAt(at) !== BACKSLASH) continue;
    read += text.slice(from, at);
    from = ++at;
    const code = text.slice(at + 1, Math.min(at + 5, end));
    if (text[at] !== "u") {
      if (!isOperator) reportLost(text, at, end, findings);
    } else if (HEX.test(code)) {
      read += String.fromCharCode(Number.parseInt(code, 16));
      from = at + 5;
      at += 4;
    } else reportBad(text, at, end, findings);
  }
  return read + text.slice(from, end);
}

function hasBackslash(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (text.charCodeAt(at) === BACKSLASH) return true;
  return false;
}

function reportLost(text: string, at: number, end: number, findings: Findings): void {
  if (at < end && isLetterOrDigit(text.charCodeAt(at)))
    findings.add("lucene/lost-backslash", { letter: text[at]! }, { start: at - 1, end: at + 1 });
}

function reportBad(text: string, at: number, end: number, findings: Findings): void {
  const span = { start: at - 1, end: Math.min(at + 5, end) };
  findings.add(
    "query/bad-escape",
    { escape: `"${text.slice(span.start, span.end)}"`, language: "Lucene" },
    span,
    {
      help: "write \\\\ for a backslash; \\u wants the four hexadecimal digits of a character",
    },
  );
}

/** The pieces of a word with wildcards. Only a word with a single `*` at its end knows `\u`: Lucene reads others raw. */
export function readPieces(text: string, { start, end }: Span, findings: Findings): Piece[] {
  const pieces: Piece[] = [];
  let from = start;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === BACKSLASH) at++;
    else if (unit === 0x2a || unit === 0x3f) {
      if (at > from) pieces.push(literal(text, { start: from, end: at }, at === end - 1, pieces, findings));
      pieces.push(unit === 0x2a ? { any: true } : { one: true });
      from = at + 1;
    }
  }
  if (end > from) pieces.push(literal(text, { start: from, end }, false, pieces, findings));
  return pieces;
}

function literal(
  text: string,
  span: Span,
  last: boolean,
  before: readonly Piece[],
  findings: Findings,
): string {
  const read = unescape(text, span, findings);
  const isPrefix = last && before.length === 0 && text[span.end] === "*";
  return isPrefix ? read : text.slice(span.start, span.end).replaceAll(/\\(.?)/gsu, "$1");
}

/** A word that means `text`. */
export function escapeWord(text: string): string {
  return OPERATORS.has(text) ? `\\${text}` : escapePart(text, true);
}

/** A part of a word that means `text`; `first` says whether the word starts with it. */
export function escapePart(text: string, first: boolean): string {
  let word = "";
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (!needsEscape(text.charCodeAt(at), first && at === 0)) continue;
    word += `${text.slice(from, at)}\\`;
    from = at;
  }
  return word + text.slice(from);
}

/** A text in quotes. */
export function escapePhrase(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** A bound of a range without quotes, which no backslash lets hold a space or a closing bracket. */
export function escapeBound(text: string): string {
  if (text === "TO") return `\\${text}`;
  return text
    .replaceAll(/["\\]/g, String.raw`\$&`)
    .replaceAll(/[\s\]}]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
