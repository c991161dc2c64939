import { type Findings, Parser, quoted, type Span } from "../core/index.js";
import type {
  Condition,
  Is,
  Junction,
  Name,
  Nested,
  Not,
  Query,
  Range,
  Unreadable,
  Value,
  Values,
} from "./ast.js";
import { Kind, lex } from "./lexer.js";
import { readQuoted, readWord } from "./literal.js";
import { adviceAtOperand, adviceBehind, type Place } from "./mistakes.js";
import { warnOfPath } from "./path-escapes.js";

const CONDITION = ["a field", "a value", '"not"', '"("'];
const NEGATED = ["a field", "a value", '"("'];
const GROUP_VALUE = ["a value", '"not"', '"("'];
const NEGATED_VALUE = ["a value", '"("'];
const AFTER_COLON = ["a value", '"("', '"{"'];

const OPERATORS: Readonly<Partial<Record<Kind, Range["operator"]>>> = {
  [Kind.less]: "<",
  [Kind.lessEqual]: "<=",
  [Kind.greater]: ">",
  [Kind.greaterEqual]: ">=",
};

/** Recursive descent, a method a production. The first error stands where Kibana's parser stops. */
export class KqlParser extends Parser<Kind> {
  /** How deep in brackets the skipping is after an error. */
  #skipped = 0;
  /** The start of the last word or quoted text that was read. */
  #lastLiteral = 0;

  constructor(text: string, findings: Findings) {
    super(text, lex(text), findings);
  }

  /** query := or? */
  query(): Query {
    const span = { start: 0, end: this.text.length };
    if (this.#isOver()) return { kind: "query", body: undefined, ...span };
    const parts: Condition[] = [this.#or()];
    while (!this.#isOver()) {
      parts.push(this.#rest());
      if (this.#acceptJoin()) parts.push(this.#or());
    }
    const body: Condition = parts.length === 1 ? parts[0]! : { kind: "and", operands: parts, ...span };
    return { kind: "query", body, ...span };
  }

  /** What stands where the query should have ended, up to the next keyword. */
  #rest(): Unreadable {
    const { start } = this;
    this.#reportBehind(["the end of the query"]);
    while (!this.#isOver() && this.kind !== Kind.and && this.kind !== Kind.or) this.advance();
    return this.#unreadable({ start, end: this.lastEnd });
  }

  /** Says that the next token cannot follow an operand, unless something was said about that token before. */
  #reportBehind(closing: readonly string[]): void {
    if (this.findings.all.at(-1)?.start === this.start) return;
    this.recover<unknown>(
      () => this.#unexpectedBehind(closing),
      () => true,
      () => undefined,
    );
  }

  #isOver(): boolean {
    return this.kind === Kind.end;
  }

  #acceptJoin(): boolean {
    return this.accept(Kind.and) || this.accept(Kind.or);
  }

  /** or := and ("or" and)* */
  readonly #or = (): Condition => this.#joined("or", Kind.or, this.#and);

  /** and := not ("and" not)* */
  readonly #and = (): Condition => this.#joined("and", Kind.and, this.#not);

  /** not := "not" sub | sub */
  readonly #not = (): Condition => this.#operand(this.#sub, CONDITION, NEGATED);

  /** sub := "(" or ")" | expression */
  readonly #sub = (expected: readonly string[]): Condition =>
    this.kind === Kind.open ? this.#group(this.#or, Kind.close) : this.#expression(expected);

  readonly #orValues = (): Values => this.#joined("or", Kind.or, this.#andValues);

  readonly #andValues = (): Values => this.#joined("and", Kind.and, this.#notValues);

  readonly #notValues = (): Values => this.#operand(this.#values, GROUP_VALUE, NEGATED_VALUE);

  /** values := "(" orValues ")" | value */
  readonly #values = (expected: readonly string[]): Values =>
    this.kind === Kind.open ? this.#group(this.#orValues, Kind.close) : this.#value(expected, "value");

  #joined<T>(kind: "and" | "or", keyword: Kind, read: () => T): Junction<T> | T {
    const { start } = this;
    const first = read();
    if (this.kind !== keyword) return first;
    const operands = [first];
    while (this.accept(keyword)) operands.push(read());
    return { kind, operands, start, end: this.lastEnd };
  }

