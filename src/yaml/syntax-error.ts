import { YAMLException } from "js-yaml";
import { type Diagnostic, type OffsetRange, report } from "../diagnostics/index.js";
import { limits } from "./limits.js";
import { lineAt, linesOf } from "./lines.js";
import { unclosedBracket, unclosedQuote } from "./unclosed.js";

/** What js-yaml says of a text that it cannot read. `position` is a UTF-16 offset into the file. */
export interface SyntaxFailure {
  readonly reason: string;
  readonly position: number;
  /** The smallest part of the file, in whole lines, that fails on its own; the cause stands between its start and `position`. */
  readonly part: OffsetRange;
}

/** Reads what was thrown while parsing a part of a file. */
export function toFailure(thrown: unknown, part: OffsetRange): SyntaxFailure {
  if (!(thrown instanceof YAMLException)) return { reason: String(thrown), position: part.start, part };
  return { reason: thrown.reason, position: part.start + (thrown.mark?.position ?? 0), part };
}

/**
 * Turns a failure into a finding about its usual cause. The parser stops where it can go no further, which is often
 * past the mistake (an open quote) or says nothing of it ("bad indentation" for a value that begins with `@`).
 */
export function explainFailure(text: string, file: string, failure: SyntaxFailure): Diagnostic {
  const place = placeOf(text, failure);
  for (const explain of explanations) {
    const diagnostic = explain(place, file);
    if (diagnostic !== undefined) return diagnostic;
  }
  const target = { file, range: characterAt(place) };
  return report("yaml/syntax", { reason: failure.reason }, target);
}

interface Place extends SyntaxFailure {
  readonly text: string;
  readonly lineStart: number;
  readonly lineEnd: number;
  /** The line's text before and from the position. */
  readonly before: string;
  readonly after: string;
}

function placeOf(text: string, failure: SyntaxFailure): Place {
  const { part } = failure;
  // At the end of the part its last line with content is the one to show.
  const atEnd = text.slice(failure.position, part.end).trim() === "";
  const position = atEnd ? text.slice(0, failure.position).trimEnd().length : failure.position;
  const { start: lineStart, end: lineEnd } = lineAt(text, position);
  return {
    ...failure,
    position,
    text,
    lineStart,
    lineEnd,
    before: text.slice(lineStart, position),
    after: text.slice(position, lineEnd),
  };
}

type Explain = (place: Place, file: string) => Diagnostic | undefined;

/** From the surest to the vaguest. */
const explanations: readonly Explain[] = [
  tooDeep,
  controlCharacter,
  tabIndentation,
  badEscape,
  openQuote,
  openBracket,
  specialStart,
  missingComma,
  blockIndicator,
  listOnKeyLine,
  textAfterValue,
  secondColon,
  missingColon,
  indentation,
];

function tooDeep(place: Place, file: string) {
  if (!place.reason.startsWith("nesting exceeded")) return undefined;
  return report("yaml/too-deep", { limit: limits.depth }, { file, range: characterAt(place) });
}

function controlCharacter({ reason, text, position }: Place, file: string) {
  if (!/null byte|non-printable|valid JSON character/.test(reason)) return undefined;
  const code = (text.codePointAt(position) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return report(
    "yaml/control-character",
    { character: `U+${code}` },
    { file, range: { start: position, end: position + 1 } },
  );
}

function tabIndentation({ text, lineStart, lineEnd, position }: Place, file: string) {
  const indentation = /^[ \t]*/.exec(text.slice(lineStart, lineEnd))![0];
  const tab = indentation.indexOf("\t");
  if (tab < 0 || position > lineStart + indentation.length) return undefined;
  const range = { start: lineStart + tab, end: lineStart + indentation.length };
  return report("yaml/tab-indentation", {}, { file, range });
}

function badEscape({ reason, text, position }: Place, file: string) {
  if (!/escape sequence|hexadecimal/.test(reason)) return undefined;
  const start = text.lastIndexOf("\\", position);
  const range = { start, end: position + 1 };
  return report("yaml/bad-escape", { escape: text.slice(range.start, range.end) }, { file, range });
}

function openQuote({ reason, text, position, part }: Place, file: string) {
  if (!/within a (?:single|double) quoted|deficient indentation/.test(reason)) return undefined;
  const start = unclosedQuote(text, part.start, position);
  if (start === undefined) return undefined;
  const quote = text[start] === '"' ? "double quote" : "single quote";
  return report("yaml/unclosed-quote", { quote }, { file, range: { start, end: start + 1 } });
}

function openBracket({ reason, text, position, lineStart, lineEnd, part }: Place, file: string) {
  if (!/within a flow collection|deficient indentation/.test(reason)) return undefined;
  if (/^\s*[\]}]/.test(text.slice(lineStart, lineEnd)))
    return bracketIndentation(text, lineStart, lineEnd, file);
  const start = unclosedBracket(text, part.start, part.end);
  if (start === undefined)
    return reason.startsWith("deficient") ? bracketIndentation(text, lineStart, lineEnd, file) : undefined;
  if (start > position) return undefined;
  return report(
    "yaml/unclosed-bracket",
    { bracket: text[start]! },
    { file, range: { start, end: start + 1 } },
  );
}

