import { Findings, isTooLong, Parser, type Parsed, type Span, quoted } from "../core/index.js";
import type {
  Bound,
  Clause,
  FieldName,
  Group,
  Leaf,
  Node,
  Query,
  RangeTest,
  Sign,
  Unreadable,
  Word,
} from "./ast.js";
import { readPieces, unescape } from "./escapes.js";
import * as K from "./kinds.js";
import { lex } from "./lexer.js";
import { occursOf } from "./occur.js";
import { checkRegexp } from "./regexp.js";

/** Reads a query in Lucene's classic syntax, as Elasticsearch's `query_string` takes it. */
export function parse(text: string): Parsed<Query> {
  const findings = new Findings();
  if (isTooLong(text, findings)) {
    const span = { start: 0, end: text.length };
    const ast: Query = { kind: "query", clauses: [clauseOf({ kind: "error", ...span })], ...span };
    return { ast, diagnostics: findings.all };
  }
  const ast = new LuceneParser(text, lex(text, findings), findings).query();
  return { ast, diagnostics: findings.all };
}

const clauseOf = (node: Node): Clause => ({
  conjunction: undefined,
  modifier: undefined,
  occur: "should",
  node,
  start: node.start,
  end: node.end,
});

/** After one of these a word does not join the words before it. */
const NOT_AFTER_WORDS: ReadonlySet<K.Kind> = new Set<K.Kind>([
  K.COLON, K.STAR, K.TILDE, K.BOOST, K.AND, K.OR,
]); // prettier-ignore

const SYNC: ReadonlySet<K.Kind> = new Set<K.Kind>([K.CLOSE, K.AND, K.OR]);
/** What starts no condition, so that it is reported by itself. */
const NO_CONDITION: ReadonlySet<K.Kind> = new Set<K.Kind>([
  K.AND, K.OR, K.BAD, K.COLON, K.TILDE, K.BOOST,
]); // prettier-ignore

const isSync = (kind: K.Kind): boolean => SYNC.has(kind);

class LuceneParser extends Parser<K.Kind> {
  #gaveUp = false;
  /** Those that were reported: one finding a kind is enough. */
  readonly #oddCharacters = new Set<string>();

  /** query := clauses */
  query(): Query {
    const clauses = this.#clauses();
    while (this.kind === K.CLOSE) {
      this.findings.add(
        "query/syntax",
        { expected: "a condition or the end of the query", found: '")"' },
        this.span,
        {
          help: "no bracket is open here: take it out, or write \\) where it belongs to the text",
        },
      );
      this.advance();
      for (const clause of this.#clauses()) clauses.push(clause);
    }
    if (clauses.length === 0) this.findings.add("lucene/empty", {}, { start: 0, end: this.text.length });
    return { kind: "query", clauses, start: 0, end: this.text.length };
  }

  /** clauses := (words | clause) (words | conjunction? clause)* */
  #clauses(): Clause[] {
    const read: Omit<Clause, "occur">[] = [];
    while (this.kind !== K.CLOSE && this.kind !== K.END) {
      const before = read.at(-1);
      if (before !== undefined && before.node.kind !== "error") this.#checkGlued(before);
      const start = this.start;
      if (this.#isWords()) {
        const node = this.#words();
        read.push({ conjunction: undefined, modifier: undefined, node, start, end: node.end });
        continue;
      }
      const conjunction = this.#conjunction(before !== undefined);
      const modifier = this.#modifier();
      const node = this.recover<Node>(
        () => this.#clause(),
        isSync,
        (span) => this.#unread(span),
      );
      read.push({ conjunction, modifier, node, start, end: node.end });
    }
    const occurs = occursOf(read, "OR");
    return read.map((clause, index) => ({ ...clause, occur: occurs[index]! }));
  }