  #operand<T>(
    read: (expected: readonly string[]) => T,
    expected: readonly string[],
    negated: readonly string[],
  ): Not<T> | T | Unreadable {
    return this.recover<Not<T> | T | Unreadable>(
      () => {
        const { start } = this;
        if (!this.accept(Kind.not)) return read(expected);
        const operand = read(negated);
        return { kind: "not", operand, start, end: this.lastEnd };
      },
      this.#isSync,
      (span) => this.#unreadable(span),
    );
  }

  /** Where reading goes on after an error: at the next keyword or closing bracket outside of the brackets skipped. */
  readonly #isSync = (kind: Kind): boolean => {
    if (kind === Kind.open || kind === Kind.openBrace) this.#skipped++;
    else if (kind === Kind.close || kind === Kind.closeBrace) {
      if (this.#skipped === 0) return true;
      this.#skipped--;
    } else return this.#skipped === 0 && (kind === Kind.and || kind === Kind.or);
    return false;
  };

  #unreadable({ start, end }: Span): Unreadable {
    this.#skipped = 0;
    return { kind: "error", text: this.text.slice(start, end), start, end };
  }

  /** A bracket, what stands in it, and the bracket that closes it. */
  #group<T>(content: () => T, close: Kind): T {
    const opened = this.start;
    this.advance();
    const inner = this.nested(content);
    if (!this.accept(close)) this.#unclosed(opened, close);
    return inner;
  }

  /** The content of a bracket is over and the bracket is not closed: says so, and skips to where it is. */
  #unclosed(opened: number, close: Kind): void {
    const bracket = close === Kind.close ? '")"' : '"}"';
    if (this.#isOver()) {
      if (this.findings.all.at(-1)?.start === this.start) return;
      const behind = this.text.slice(opened + 1, opened + 60).trim();
      this.findings.add(
        "query/unclosed-bracket",
        { expected: `"and", "or" or ${bracket}`, found: this.found() },
        this.span,
        { help: `close the "${this.text[opened]!}" before ${quoted(behind)}` },
      );
    } else this.#reportBehind([bracket]);
    for (let depth = 1; depth > 0 && !this.#isOver(); this.advance()) {
      if (this.kind === Kind.open || this.kind === Kind.openBrace) depth++;
      else if (this.kind === Kind.close || this.kind === Kind.closeBrace) {
        // One of the other kind closes a bracket around this one.
        if (depth === 1 && this.kind !== close) return;
        depth--;
      }
    }
  }

  /** expression := field ":" "{" or "}" | field ("<" | "<=" | ">" | ">=") value | field ":" values | value */
  #expression(expected: readonly string[]): Condition {
    const { kind, start, end } = this;
    this.#needLiteral(expected, "condition");
    if (this.accept(Kind.colon)) return this.#behindColon(this.#name(kind, start, end));
    const operator = OPERATORS[this.kind];
    if (operator !== undefined) {
      this.advance();
      const value = this.#value(["a value"], "range");
      const field = this.#name(kind, start, end);
      return { kind: "range", field, operator, value, start, end: value.end };
    }
    return { kind: "is", field: undefined, value: this.#valueOf(kind, start, end), start, end };
  }

  #behindColon(field: Name): Is | Nested {
    const { start } = field;
    if (this.kind === Kind.openBrace) {
      const body = this.#group(this.#or, Kind.closeBrace);
      return { kind: "nested", path: field, body, start, end: this.lastEnd };
    }
    const value =
      this.kind === Kind.open ? this.#group(this.#orValues, Kind.close) : this.#value(AFTER_COLON, "value");
    return { kind: "is", field, value, start, end: this.lastEnd };
  }

  #value(expected: readonly string[], place: Place): Value {
    const { kind, start, end } = this;
    this.#needLiteral(expected, place);
    return this.#valueOf(kind, start, end);
  }

  /** Reads a word or a quoted text, or fails. */
  #needLiteral(expected: readonly string[], place: Place): void {
    const { kind } = this;
    if (kind < Kind.word || kind > Kind.richQuoted) this.#noLiteral(expected, place);
    this.#lastLiteral = this.start;
    this.advance();
  }

  #noLiteral(expected: readonly string[], place: Place): never {
    this.#failOnBadToken();
    const help = adviceAtOperand(this.text, this.kind, this.start, place);
    return this.unexpected(expected, help === undefined ? {} : { help });
  }

  /** A whole operand was read and the next token cannot follow it. */
  #unexpectedBehind(closing: readonly string[]): never {
    this.#failOnBadToken();
    const help = adviceBehind(
      this.text,
      this.kind,
      { start: this.#lastLiteral, end: this.lastEnd },
      this.span,
    );
    return this.unexpected(['"and"', '"or"', ...closing], help === undefined ? {} : { help });
  }

  #failOnBadToken(): void {
    if (this.kind === Kind.badEscape) {
      this.fail("query/bad-escape", { escape: quoted(this.word), language: "KQL" });
    }
    if (this.kind !== Kind.unclosed) return;
    const help = this.word.includes('\\"')
      ? { help: 'a backslash before the closing quote is doubled: "C:\\\\"' }
      : {};
    this.fail("query/unclosed-text", { what: "quoted text" }, this.span, help);
  }

  /** A quoted text needs no quotes round it in a message. */
  protected override found(): string {
    const { kind } = this;
    return kind === Kind.quoted || kind === Kind.richQuoted ? `the text ${cut(this.word)}` : super.found();
  }

  #name(kind: Kind, start: number, end: number): Name {
    if (kind !== Kind.richWord) {
      return { name: this.#plain(kind, start, end), quoted: kind !== Kind.word, start, end };
    }
    const pieces = this.#pieces(start, end);
    const name = pieces.join("*");
    return pieces.length === 1
      ? { name, quoted: false, start, end }
      : { name, quoted: false, pieces, start, end };
  }

  #valueOf(kind: Kind, start: number, end: number): Value {
    if (kind === Kind.word) {
      return { kind: "value", value: meant(this.#plain(kind, start, end)), quoted: false, start, end };
    }
    if (kind !== Kind.richWord) {
      return { kind: "value", value: this.#plain(kind, start, end), quoted: true, start, end };
    }
    const pieces = this.#pieces(start, end);
    const text = pieces.join("*");
    return pieces.length === 1
      ? { kind: "value", value: meant(text), quoted: false, start, end }
      : { kind: "value", value: text, quoted: false, pieces, start, end };
  }

  /** A word without wildcards and escapes, or what is between quotes. */
  #plain(kind: Kind, start: number, end: number): string {
    if (kind === Kind.word) return this.text.slice(start, end).trim();
    if (kind === Kind.quoted) return this.text.slice(start + 1, end - 1);
    warnOfPath(this.findings, this.text, { start: start + 1, end: end - 1 });
    return readQuoted(this.text, start + 1, end - 1);
  }

  #pieces(start: number, end: number): string[] {
    warnOfPath(this.findings, this.text, { start, end });
    return readWord(this.text, start, end);
  }
}

const MOST = 40;

function cut(text: string): string {
  return text.length > MOST ? `${text.slice(0, MOST)}…"` : text;
}

function meant(word: string): boolean | string | null {
  if (word === "true") return true;
  if (word === "false") return false;
  return word === "null" ? null : word;
}
