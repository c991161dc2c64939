import { type Findings, Tokens } from "../core/index.js";
import { isBlank, isDigit, isWordUnit } from "./characters.js";
import * as K from "./kinds.js";

const QUOTE = 0x22;
const SLASH = 0x2f;
const BACKSLASH = 0x5c;

/**
 * Splits a query into tokens, after the lexical grammar of Lucene's classic query parser: the longest token counts,
 * and between `[` or `{` and its end the rules are others. What is no token is reported.
 */
export function lex(text: string, findings: Findings): Tokens<K.Kind> {
  return new Lexer(text, findings).lex();
}

class Lexer {
  readonly #tokens = new Tokens<K.Kind>();
  readonly #text: string;
  readonly #findings: Findings;
  #at = 0;

  constructor(text: string, findings: Findings) {
    this.#text = text;
    this.#findings = findings;
  }

  lex(): Tokens<K.Kind> {
    const text = this.#text;
    for (;;) {
      while (isBlank(text.charCodeAt(this.#at))) this.#at++;
      if (this.#at >= text.length) break;
      this.#token(text.charCodeAt(this.#at));
    }
    this.#tokens.push(K.END, text.length, text.length);
    return this.#tokens;
  }

  #push(kind: K.Kind, end: number): void {
    this.#tokens.push(kind, this.#at, end);
    this.#at = end;
  }

  #token(unit: number): void {
    switch (unit) {
      case 0x28:
        return this.#push(K.OPEN, this.#at + 1);
      case 0x29:
        return this.#push(K.CLOSE, this.#at + 1);
      case 0x3a:
        return this.#push(K.COLON, this.#at + 1);
      case 0x21:
        return this.#sign(K.NOT);
      case 0x2b:
        return this.#sign(K.PLUS);
      case 0x2d:
        return this.#sign(K.MINUS);
      case QUOTE:
        return this.#phrase();
      case SLASH:
        return this.#regexp();
      case 0x7e:
        return this.#push(K.TILDE, this.#number(this.#at + 1));
      case 0x5e:
        return this.#boost();
      case 0x5b:
      case 0x7b:
        this.#push(K.RANGE_OPEN, this.#at + 1);
        return this.#range();
      case 0x5d:
      case 0x7d:
        return this.#badCharacter();
      default:
        return this.#word();
    }
  }

  /** A sign before a blank is a text of its own, and no operator. */
  #sign(kind: typeof K.MINUS | typeof K.NOT | typeof K.PLUS): void {
    this.#push(isBlank(this.#text.charCodeAt(this.#at + 1)) ? K.SIGN : kind, this.#at + 1);
  }

  #phrase(): void {
    const text = this.#text;
    let end = this.#at + 1;
    while (end < text.length && text.charCodeAt(end) !== QUOTE)
      end += text.charCodeAt(end) === BACKSLASH ? 2 : 1;
    if (end >= text.length) {
      end = text.length;
      this.#findings.add("query/unclosed-text", { what: "phrase" }, { start: this.#at, end });
    } else end++;
    this.#push(K.PHRASE, end);
  }