  /** Past the deepest level nothing more is read, so that one finding is all that is said. */
  #unread(span: Span): Unreadable {
    if (this.findings.all.at(-1)?.code === "query/too-deep") {
      this.#gaveUp = true;
      while (this.kind !== K.END) this.advance();
    }
    return { kind: "error", ...span };
  }

  /** conjunction := "AND" | "&&" | "OR" | "||" */
  #conjunction(hasBefore: boolean): Clause["conjunction"] {
    let found: Clause["conjunction"];
    for (let side = hasBefore ? "" : "before"; this.kind === K.AND || this.kind === K.OR; side = "") {
      found = this.kind === K.AND ? "and" : "or";
      const { span, word: operator } = this;
      this.advance();
      if (this.#endsLevel() || this.kind === K.AND || this.kind === K.OR) side ||= "after";
      if (side !== "") this.findings.add("lucene/misplaced-operator", { operator, side }, span);
    }
    return hasBefore ? found : undefined;
  }

  #endsLevel(): boolean {
    return this.kind === K.END || this.kind === K.CLOSE;
  }

  /** modifier := "+" | "-" | "!" | "NOT" */
  #modifier(): Clause["modifier"] {
    const { kind, span, word: operator } = this;
    if (kind !== K.PLUS && kind !== K.MINUS && kind !== K.NOT) return undefined;
    this.advance();
    if (this.#endsLevel()) this.findings.add("lucene/misplaced-operator", { operator, side: "after" }, span);
    return kind === K.PLUS ? "+" : kind === K.MINUS ? "-" : "NOT";
  }

  /** clause := ((term | "*") ":")? (group | atom) */
  #clause(): Node {
    const { start } = this;
    // What is missing at the end has been reported with the operator that wants it.
    if (this.#endsLevel()) return { kind: "error", start: this.lastEnd, end: this.lastEnd };
    const field = this.#field();
    if (this.kind === K.OPEN) return this.#group(field, start);
    const atom = this.#atom(field, start);
    if (this.kind === K.COLON) this.#strayColon(atom);
    return atom;
  }

  #field(): FieldName | undefined {
    if (this.peek(1) !== K.COLON) return undefined;
    const { kind, span } = this;
    if (kind === K.WILDCARD)
      this.findings.add("lucene/field-wildcard", {}, span, { help: this.#escapedName() });
    else if (kind !== K.TERM && kind !== K.STAR) return undefined;
    const name = unescape(this.text, span, this.findings);
    this.advance();
    this.advance();
    return { name, ...span };
  }

  #escapedName(): string {
    return `write ${this.word.replaceAll(/\\?[*?]/g, (sign) => `\\${sign.at(-1)!}`)}`;
  }

  /** group := "(" clauses ")" boost? */
  #group(field: FieldName | undefined, start: number): Group | Unreadable {
    return this.nested(() => {
      const open = this.span;
      this.advance();
      const clauses = this.#clauses();
      if (this.kind === K.CLOSE) {
        if (clauses.length === 0) this.#empty();
        this.advance();
      } else this.#unclosed(open);
      const boost = this.#boost();
      return { kind: "group", field, clauses, boost, start, end: this.lastEnd };
    });
  }

  /** The bracket that closes is read, so that it is not reported a second time. */
  #empty(): void {
    const params = { expected: "a condition between the brackets", found: this.found() };
    this.findings.add("query/syntax", params, this.span);
  }

  #unclosed(open: Span): void {
    if (this.#gaveUp) return;
    const behind = quoted(this.text.slice(open.start, open.start + 30));
    this.findings.add("query/unclosed-bracket", { expected: '")"', found: this.found() }, this.span, {
      help: `the bracket at the start of ${behind} is not closed`,
    });
  }

  /** Whether two words or more follow that are looked for together. */
  #isWords(): boolean {
    return this.kind === K.TERM && this.peek(1) === K.TERM && !NOT_AFTER_WORDS.has(this.peek(2));
  }

  /** words := term+, as long as no word has a field, an operator or a number that is its own */
  #words(): Leaf {
    const { start } = this;
    const words: Word[] = [this.#term()];
    while (this.kind === K.TERM && !NOT_AFTER_WORDS.has(this.peek(1))) words.push(this.#term());
    return {
      kind: "term",
      field: undefined,
      words,
      tilde: undefined,
      boost: undefined,
      start,
      end: this.lastEnd,
    };
  }

  #term(): Word {
    const { span } = this;
    this.#checkCharacters();
    const text = unescape(this.text, span, this.findings);
    this.advance();
    return { text, ...span };
  }

  /** atom := (term | wildcard | phrase | regexp | sign) (tilde boost? | boost tilde?)? | range boost? */
  #atom(field: FieldName | undefined, start: number): Leaf | Unreadable {
    const { kind, span, text } = this;
    switch (kind) {
      case K.TERM:
        return { kind: "term", field, words: [this.#term()], ...this.#suffixes(start, "a term") };
      case K.STAR:
      case K.WILDCARD: {
        const pieces = readPieces(text, span, this.findings);
        this.#checkCharacters();
        this.advance();
        return { kind: "wildcard", field, pieces, ...this.#suffixes(start, "a wildcard") };
      }
      case K.PHRASE: {
        const close = text[span.end - 1] === '"' && span.end - 1 > span.start ? span.end - 1 : span.end;
        const phrase = unescape(text, { start: span.start + 1, end: close }, this.findings);
        this.advance();
        return { kind: "phrase", field, text: phrase, ...this.#suffixes(start, "a phrase") };
      }
      case K.REGEXP: {
        const pattern = text.slice(span.start + 1, span.end - 1);
        checkRegexp(pattern, span.start + 1, this.findings);
        this.advance();
        return { kind: "regexp", field, pattern, ...this.#suffixes(start, "a regular expression") };
      }
      case K.SIGN: {
        const sign = this.word as Sign["sign"];
        this.advance();
        return { kind: "sign", field, sign, ...this.#suffixes(start, "a term") };
      }
      case K.RANGE_OPEN:
        return this.#range(field, start);
      case K.BAD:
        this.advance();
        return { kind: "error", start, end: this.lastEnd };
      default:
        return this.#missing(field);
    }
  }

  /** What stands where a condition has to: says what is missing before it. */
  #missing(field: FieldName | undefined): never {
    if (field !== undefined) {
      const isSigned = this.kind === K.MINUS || this.kind === K.PLUS || this.kind === K.NOT;
      return this.unexpected([`a value for the field ${quoted(field.name)}`], {
        help: isSigned
          ? `where the sign belongs to the value, write ${field.name}:\\${this.word[0]!}… or use quotes; an operator stands before the field`
          : `to ask whether the field has any value, write ${field.name}:*`,
      });
    }
    switch (this.kind) {
      case K.TILDE:
      case K.BOOST:
        return this.unexpected(["a condition"], {
          help: `the sign belongs to the text before it, without a blank; write \\${this.word[0]!} for the sign itself`,
        });
      case K.NOT:
      case K.PLUS:
      case K.MINUS:
        return this.unexpected(["a condition"], {
          help: "one NOT, + or - is all that a condition takes; take the other out, or put it and its condition in brackets",
        });
      default:
        return this.unexpected(["a condition"]);
    }
  }

  #strayColon(atom: Leaf | Unreadable): void {
    const isValue = atom.kind !== "error" && atom.field !== undefined;
    if (isValue) this.fail("lucene/colon-in-value", {});
    this.unexpected(["an operator or a condition"], {
      help: "a field's name is a plain word: write a backslash before signs that belong to it",
    });
  }

  #suffixes(start: number, what: string): { tilde: string | undefined; boost: string | undefined } & Span {
    let boost = this.#boost();
    const tilde = this.kind === K.TILDE ? this.#tilde(what) : undefined;
    boost ??= this.#boost();
    return { tilde, boost, start, end: this.lastEnd };
  }

  #tilde(what: string): string {
    const { word, span } = this;
    const number = word.slice(1);
    const edits = Number(number);
    if (what === "a wildcard" || what === "a regular expression") {
      this.findings.add("lucene/no-effect", { what }, span);
    } else if (what === "a term" && edits > 0 && edits < 1) {
      this.findings.add("lucene/fractional-fuzziness", { number }, span);
    } else if (what === "a term" && edits !== 0 && edits !== 1 && edits !== 2) {
      this.findings.add("lucene/bad-fuzziness", { number }, span);
    }
    this.advance();
    return number;
  }

  #boost(): string | undefined {
    if (this.kind !== K.BOOST) return undefined;
    const { word } = this;
    this.advance();
    return /[\d.]+$/.exec(word)?.[0];
  }

  /** range := ("[" | "{") bound "TO" bound ("]" | "}") boost? */
  #range(field: FieldName | undefined, start: number): RangeTest {
    const open = this.span;
    const includesLow = this.word === "[";
    this.advance();
    const low = this.#bound(open);
    this.#to(low, open);
    const high = this.#bound(open);
    if (this.kind !== K.RANGE_CLOSE) this.#failInRange('"]" or "}"', open);
    const includesHigh = this.word === "]";
    this.advance();
    const boost = this.#boost();
    return { kind: "range", field, low, high, includesLow, includesHigh, boost, start, end: this.lastEnd };
  }

  /** bound := word | quoted; also `TO`, which stands for itself where a bound has to be */
  #bound(open: Span): Bound {
    const { kind, span } = this;
    if (kind !== K.BOUND && kind !== K.QUOTED_BOUND && kind !== K.TO)
      this.#failInRange("a bound of the range, such as 5 or *", open);
    const isQuoted = kind === K.QUOTED_BOUND;
    const inner = isQuoted ? { start: span.start + 1, end: span.end - 1 } : span;
    const text = unescape(this.text, inner, this.findings);
    this.advance();
    return { text, quoted: isQuoted, ...span };
  }

  #to(low: Bound, open: Span): void {
    if (this.accept(K.TO)) return;
    const { word } = this;
    if (this.kind === K.BOUND && word.toUpperCase() === "TO") {
      this.findings.add("lucene/lower-case-to", { word }, this.span);
      this.advance();
      return;
    }
    if (this.kind === K.END) this.#failInRange('"TO"', open);
    const { span } = this;
    const found = this.found();
    this.#skipRange();
    if (this.text[open.start] === "{" && this.text[low.end - 1] === ":")
      this.fail("lucene/kql-nested", {}, open);
    this.fail("lucene/range-form", { found }, span);
  }

  /** A range that is broken is left as a whole: what stands in it are no conditions. */
  #skipRange(): void {
    while (this.kind === K.BOUND || this.kind === K.QUOTED_BOUND || this.kind === K.TO) this.advance();
    this.accept(K.RANGE_CLOSE);
  }

  #failInRange(expected: string, open: Span): never {
    const { span } = this;
    const found = this.found();
    if (this.kind === K.END) {
      const behind = quoted(this.text.slice(open.start, open.start + 30));
      return this.fail("query/unclosed-bracket", { expected, found }, span, {
        help: `the range at the start of ${behind} is not closed; write \\${this.text[open.start]!} for the sign itself`,
      });
    }
    this.#skipRange();
    return this.fail("query/syntax", { expected, found }, span);
  }

  /** Two conditions that touch are most often one text with a sign that has a meaning. */
  #checkGlued(before: Span): void {
    if (this.start !== this.lastEnd || before.end !== this.start) return;
    const { kind } = this;
    if (NO_CONDITION.has(kind)) return;
    if (this.text[before.end - 1] === ")" && (kind === K.OPEN || kind === K.PLUS || kind === K.MINUS)) return;
    let { end } = this;
    for (let ahead = 1; this.peekSpan(ahead).start === end && this.peekSpan(ahead).end > end; ahead++) {
      const next = this.peek(ahead);
      if (next !== K.TERM && next !== K.WILDCARD) break;
      end = this.peekSpan(ahead).end;
    }
    this.findings.add(
      "lucene/glued",
      { text: quoted(this.text.slice(this.start, end)) },
      { start: this.start, end },
    );
  }

  /** Quotes and blanks that came in with pasted text. */
  #checkCharacters(): void {
    const { text, start, end } = this;
    for (let at = start; at < end; at++) {
      const unit = text.charCodeAt(at);
      const isOuter = at === start || at === end - 1;
      const name = unit === 0x27 ? (isOuter ? "a single quote" : undefined) : ODD.get(unit);
      if (name === undefined || this.#oddCharacters.has(name)) continue;
      this.#oddCharacters.add(name);
      this.findings.add("lucene/odd-character", { character: name }, { start: at, end: at + 1 });
    }
  }
}

/** What looks like a quote or a blank, and is none. Single quotes count at the ends of words alone. */
const ODD: ReadonlyMap<number, string> = new Map([
  [0xa0, "a non-breaking space"],
  [0x2018, "a typographic quote"],
  [0x2019, "a typographic quote"],
  [0x201c, "a typographic quote"],
  [0x201d, "a typographic quote"],
  [0x201e, "a typographic quote"],
]);
