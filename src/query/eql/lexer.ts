import { type Findings, quoted, Tokens } from "../core/index.js";
import { K, type Kind, KEYWORDS, LONGEST_KEYWORD, TILDE_KEYWORDS } from "./kinds.js";
import { escapeEnd, explainEscape } from "./escapes.js";

const LETTER = 1;
const DIGIT = 2;
const NAME = 4;
const BLANK = 8;
/** Signs that a token, a text or a comment begins with. */
const SIGN = 16;

/** What each ASCII character may be part of. */
const CLASS = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z]/.test(character)) CLASS[code] = LETTER | NAME;
  else if (/\d/.test(character)) CLASS[code] = DIGIT | NAME;
  else if (character === "_") CLASS[code] = NAME;
  else if (" \t\r\n".includes(character)) CLASS[code] = BLANK;
  else if ("\"'`/.?=!<>|&@+-*%,()[]:".includes(character)) CLASS[code] = SIGN;
}

const SINGLE: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ["+", K.plus],
  ["-", K.minus],
  ["*", K.star],
  ["%", K.percent],
  [",", K.comma],
  ["(", K.openParen],
  [")", K.closeParen],
  ["[", K.openBracket],
  ["]", K.closeBracket],
  [":", K.colon],
]);

/** Tokens that are one character, whatever follows; 0 is no kind that a lexer finds. */
const SINGLE_KIND = new Uint8Array(128);
for (const [character, kind] of SINGLE) SINGLE_KIND[character.charCodeAt(0)] = kind;

/** Quotes of word processors: what opens a text, and what may close it. */
const CURLY_QUOTES: ReadonlyMap<string, string> = new Map([
  ["\u201c", "\u201c\u201d"],
  ["\u201d", "\u201c\u201d"],
  ["\u201e", "\u201c\u201d"],
  ["\u2018", "\u2018\u2019"],
  ["\u2019", "\u2018\u2019"],
]);

interface Lexed {
  readonly tokens: Tokens<Kind>;
  /** Where a text, name or comment starts that is not closed: what follows on its line belongs to it. */
  readonly unclosed: number | undefined;
}

/** Divides a query into tokens. What is no token is reported and left out, or read as what it was meant to be. */
export function tokenize(text: string, findings: Findings): Lexed {
  const lexer = new Lexer(text, findings);
  lexer.run();
  return lexer;
}

class Lexer implements Lexed {
  readonly tokens = new Tokens<Kind>();
  unclosed: number | undefined;
  readonly #text: string;
  readonly #findings: Findings;
  #at = 0;

  constructor(text: string, findings: Findings) {
    this.#text = text;
    this.#findings = findings;
  }

  run(): void {
    const text = this.#text;
    const length = text.length;
    while (this.#at < length) {
      const at = this.#at;
      const code = text.charCodeAt(at);
      const kind = code < 128 ? CLASS[code]! : 0;
      if (kind === BLANK) this.#at++;
      else if ((kind & DIGIT) !== 0) this.#number();
      else if ((kind & NAME) !== 0 || code === 0x40 /* @ */) this.#word();
      else if (code < 128 && SINGLE_KIND[code] !== 0) this.#push(SINGLE_KIND[code] as Kind, at + 1);
      else this.#sign(code);
    }
    this.tokens.push(K.end, length, length);
  }

  #push(kind: Kind, end: number): void {
    this.tokens.push(kind, this.#at, end);
    this.#at = end;
  }