  /** Ends at the next slash that has no backslash before it; where there is none, at the last slash of all. */
  #regexp(): void {
    const text = this.#text;
    let close = text.indexOf("/", this.#at + 1);
    for (let next = close; next >= 0; next = text.indexOf("/", next + 1)) {
      close = next;
      if (text.charCodeAt(next - 1) !== BACKSLASH) break;
    }
    if (close >= 0) return this.#push(K.REGEXP, close + 1);
    const start = this.#at++;
    const end = Math.max(this.#wordEnd(), start + 1);
    this.#findings.add("lucene/unclosed-regexp", {}, { start, end });
    this.#at = start;
    this.#push(K.BAD, end);
  }

  /** `2`, `0.5`; where there is no number, `from` comes back. */
  #number(from: number): number {
    const end = this.#digits(from);
    if (end === from || this.#text.charCodeAt(end) !== 0x2e) return end;
    const last = this.#digits(end + 1);
    return last === end + 1 ? end : last;
  }

  #digits(from: number): number {
    let end = from;
    while (isDigit(this.#text.charCodeAt(end))) end++;
    return end;
  }

  #boost(): void {
    const start = this.#at;
    let from = start + 1;
    while (isBlank(this.#text.charCodeAt(from))) from++;
    const end = this.#number(from);
    if (end > from) return this.#push(K.BOOST, end);
    this.#at++;
    const wrong = Math.max(this.#wordEnd(), start + 1);
    this.#findings.add("lucene/bad-boost", {}, { start, end: wrong });
    this.#at = start;
    this.#push(K.BOOST, wrong);
  }

  #badCharacter(): void {
    const { start, end } = { start: this.#at, end: this.#at + 1 };
    const sign = this.#text[start]!;
    this.#findings.add(
      "query/bad-character",
      { character: `"${sign}"` },
      { start, end },
      {
        help: `no range is open here; where the sign belongs to the text, write \\${sign} or put the text in quotes`,
      },
    );
    this.#push(K.BAD, end);
  }

  #word(): void {
    const { start, end } = { start: this.#at, end: this.#wordEnd() };
    const length = end - start;
    const first = this.#text.charCodeAt(start);
    if (length === 1 && first === 0x2a) return this.#push(K.STAR, end);
    if (length === 2 || length === 3) {
      const word = this.#text.slice(start, end);
      if (word === "AND" || word === "&&") return this.#push(K.AND, end);
      if (word === "OR" || word === "||") return this.#push(K.OR, end);
      if (word === "NOT") return this.#push(K.NOT, end);
    }
    this.#push(this.#wild ? K.WILDCARD : K.TERM, end);
  }

  #wild = false;

  /** Where the word that starts here ends, with its escapes; sets whether it has wildcards. */
  #wordEnd(): number {
    const text = this.#text;
    this.#wild = false;
    let end = this.#at;
    for (; end < text.length; end++) {
      const unit = text.charCodeAt(end);
      if (isWordUnit(unit)) continue;
      if (unit === 0x2a || unit === 0x3f) this.#wild = true;
      else if (unit !== BACKSLASH) break;
      else if (++end === text.length) {
        this.#findings.add("lucene/lone-backslash", {}, { start: end - 1, end });
        return end;
      }
    }
    return end;
  }

  /** The tokens of a range, up to the bracket that closes it. */
  #range(): void {
    const text = this.#text;
    for (;;) {
      while (isBlank(text.charCodeAt(this.#at))) this.#at++;
      const unit = text.charCodeAt(this.#at);
      if (this.#at >= text.length) return;
      if (unit === 0x5d || unit === 0x7d) return this.#push(K.RANGE_CLOSE, this.#at + 1);
      this.#bound(unit);
    }
  }

  /** A bound ends at a space or at the closing bracket alone; other blanks belong to it, which nobody means. */
  #bound(first: number): void {
    const text = this.#text;
    const start = this.#at;
    let end = start;
    let blank = -1;
    for (; end < text.length; end++) {
      const unit = text.charCodeAt(end);
      if (unit === 0x20 || unit === 0x5d || unit === 0x7d) break;
      if (blank < 0 && isBlank(unit)) blank = end;
    }
    const quoted = first === QUOTE ? this.#quotedBoundEnd() : -1;
    if (quoted >= end) return this.#push(K.QUOTED_BOUND, quoted);
    if (blank >= 0) {
      this.#findings.add("lucene/blank-in-range", {}, { start: blank, end: blank + 1 });
      end = blank;
    }
    this.#push(text.slice(start, end) === "TO" ? K.TO : K.BOUND, end);
  }

  /** The end of a bound in quotes, which has one character at least; -1 where it is not closed. */
  #quotedBoundEnd(): number {
    const text = this.#text;
    let close = -1;
    if (text.charCodeAt(this.#at + 1) === QUOTE) return close;
    for (let next = text.indexOf('"', this.#at + 2); next >= 0; next = text.indexOf('"', next + 1)) {
      close = next + 1;
      if (text.charCodeAt(next - 1) !== BACKSLASH) break;
    }
    return close;
  }
}