function bracketIndentation(text: string, lineStart: number, lineEnd: number, file: string) {
  return report("yaml/bracket-indentation", {}, { file, range: contentOf(text, lineStart, lineEnd) });
}

function missingComma(place: Place, file: string) {
  if (!place.reason.startsWith("missed comma")) return undefined;
  return report("yaml/missing-comma", {}, { file, range: characterAt(place) });
}

/** A value that begins with a character that YAML keeps for itself. */
function specialStart({ reason, before, after, lineStart }: Place, file: string) {
  const start = /^name of an (?:alias|anchor)/.test(reason)
    ? before.length - 1
    : /^(?:[@`%,\]}]|\?\s)/.test(after) && /(?:^|[:\-?])\s+$/.test(before)
      ? before.length
      : // A fragment, `{{> name}}`, which YAML takes for a mapping in a mapping.
        /\{\{\s*>?\s*$/.exec(before)?.index;
  if (start === undefined) return undefined;
  const range = { start: lineStart + start, end: lineStart + start + 1 };
  return report("yaml/unquoted-special", { character: (before + after)[start]! }, { file, range });
}

function blockIndicator({ reason, before, position, lineEnd }: Place, file: string) {
  const indicator = /[|>]/.exec(/[|>][-+\d]*\s*$/.exec(before)?.[0] ?? "")?.[0];
  if (indicator === undefined || !/line break is expected|block scalar|repeat of/.test(reason))
    return undefined;
  const range = { start: position, end: lineEnd };
  return report("yaml/text-after-block-indicator", { indicator }, { file, range });
}

function listOnKeyLine({ before, after, position, lineEnd }: Place, file: string) {
  if (!/^-(?:\s|$)/.test(after) || !/:\s+$/.test(before)) return undefined;
  return report("yaml/list-on-key-line", {}, { file, range: { start: position, end: lineEnd } });
}

function textAfterValue({ before, position, lineEnd, text }: Place, file: string) {
  const closing = /(["'\]}])\s*$/.exec(before)?.[1];
  if (closing === undefined || !new RegExp(`(?:^|[:\\-])\\s*${OPENERS[closing]}`).test(before))
    return undefined;
  const named = { '"': "double quote", "'": "single quote" }[closing] ?? `"${closing}"`;
  const range = { start: position, end: position + text.slice(position, lineEnd).trimEnd().length };
  return report("yaml/text-after-value", { closing: named }, { file, range });
}

const OPENERS: Readonly<Record<string, string>> = { '"': '"', "'": "'", "]": "\\[", "}": "\\{" };

/** `a: b: c` */
function secondColon({ before, after, position }: Place, file: string) {
  if (after[0] !== ":" || !/:\s/.test(before)) return undefined;
  return report("yaml/unquoted-colon", {}, { file, range: { start: position, end: position + 1 } });
}

/** A line that should have been a key with its value and is not. */
function missingColon(place: Place, file: string) {
  const { reason, text } = place;
  if (!/^(?:expected ':'|can not read a block mapping entry)/.test(reason)) return undefined;
  const range = reason.startsWith("can not")
    ? startOfKey(place)
    : contentOf(text, place.lineStart, place.lineEnd);
  const found = text.slice(range.start, range.end);
  const help = /^[\w.-]+:\S/.test(found)
    ? "put a space after the colon"
    : "add a colon and a value, or indent the line if it belongs to the text above";
  const shown = found.length > 40 ? `${found.slice(0, 39)}…` : found;
  return report("yaml/missing-colon", { found: shown }, { file, range }, { help });
}

/** Of a key over several lines, which may be none: the first line below the part's first that is not deeper than it. */
function startOfKey({ text, part, lineStart, lineEnd }: Place): OffsetRange {
  const [first, ...below] = linesOf(text, part);
  const indent = ({ start, end }: OffsetRange) => text.slice(start, end).search(/\S/);
  const line = below.find((line) => indent(line) >= 0 && indent(line) <= indent(first!));
  return line === undefined ? contentOf(text, lineStart, lineEnd) : contentOf(text, line.start, line.end);
}

function indentation({ reason, text, lineStart, lineEnd, after }: Place, file: string) {
  if (!/indentation|end of the stream or a document separator/.test(reason)) return undefined;
  const range = contentOf(text, lineStart, lineEnd);
  const spaces = range.start - lineStart;
  const indented = spaces === 0 ? "not indented" : `indented by ${spaces} space${spaces === 1 ? "" : "s"}`;
  const key = /^["']?([^:"']{1,60})["']?\s*:(?:\s|$)/.exec(text.slice(range.start, range.end))?.[1];
  const what = key === undefined ? (after.startsWith("-") ? "this list entry" : "this line") : `"${key}"`;
  return report("yaml/indentation", { what, indented }, { file, range });
}

/** The line without the space around its content. */
function contentOf(text: string, lineStart: number, lineEnd: number): OffsetRange {
  const line = text.slice(lineStart, lineEnd);
  const start = lineStart + (line.length - line.trimStart().length);
  return { start, end: Math.max(start, lineStart + line.trimEnd().length) };
}

function characterAt({ text, position }: Pick<Place, "text" | "position">): OffsetRange {
  return { start: position, end: Math.min(position + 1, text.length) };
}
