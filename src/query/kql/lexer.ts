import { Tokens } from "../core/index.js";

/** Kinds of tokens. Text with escapes or wildcards is told apart, since all other text is taken as it stands. */
export const Kind = {
  end: 0,
  word: 1,
  /** A word with escapes or wildcards. */
  richWord: 2,
  quoted: 3,
  /** A quoted text with backslashes. */
  richQuoted: 4,
  open: 5,
  close: 6,
  openBrace: 7,
  closeBrace: 8,
  colon: 9,
  less: 10,
  lessEqual: 11,
  greater: 12,
  greaterEqual: 13,
  and: 14,
  or: 15,
  not: 16,
  /** A backslash that starts no escape sequence, and the character after it. */
  badEscape: 17,
  /** From a quote to the end of the query. */
  unclosed: 18,
} as const;

export type Kind = (typeof Kind)[keyof typeof Kind];

const PLAIN = 0;
const SPACE = 1;
const SPECIAL = 2;
const STAR = 3;
const BACKSLASH = 4;
const N = 5;

/** What an ASCII character means in a word. */
const CLASSES = new Uint8Array(128);
for (const char of " \t\r\n") CLASSES[char.charCodeAt(0)] = SPACE;
for (const char of '():<>"{}') CLASSES[char.charCodeAt(0)] = SPECIAL;
for (const char of "nN") CLASSES[char.charCodeAt(0)] = N;
CLASSES["*".charCodeAt(0)] = STAR;
CLASSES["\\".charCodeAt(0)] = BACKSLASH;

function classOf(unit: number): number {
  return unit < 128 ? CLASSES[unit]! : unit === 0xa0 ? SPACE : PLAIN;
}

/** What separates tokens: space, tab, line ends and the no-break space; no other space of Unicode. */
export function isSpace(unit: number): boolean {
  return classOf(unit) === SPACE;
}

/** Characters that a backslash makes literal in a word. */
export function isSpecial(unit: number): boolean {
  const found = classOf(unit);
  return found === SPECIAL || found === STAR || found === BACKSLASH;
}

/**
 * Splits a query into tokens. Spaces belong to a word when no keyword follows them: `a: b c` has the word `b c`. So
 * whether `and` is a keyword depends on what stands before it: after a whole operand and a space it is one, anywhere else
 * it starts a word.
 */
export function lex(text: string): Tokens<Kind> {
  const tokens = new Tokens<Kind>();
  let at = 0;
  let afterOperand = false;
  for (;;) {
    const from = at;
    while (at < text.length && isSpace(text.charCodeAt(at))) at++;
    if (at === text.length) break;
    const start = at;
    let kind = signAt(text, at);
    if (kind === undefined && afterOperand && start > from) kind = joinAt(text, at);
    if (kind === undefined && isNot(text, at)) kind = Kind.not;
    if (kind !== undefined) {
      at += LENGTHS[kind]!;
      tokens.push(kind, start, at);
      afterOperand = kind === Kind.close || kind === Kind.closeBrace;
      continue;
    }
    afterOperand = true;
    if (text.charCodeAt(at) === QUOTE) {
      at = pushQuoted(tokens, text, start);
      continue;
    }
    at = pushWord(tokens, text, start);
    if (at > start) continue;
    at = Math.min(start + (text.codePointAt(start + 1)! > 0xffff ? 3 : 2), text.length);
    tokens.push(Kind.badEscape, start, at);
  }
  tokens.push(Kind.end, text.length, text.length);
  return tokens;
}

const QUOTE = '"'.charCodeAt(0);

/** How long the tokens of a fixed text are. */
const LENGTHS: Readonly<Partial<Record<Kind, number>>> = {
  [Kind.open]: 1,
  [Kind.close]: 1,
  [Kind.openBrace]: 1,
  [Kind.closeBrace]: 1,
  [Kind.colon]: 1,
  [Kind.less]: 1,
  [Kind.lessEqual]: 2,
  [Kind.greater]: 1,
  [Kind.greaterEqual]: 2,
  [Kind.and]: 3,
  [Kind.or]: 2,
  [Kind.not]: 3,
};

function signAt(text: string, at: number): Kind | undefined {
  switch (text.charCodeAt(at)) {
    case 0x28:
      return Kind.open;
    case 0x29:
      return Kind.close;
    case 0x7b:
      return Kind.openBrace;
    case 0x7d:
      return Kind.closeBrace;
    case 0x3a:
      return Kind.colon;
    case 0x3c:
      return text.charCodeAt(at + 1) === 0x3d ? Kind.lessEqual : Kind.less;
    case 0x3e:
      return text.charCodeAt(at + 1) === 0x3d ? Kind.greaterEqual : Kind.greater;
    default:
      return undefined;
  }
}

