/** What people most likely meant where a query stops being KQL. Each function gives a sentence for the finding. */
import { quoted, type Span } from "../core/index.js";
import { Kind } from "./lexer.js";
import { ADVICE, languageOf, MEANING } from "./operators.js";

/** Where an operand was expected: a whole condition, a value behind a colon or in a group, or behind `<` or `>`. */
export type Place = "condition" | "range" | "value";

const QUOTE_IT = 'put a value with such characters in quotes: "a:b"';

/** Where a field or a value was expected, and the token is none. */
export function adviceAtOperand(text: string, kind: Kind, start: number, place: Place): string | undefined {
  switch (kind) {
    case Kind.end:
      return atEnd(text, place);
    case Kind.not:
      return atNot(text, start, place);
    case Kind.less:
    case Kind.lessEqual:
    case Kind.greater:
    case Kind.greaterEqual:
      return place === "condition"
        ? "a range starts with its field: bytes > 1000"
        : "write a range without a colon: bytes > 1000";
    case Kind.open:
      return place === "range"
        ? "a range takes one value; join two ranges with and: a > 1 and a < 5"
        : undefined;
    case Kind.openBrace:
      return place === "value"
        ? "braces follow the path of a nested field at once: path: { field: value }"
        : undefined;
    case Kind.colon:
      return place === "condition" ? "a colon follows a field: field: value" : QUOTE_IT;
    case Kind.close:
    case Kind.closeBrace:
      return place === "condition" ? undefined : "write the value, or field: * for any value";
    default:
      return undefined;
  }
}

function atEnd(text: string, place: Place): string | undefined {
  if (place !== "condition") return "write the value, or field: * for any value";
  const keyword = /(?:^|\s)(and|or|not)\s+$/i.exec(text.slice(-40))?.[1];
  return keyword === undefined ? undefined : `write a condition behind "${keyword}", or take it out`;
}

function atNot(text: string, start: number, place: Place): string {
  if (/(?:^|[\s(])not\s+$/i.test(text.slice(Math.max(0, start - 40), start))) {
    return 'KQL has no double "not": take both out, or write not (not a: b)';
  }
  return place === "value"
    ? 'put "not" before the field: not a: b, or into a group: a: (not b)'
    : 'take "not" out';
}

/** A whole operand was read (`last` is its last word or text), and `next`, of this kind, cannot follow it. */
export function adviceBehind(text: string, kind: Kind, last: Span, next: Span): string | undefined {
  const word = text.slice(last.start, last.end);
  const spelt = text.slice(next.start, next.end);
  return (
    ofOtherLanguage(text) ?? ofOperator(word, kind) ?? ofNext(word, kind, last.end === next.start, spelt)
  );
}

function ofOtherLanguage(text: string): string | undefined {
  const language = languageOf(text);
  return language === undefined ? undefined : `this looks like ${language}: ${ADVICE[language]}`;
}

/** The operand ends in, or has in it, an operator of another language, which was read as text. */
function ofOperator(word: string, kind: Kind): string | undefined {
  const found = /(?:^|\s)(==?|!=?|:=|<>|&&|\|\||in~?|like~?|contains|matches|is)(?:\s|$)/i.exec(word)?.[1];
  const operator = found?.toLowerCase() ?? "";
  if (operator.startsWith("in") && kind !== Kind.open) return undefined;
  return MEANING[operator];
}

function ofNext(word: string, kind: Kind, adjacent: boolean, spelt: string): string | undefined {
  const isWord = kind === Kind.word || kind === Kind.richWord;
  if (kind === Kind.colon) return ofColon(word);
  if (kind === Kind.not) {
    return adjacent
      ? '"not" before a space ends a value, even inside a word: put the value in quotes'
      : 'join conditions: write "and" before "not"';
  }
  if (kind === Kind.open) return ofBracket(word);
  if (kind === Kind.close || kind === Kind.closeBrace)
    return `there is no bracket that this ${quoted(spelt)} closes`;
  if (kind === Kind.openBrace) return "braces follow a path and a colon: path: { field: value }";
  if (kind === Kind.quoted || kind === Kind.richQuoted || kind === Kind.unclosed) {
    return word.startsWith('"')
      ? 'join two values: field: ("a" or "b"); a quote inside of quotes is written \\"'
      : 'join the two with "and" or "or", or put the whole value in quotes';
  }
  if (isWord) return ofWord(spelt);
  return "write one condition for each end of a range: a > 1 and a < 5";
}

/** `a: b c: d`, `a: b:c` */
function ofColon(word: string): string {
  const space = /[\s\u00a0]/.test(word) ? /[^\s\u00a0]+$/.exec(word)?.[0] : undefined;
  return space === undefined
    ? `put a value with a colon in quotes, or escape the colon: ${quoted(`${word}:…`)}`
    : `spaces belong to a value without quotes: put "and" or "or" before ${quoted(space)}`;
}

/** `and(`, `not(`, `f(` */
function ofBracket(word: string): string {
  const name = /[^\s"]+$/.exec(word)?.[0] ?? "";
  if (/^(?:and|or|not)$/i.test(name)) return `put a space behind "${name}"`;
  if (/^\w+~?$/.test(word) && /[a-z][A-Z]|^(?:wildcard|match|length|concat)/.test(word))
    return "KQL has no functions";
  return 'write "and" or "or" before the bracket, or put the value in quotes';
}

/** What follows a quoted text or a closing bracket. */
function ofWord(spelt: string): string {
  if (/^(?:and|or)$/i.test(spelt)) return `write a condition behind "${spelt}", or take it out`;
  const operator = /^(?:&&|\|\||!=|==?)/.exec(spelt)?.[0];
  const meaning = MEANING[operator ?? ""];
  if (meaning !== undefined) return meaning;
  if (spelt.startsWith("|")) return "KQL has no pipes";
  if (spelt.startsWith(",")) return 'join values with "or": field: ("a" or "b")';
  if (/^[~^]\d/.test(spelt)) return "KQL has neither slop nor boosts: take it out";
  return 'join the two with "and" or "or"';
}