  /** `name`, a keyword, or `name~` */
  #word(): void {
    const text = this.#text;
    const start = this.#at;
    let end = start + 1;
    while ((CLASS[text.charCodeAt(end)]! & NAME) !== 0) end++;
    if (text.charCodeAt(end) === 0x7e /* ~ */ && (CLASS[text.charCodeAt(start)]! & LETTER) !== 0) {
      end++;
      this.#push(TILDE_KEYWORDS.get(text.slice(start, end)) ?? K.tildeIdentifier, end);
    } else {
      const length = end - start;
      const keyword =
        length <= LONGEST_KEYWORD && length > 1 ? KEYWORDS.get(text.slice(start, end)) : undefined;
      this.#push(keyword ?? K.identifier, end);
    }
  }

  /** `1`, `1.`, `1.5`, `.5`, `1e3` */
  #number(): void {
    const text = this.#text;
    const point = this.#digits(this.#at);
    let end = point;
    if (text.charCodeAt(point) === 0x2e /* . */) end = this.#digits(point + 1);
    let decimal = end > point;
    const letter = text.charCodeAt(end);
    if (letter === 0x65 /* e */ || letter === 0x45 /* E */) {
      const sign = text.charCodeAt(end + 1);
      const from = sign === 0x2b || sign === 0x2d ? end + 2 : end + 1;
      const exponent = this.#digits(from);
      if (exponent > from) {
        end = exponent;
        decimal = true;
      }
    }
    this.#push(decimal ? K.decimal : K.integer, end);
  }

  #digits(from: number): number {
    let at = from;
    while ((CLASS[this.#text.charCodeAt(at)]! & DIGIT) !== 0) at++;
    return at;
  }

  #sign(code: number): void {
    const at = this.#at;
    const next = this.#text.charCodeAt(at + 1);
    const isDouble = next === 0x3d; /* = */
    switch (code) {
      case 0x22 /* " */:
        if (next === 0x22 && this.#text.charCodeAt(at + 2) === 0x22) this.#rawText();
        else this.#quoted(at + 1, 0x22, K.text, K.escapedText);
        return;
      case 0x27 /* ' */:
        this.#quoted(at + 1, 0x27, K.text, K.escapedText);
        this.#findings.add("eql/wrong-quotes", { quotes: "single quotes" }, { start: at, end: this.#at });
        return;
      case 0x60 /* ` */:
        this.#quotedName();
        return;
      case 0x2f /* / */:
        if (next === 0x2f) this.#lineComment();
        else if (next === 0x2a /* * */) this.#comment();
        else this.#push(K.slash, at + 1);
        return;
      case 0x2e /* . */:
        if ((CLASS[next]! & DIGIT) !== 0) this.#number();
        else this.#push(K.dot, at + 1);
        return;
      case 0x3f /* ? */:
        if (next === 0x22 || next === 0x27) {
          this.#quoted(at + 2, next, K.oldRawText, K.oldRawText);
          this.#findings.add("eql/old-raw-text", {}, { start: at, end: this.#at });
        } else this.#push(K.optional, at + 1);
        return;
      case 0x3d /* = */:
        if (isDouble && this.#text.charCodeAt(at + 2) === 0x3d) this.#foreign(3, "==", K.equal);
        else if (isDouble) this.#push(K.equal, at + 2);
        else if (next === 0x7e /* ~ */) this.#foreign(2, ":", K.equal);
        else this.#push(K.assign, at + 1);
        return;
      case 0x21 /* ! */:
        if (isDouble) this.#push(K.notEqual, at + 2);
        else if (next === 0x5b /* [ */) this.#push(K.openMissing, at + 2);
        else if (next === 0x3a /* : */) this.#foreign(2, 'not" before the condition and ":', K.colon);
        else this.#foreign(1, "not", K.not);
        return;
      case 0x3c /* < */:
        if (next === 0x3e /* > */) this.#foreign(2, "!=", K.notEqual);
        else this.#push(isDouble ? K.lessEqual : K.less, isDouble ? at + 2 : at + 1);
        return;
      case 0x3e /* > */:
        this.#push(isDouble ? K.greaterEqual : K.greater, isDouble ? at + 2 : at + 1);
        return;
      case 0x7c /* | */:
        if (next === 0x7c) this.#foreign(2, "or", K.or);
        else this.#push(K.pipe, at + 1);
        return;
      case 0x26 /* & */:
        this.#foreign(next === 0x26 ? 2 : 1, "and", K.and);
        return;
      default:
        this.#other();
    }
  }

  /** An operator of another language, read as the one that is meant. */
  #foreign(length: number, meant: string, kind: Kind): void {
    const start = this.#at;
    this.#push(kind, start + length);
    const found = this.#text.slice(start, start + length);
    this.#findings.add(
      "eql/foreign-operator",
      { found },
      { start, end: start + length },
      { help: `write "${meant}"` },
    );
  }

  /** Text in quotes that ends on its line. Escapes are read here to be refused; the parser decodes them. */
  #quoted(from: number, quote: number, plain: Kind, escaped: Kind): void {
    const text = this.#text;
    const start = this.#at;
    const raw = plain === K.oldRawText;
    let bad: number | undefined;
    let kind = plain;
    let at = from;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === quote) {
        this.#push(kind, at + 1);
        break;
      }
      if (at >= text.length || code === 0x0a || code === 0x0d) {
        this.#unclosed("text", at, kind);
        return;
      }
      if (code !== 0x5c /* \ */) at++;
      else if (raw) at += text.charCodeAt(at + 1) === quote ? 2 : 1;
      else {
        kind = escaped;
        const end = escapeEnd(text, at);
        if (end < 0 && bad === undefined) bad = at;
        at = Math.abs(end);
      }
    }
    if (bad !== undefined) {
      // Where it is no escape at all Elasticsearch gives up at the opening quote; the range reaches to the escape.
      const { escape, help, isCode } = explainEscape(text, bad);
      const span = { start: isCode ? bad : start, end: bad + escape.length };
      this.#findings.add("query/bad-escape", { escape, language: "EQL" }, span, { help });
    }
  }

  /** `"""…"""`: no escapes, on one line; up to two quotes right before the closing ones belong to the text. */
  #rawText(): void {
    const text = this.#text;
    let at = this.#at + 3;
    let quotes = 0;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x0a || code === 0x0d) break;
      quotes = code === 0x22 ? quotes + 1 : 0;
      if (quotes < 3) continue;
      at++;
      for (let more = 0; more < 2 && text.charCodeAt(at) === 0x22; more++) at++;
      this.#push(K.rawText, at);
      return;
    }
    this.#unclosed("text in three quotes", at, K.oldRawText);
  }

  /**
   * A name in backticks; two of them stand for one that belongs to the name. Where the name is not closed behind such a
   * pair, it ends with the first of the two.
   */
  #quotedName(): void {
    const text = this.#text;
    let at = this.#at + 1;
    let pair = -1;
    for (;;) {
      at = text.indexOf("`", at);
      if (at < 0) break;
      at++;
      if (text.charCodeAt(at) !== 0x60) {
        this.#push(K.quotedIdentifier, at);
        return;
      }
      pair = at;
      at++;
    }
    if (pair >= 0) this.#push(K.quotedIdentifier, pair);
    else this.#unclosed("name in backticks", this.#lineEnd(), K.quotedIdentifier);
  }

  #unclosed(what: string, end: number, kind: Kind): void {
    const start = this.#at;
    this.unclosed ??= start;
    this.#push(kind, end);
    this.#findings.add("query/unclosed-text", { what }, { start, end });
  }

  #lineEnd(): number {
    const end = this.#text.indexOf("\n", this.#at);
    return end < 0 ? this.#text.length : end;
  }

  #lineComment(): void {
    this.#at = this.#lineEnd();
  }

  /**
   * A comment may hold others. Where one that is opened in it is not closed, as by a path such as `/etc/*`, it ends with
   * the last closing sign there is: Elasticsearch's lexer takes the longest comment that it can make out.
   */
  #comment(): void {
    const text = this.#text;
    const start = this.#at;
    let depth = 1;
    let lastEnd = -1;
    let at = start + 2;
    for (; at < text.length && depth > 0; at++) {
      const code = text.charCodeAt(at);
      const next = text.charCodeAt(at + 1);
      if (code === 0x2a /* * */ && next === 0x2f /* / */) {
        depth--;
        lastEnd = ++at + 1;
      } else if (code === 0x2f && next === 0x2a) {
        depth++;
        at++;
      }
    }
    if (lastEnd >= 0) {
      this.#at = lastEnd;
      if (depth > 0) this.#findings.add("eql/comment-in-comment", {}, { start, end: lastEnd });
      return;
    }
    this.unclosed ??= start;
    this.#at = text.length;
    this.#findings.add("query/unclosed-text", { what: "comment" }, { start, end: text.length });
  }

  /** What no token begins with. A run of such characters is one finding. */
  #other(): void {
    const text = this.#text;
    const start = this.#at;
    const closing = CURLY_QUOTES.get(text.charAt(start));
    if (closing !== undefined && this.#curlyText(closing)) return;
    let end = start;
    while (
      end < text.length &&
      isForeign(text.charCodeAt(end)) &&
      (end === start || !CURLY_QUOTES.has(text[end]!))
    )
      end++;
    this.#at = end;
    const found = String.fromCodePoint(text.codePointAt(start)!);
    this.#findings.add("query/bad-character", { character: quoted(found) }, { start, end }, adviceOn(found));
  }

  #curlyText(closing: string): boolean {
    const text = this.#text;
    const start = this.#at;
    for (let at = start + 1; at < text.length && text.charCodeAt(at) !== 0x0a; at++) {
      if (!closing.includes(text[at]!)) continue;
      this.#push(K.text, at + 1);
      this.#findings.add("eql/wrong-quotes", { quotes: "curly ones" }, { start, end: at + 1 });
      return true;
    }
    return false;
  }
}

/** Whether no token begins with the character, and no text, name or comment. */
function isForeign(code: number): boolean {
  return code >= 128 || CLASS[code] === 0;
}

function adviceOn(character: string): { help?: string } {
  if (/^\s$|^[\u200b\ufeff]$/u.test(character))
    return { help: "this is a special space: write an ordinary one" };
  if (/^\p{L}$/u.test(character)) return { help: "names with other letters than a to z stand in backticks" };
  return {};
}