/** `and` or `or`, in any case, with a space after it. */
function joinAt(text: string, at: number): Kind | undefined {
  const first = text.charCodeAt(at) | 0x20;
  const second = text.charCodeAt(at + 1) | 0x20;
  if (first === 0x6f) return second === 0x72 && isSpace(text.charCodeAt(at + 2)) ? Kind.or : undefined;
  if (first !== 0x61 || second !== 0x6e || (text.charCodeAt(at + 2) | 0x20) !== 0x64) return undefined;
  return isSpace(text.charCodeAt(at + 3)) ? Kind.and : undefined;
}

/** `not`, in any case, with a space after it: a keyword wherever it stands, also at the end of a longer word. */
function isNot(text: string, at: number): boolean {
  return (
    (text.charCodeAt(at) | 0x20) === 0x6e &&
    (text.charCodeAt(at + 1) | 0x20) === 0x6f &&
    (text.charCodeAt(at + 2) | 0x20) === 0x74 &&
    isSpace(text.charCodeAt(at + 3))
  );
}

/** Reads a quoted text and gives where it ends. */
function pushQuoted(tokens: Tokens<Kind>, text: string, start: number): number {
  let kind: Kind = Kind.quoted;
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) {
      tokens.push(kind, start, at + 1);
      return at + 1;
    }
    if (unit !== 0x5c) continue;
    kind = Kind.richQuoted;
    at++;
  }
  tokens.push(Kind.unclosed, start, text.length);
  return text.length;
}

/** Reads a word and gives where it ends, spaces after it included; `start` where there is none. */
function pushWord(tokens: Tokens<Kind>, text: string, start: number): number {
  let kind: Kind = Kind.word;
  let at = start;
  /** Behind the last character that is no space. */
  let end = start;
  scan: while (at < text.length) {
    switch (classOf(text.charCodeAt(at))) {
      case PLAIN:
        end = ++at;
        break;
      case SPACE: {
        let behind = at + 1;
        while (behind < text.length && isSpace(text.charCodeAt(behind))) behind++;
        if (joinAt(text, behind) !== undefined) break scan;
        at = behind;
        break;
      }
      case N:
        if (isNot(text, at)) break scan;
        end = ++at;
        break;
      case STAR:
        kind = Kind.richWord;
        end = ++at;
        break;
      case BACKSLASH: {
        const length = escapeLength(text, at);
        if (length === 0) break scan;
        kind = Kind.richWord;
        end = at += length;
        break;
      }
      default:
        break scan;
    }
  }
  if (end > start) tokens.push(kind, start, end);
  return at;
}

/** The length of the escape sequence that a backslash in a word starts, 0 where it starts none. */
export function escapeLength(text: string, at: number): number {
  const unit = text.charCodeAt(at + 1);
  if (isSpecial(unit)) return 2;
  const keyword = keywordLength(text, at + 1);
  if (keyword > 0) return 1 + keyword;
  // Only in lower case: `\N` alone means nothing.
  if (unit === 0x74 || unit === 0x72 || unit === 0x6e) return 2;
  return unit === 0x75 && isHex4(text, at + 2) ? 6 : 0;
}

/** The length of `and`, `or` or `not` in any case. */
export function keywordLength(text: string, at: number): number {
  switch (text.charCodeAt(at) | 0x20) {
    case 0x61:
      return isPair(text, at + 1, 0x6e, 0x64) ? 3 : 0;
    case 0x6e:
      return isPair(text, at + 1, 0x6f, 0x74) ? 3 : 0;
    case 0x6f:
      return (text.charCodeAt(at + 1) | 0x20) === 0x72 ? 2 : 0;
    default:
      return 0;
  }
}

function isPair(text: string, at: number, first: number, second: number): boolean {
  return (text.charCodeAt(at) | 0x20) === first && (text.charCodeAt(at + 1) | 0x20) === second;
}

export function isHex4(text: string, at: number): boolean {
  for (let index = at; index < at + 4; index++) {
    const unit = text.charCodeAt(index);
    const lower = unit | 0x20;
    if (!((unit >= 0x30 && unit <= 0x39) || (lower >= 0x61 && lower <= 0x66))) return false;
  }
  return true;
}
