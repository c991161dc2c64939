import { nearest } from "../../diagnostics/index.js";
import { type Findings, oneOf, Parser, quoted, type Span, type Tokens } from "../core/index.js";
import type { Call, Comparison, Expression, Field, In, Literal, PatternMatch, Unreadable } from "./ast.js";
import { decode } from "./escapes.js";
import { K, type Kind, KEYWORDS, TILDE_KEYWORDS } from "./kinds.js";

/**
 * Calculations in a query. Chains of them nest to the left, so that their number bounds the depth of the tree; brackets
 * and signs are bounded by themselves.
 */
const MAX_ARITHMETIC = 1_000;

/** Numbers from here on are fractional: they do not fit in 64 bits. */
const TOO_LARGE_FOR_INTEGER = 2 ** 64;

/** By kind, from `K.equal` on. A single `=` is read as `==`. */
const COMPARISONS: readonly Comparison["operator"][] = ["==", "!=", "<", "<=", ">", ">=", "=="];

function isComparison(kind: Kind): boolean {
  return kind >= K.equal && kind <= K.assign;
}

const PATTERNS: ReadonlyMap<Kind, PatternMatch["operator"]> = new Map<Kind, PatternMatch["operator"]>([
  [K.colon, ":"],
  [K.like, "like"],
  [K.likeTilde, "like~"],
  [K.regex, "regex"],
  [K.regexTilde, "regex~"],
]);

/** Words of other languages where an operator stands, and what to write for them. */
const FOREIGN_WORDS: ReadonlyMap<string, string> = new Map([
  ["is", 'write "==", or "!= null" for "is not null"'],
  ["eq", 'write "=="'],
  ["equals", 'write "=="'],
  ["ne", 'write "!="'],
  ["contains", 'write ":" and put the text between asterisks: field : "*…*"'],
  ["matches", 'write "regex", or "like" for wildcards'],
]);

/** Words that may follow a condition, and those that may follow an operand as well. */
const AFTER_CONDITION = ["and", "or"];
const AFTER_OPERAND = [...AFTER_CONDITION, "not", "in", "like", "regex"];

/** How much of what follows an opening bracket a message repeats. */
const SNIPPET = 24;

function isText(kind: Kind): boolean {
  return kind >= K.text && kind <= K.oldRawText;
}

function isNumber(kind: Kind): boolean {
  return kind === K.integer || kind === K.decimal;
}

function isConstant(kind: Kind): boolean {
  return isText(kind) || isNumber(kind) || kind === K.true || kind === K.false || kind === K.null;
}

/** Whether an operand may begin with the token, signs left aside: they are operators behind another operand. */
function startsOperand(kind: Kind): boolean {
  return (
    (kind >= K.identifier && kind <= K.decimal) ||
    kind === K.openParen ||
    kind === K.optional ||
    kind === K.not ||
    kind === K.true ||
    kind === K.false ||
    kind === K.null
  );
}

/** The part of the grammar below `where`. */
export abstract class ExpressionParser extends Parser<Kind> {
  /** How many brackets of events stand around what is read. */
  protected openEvents = 0;
  readonly #kinds: Kind[];
  #arithmetic = 0;
  #skipped = 0;
  #unclosedAt = -1;

  constructor(text: string, tokens: Tokens<Kind>, findings: Findings) {
    super(text, tokens, findings);
    this.#kinds = tokens.kinds;
  }

  /** Whether a token of this kind is next; the compiler forgets what it knew of the one before. */
  protected at(kind: Kind): boolean {
    return this.kind === kind;
  }

  /** Where skipping ends after an error; what is in brackets is skipped as a whole. */
  protected readonly isSync = (kind: Kind): boolean => {
    if (kind === K.openParen || kind === K.openBracket || kind === K.openMissing) {
      // A bracket that opens an event of a sequence ends whatever stands before it.
      if (this.#skipped === 0 && kind !== K.openParen && this.opensEvent()) return true;
      this.#skipped++;
      return false;
    }
    if (kind === K.closeParen || kind === K.closeBracket) {
      if (this.#skipped === 0) return true;
      this.#skipped--;
      return false;
    }
    if (kind === K.pipe) return true;
    return this.#skipped === 0 && (kind === K.and || kind === K.or || kind === K.comma);
  };

  protected readonly unreadable = ({ start, end }: Span): Unreadable => {
    this.#skipped = 0;
    return { kind: "error", start, end };
  };

  /** Whether the bracket that is next opens an event: `[process where`. */
  protected opensEvent(): boolean {
    return this.kind === K.openMissing || (this.peek(1) !== K.integer && this.peek(2) === K.where);
  }

  /** expr := and ("or" and)* */
  protected readonly expression = (): Expression => {
    const first = this.#and();
    if (this.kind !== K.or) return first;
    const operands = [first];
    while (this.accept(K.or)) operands.push(this.#and());
    return { kind: "or", operands, start: first.start, end: this.lastEnd };
  };

  /** and := not ("and" not)* */
  #and(): Expression {
    const first = this.recover(this.#not, this.isSync, this.unreadable);
    let isMissing = this.#isOperatorMissing();
    if (!isMissing && this.kind !== K.and) return first;
    const operands = [first];
    do {
      if (!isMissing) this.advance();
      const operand = this.recover(this.#not, this.isSync, this.unreadable);
      // A value that stands alone is no condition: what is wrong with it has been said.
      const isLeftOver = isMissing && operand.kind === "literal";
      operands.push(isLeftOver ? this.unreadable(operand) : operand);
      isMissing = this.#isOperatorMissing();
    } while (isMissing || this.at(K.and));
    return { kind: "and", operands, start: first.start, end: this.lastEnd };
  }

  /** Whether an operand follows without an operator. It is reported, and read as if `and` stood there. */
  #isOperatorMissing(): boolean {
    if (this.kind === K.identifier) this.mendAs(AFTER_CONDITION);
    if (!startsOperand(this.kind)) return false;
    const params = { expected: 'an operator, "and" or "or"', found: this.found() };
    this.findings.add("query/syntax", params, this.span);
    return true;
  }

  /** not := "not" not | relation "of" event | comparison */
  readonly #not = (): Expression => {
    if (this.kind === K.identifier) {
      if (this.peek(1) === K.of) return this.processRelationship();
      if (this.#isUpperCaseNot()) this.#mend("not", K.not);
    }
    if (this.kind !== K.not) return this.#comparison();
    const { start } = this;
    this.advance();
    const operand = this.nested(this.#not);
    return { kind: "not", operand, start, end: operand.end };
  };

  /** `descendant of […]` */
  protected abstract processRelationship(): Expression;

  #isUpperCaseNot(): boolean {
    return this.end - this.start === 3 && startsOperand(this.peek(1)) && this.word.toLowerCase() === "not";
  }

  /** cmp := add (("==" | "!=" | "<" | "<=" | ">" | ">=") add)? */
  #comparison(): Expression {
    const left = this.#additive();
    if (!isComparison(this.kind)) return this.#isOperatorAmiss(left) ? this.#unreadOperator(left) : left;
    const operator = COMPARISONS[this.kind - K.equal]!;
    if (this.kind === K.assign) this.findings.add("eql/single-equals", {}, this.span);
    this.advance();
    const right = this.#additive();
    if (isComparison(this.kind)) this.fail("eql/chained-comparison", {});
    return { kind: "comparison", operator, left, right, start: left.start, end: right.end };
  }

  /** Whether a value follows an operand right away, or behind a word of another language. */
  #isOperatorAmiss(left: Expression): boolean {
    if (left.kind === "match" || left.kind === "in") return false;
    return (
      isConstant(this.kind) || (this.kind === K.identifier && FOREIGN_WORDS.has(this.word.toLowerCase()))
    );
  }

  /** `field "text"`, `field contains "text"` */
  #unreadOperator(left: Expression): Unreadable {
    if (this.kind === K.identifier) {
      const help = { help: FOREIGN_WORDS.get(this.word.toLowerCase())! };
      this.findings.add("eql/foreign-operator", { found: this.word }, this.span, help);
      this.advance();
      this.accept(K.not);
    } else {
      const params = { expected: 'an operator such as "==" or ":"', found: this.found() };
      this.findings.add("query/syntax", params, this.span);
    }
    const right = this.#additive();
    return { kind: "error", start: left.start, end: right.end };
  }

  /** add := mul (("+" | "-") mul)* */
  #additive(): Expression {
    let left = this.#multiplicative();
    while (this.kind === K.plus || this.kind === K.minus) {
      const operator = this.kind === K.plus ? "+" : "-";
      this.#countArithmetic();
      this.advance();
      const right = this.#multiplicative();
      left = { kind: "arithmetic", operator, left, right, start: left.start, end: right.end };
    }
    return left;
  }

  /** mul := unary (("*" | "/" | "%") unary)* */
  #multiplicative(): Expression {
    let left = this.#unary();
    while (this.kind === K.star || this.kind === K.slash || this.kind === K.percent) {
      const operator = this.kind === K.star ? "*" : this.kind === K.slash ? "/" : "%";
      this.#countArithmetic();
      this.advance();
      const right = this.#unary();
      left = { kind: "arithmetic", operator, left, right, start: left.start, end: right.end };
    }
    return left;
  }

  #countArithmetic(): void {
    this.#arithmetic++;
    if (this.#arithmetic === MAX_ARITHMETIC) this.fail("query/too-deep", { limit: MAX_ARITHMETIC });
    if (this.#arithmetic > MAX_ARITHMETIC) this.stop();
  }

  /** unary := ("-" | "+") unary | primary predicate? — a predicate binds tighter than a sign. */
  readonly #unary = (): Expression => {
    if (this.kind !== K.minus && this.kind !== K.plus) return this.#predicate();
    const { start } = this;
    const isMinus = this.kind === K.minus;
    this.advance();
    if (isNumber(this.kind) && !this.#isPredicate(1)) {
      const literal = this.#number();
      const value = isMinus ? -(literal.value as number) : literal.value;
      return { ...literal, value, start };
    }
    const operand = this.nested(this.#unary);
    return isMinus ? { kind: "negation", operand, start, end: operand.end } : operand;
  };

  #isPredicate(ahead: number): boolean {
    const kind = this.peek(ahead);
    if (kind === K.not) return true;
    return PATTERNS.has(kind) || kind === K.in || kind === K.inTilde;
  }

  /** predicate := primary (":" list | "like" list | "regex" list | "not"? "in" "(" expr ("," expr)* ")")? */
  #predicate(): Expression {
    const operand = this.#primary();
    if (this.kind === K.identifier || this.kind === K.tildeIdentifier) this.#mendKeyword();
    switch (this.kind) {
      case K.in:
      case K.inTilde:
        return this.#in(operand, false);
      case K.colon:
      case K.like:
      case K.likeTilde:
      case K.regex:
      case K.regexTilde:
        return this.#match(operand);
      case K.not:
        return this.#negated(operand);
      default:
        return operand;
    }
  }

  /** `x not in (…)`; `x not like …`, which is read as `not x like …`. */
  #negated(operand: Expression): Expression {
    const { span } = this;
    if (this.peek(1) === K.identifier || this.peek(1) === K.tildeIdentifier) {
      this.advance();
      this.#mendKeyword();
      if (this.kind === K.in || this.kind === K.inTilde) return this.#in(operand, true);
    } else this.advance();
    if (this.kind === K.in || this.kind === K.inTilde) return this.#in(operand, true);
    const operator = PATTERNS.get(this.kind);
    if (operator === undefined)
      return this.fail("query/syntax", { expected: 'an operator, "and" or "or"', found: '"not"' }, span);
    this.findings.add("eql/not-before-operator", { operator }, span);
    const match = this.#match(operand);
    return { kind: "not", operand: match, start: match.start, end: match.end };
  }

  #in(operand: Expression, negated: boolean): In {
    const insensitive = this.kind === K.inTilde;
    this.advance();
    let values: readonly Expression[];
    if (this.kind === K.openParen) values = this.nested(this.#values);
    else {
      const help = 'the values stand in brackets: in ("a", "b")';
      if (!startsOperand(this.kind)) this.unexpected(['"("'], { help });
      this.findings.add("query/syntax", { expected: '"("', found: this.found() }, this.span, { help });
      values = [this.#unary()];
    }
    return { kind: "in", negated, insensitive, operand, values, start: operand.start, end: this.lastEnd };
  }

  readonly #values = (): readonly Expression[] => this.list("a value", this.expression);

  #match(operand: Expression): PatternMatch {
    const operator = PATTERNS.get(this.kind)!;
    this.advance();
    const list = this.kind === K.openParen;
    const readPattern = (): Literal => this.#pattern(operator);
    const patterns = list ? this.list("a text", readPattern) : [readPattern()];
    return { kind: "match", operator, operand, patterns, list, start: operand.start, end: this.lastEnd };
  }

  #pattern(operator: PatternMatch["operator"]): Literal {
    if (isConstant(this.kind)) return this.#constant();
    if (this.kind !== K.identifier || this.peek(1) === K.openParen)
      return this.fail("eql/pattern-not-constant", { operator, found: this.found() });
    const { name, start, end } = this.field();
    const help = { help: `put it in quotes if it is a text: ${quoted(name)}` };
    return this.fail("eql/pattern-not-constant", { operator, found: quoted(name) }, { start, end }, help);
  }

  /** "(" item ("," item)* ")", with at least one item. */
  protected list<T extends Expression>(item: string, read: () => T): (T | Unreadable)[] {
    const open = this.start;
    this.advance();
    const items: (T | Unreadable)[] = [];
    if (this.at(K.closeParen)) {
      this.findings.add("query/syntax", { expected: item, found: '")"' }, this.span);
      this.advance();
      return items;
    }
    for (;;) {
      if (this.at(K.comma) || this.at(K.closeParen)) {
        this.findings.add("query/syntax", { expected: item, found: this.found() }, this.span);
        items.push({ kind: "error", start: this.start, end: this.start });
      } else items.push(this.recover<T | Unreadable>(read, this.isSync, this.unreadable));
      if (this.accept(K.comma)) continue;
      if (!startsOperand(this.kind)) break;
      this.findings.add("query/syntax", { expected: '"," or ")"', found: this.found() }, this.span);
    }
    this.close(open);
    return items;
  }

  /** primary := constant | function | field | "(" expr ")" */
  #primary(): Expression {
    const { kind } = this;
    switch (kind) {
      case K.identifier:
        return this.peek(1) === K.openParen ? this.nested(this.#call) : this.field();
      case K.tildeIdentifier:
        if (this.peek(1) !== K.openParen) {
          this.advance();
          this.unexpected(['"("']);
        }
        return this.nested(this.#call);
      case K.quotedIdentifier:
      case K.optional:
        return this.field();
      case K.openParen:
        return this.nested(this.#bracketed);
      default:
        if (isConstant(kind)) return this.#constant();
        if (this.#isUsedAsName() && KEYWORDS.has(this.word)) return this.field();
        return this.unexpected(["a field, a value or a function"]);
    }
  }

  /** Whether a keyword stands where only a name makes sense: an operator or a point follows. */
  #isUsedAsName(): boolean {
    const next = this.peek(1);
    return isComparison(next) || PATTERNS.has(next) || next === K.dot || next === K.in || next === K.inTilde;
  }

  readonly #bracketed = (): Expression => {
    const open = this.start;
    this.advance();
    const inner = this.expression();
    this.close(open);
    return inner;
  };

  /** Reads the ")" of the "(" at `open`, or reports what stands there and goes on behind the next one. */
  protected close(open: number): void {
    if (this.accept(K.closeParen)) return;
    const { kind } = this;
    if (kind === K.end || kind === K.pipe || kind === K.closeBracket || kind === K.openBracket) {
      this.reportUnclosed(open, '")"');
      if (this.openEvents === 0) this.accept(K.closeBracket);
      return;
    }
    const help = kind === K.comma ? { help: 'several values stand behind "in" or ":"' } : {};
    this.findings.add("query/syntax", { expected: '")"', found: this.found() }, this.span, help);
    this.skipTo(this.#isClosing);
    this.accept(K.closeParen);
  }

  readonly #isClosing = (kind: Kind): boolean =>
    this.isSync(kind) && kind !== K.and && kind !== K.or && kind !== K.comma;

  readonly #stop = (): never => this.stop();

  /** Skips to the next token that `isSync` accepts. */
  protected skipTo(isSync: (kind: Kind) => boolean): void {
    this.recover<unknown>(this.#stop, isSync, this.unreadable);
  }

  /** Reports a bracket that is not closed where the query, or its bracket, ends: the innermost of several. */
  protected reportUnclosed(open: number, expected: string): void {
    if (this.#unclosedAt === this.start) return;
    this.#unclosedAt = this.start;
    const after = /^[^\r\n]*/.exec(this.text.slice(open, open + SNIPPET))![0].trimEnd();
    this.findings.add("query/unclosed-bracket", { expected, found: this.found() }, this.span, {
      help: `close the bracket that is opened here: ${after}…`,
    });
  }

  /** Texts are named with the quotes that they have. */
  protected override found(): string {
    if (!isText(this.kind)) return super.found();
    const { word } = this;
    return `the text ${word.length > SNIPPET ? `${word.slice(0, SNIPPET)}…` : word}`;
  }

  /** fn := (name | name "~") "(" (expr ("," expr)*)? ")" */
  readonly #call = (): Call => {
    const { start, span: nameSpan } = this;
    const insensitive = this.kind === K.tildeIdentifier;
    const name = this.text.slice(start, insensitive ? this.end - 1 : this.end);
    this.advance();
    let args: readonly Expression[] = [];
    if (this.peek(1) !== K.closeParen) args = this.list("an argument", this.expression);
    else {
      this.advance();
      this.advance();
    }
    return { kind: "call", name, nameSpan, insensitive, args, start, end: this.lastEnd };
  };

  /** field := "?"? id ("." id | "[" integer "]")* */
  protected readonly field = (): Field => {
    const { start } = this;
    const optional = this.accept(K.optional);
    const from = this.start;
    let name = this.#namePart(optional);
    for (;;) {
      if (this.kind === K.dot) {
        this.advance();
        name += `.${this.#namePart(false)}`;
      } else if (this.kind === K.decimal && this.start === this.lastEnd && this.word.startsWith(".")) {
        name += this.word;
        this.advance();
        this.#reportDigits(from);
      } else if (this.kind === K.openBracket && this.peek(1) === K.integer) this.#arrayIndex();
      else return { kind: "field", name, optional, start, end: this.lastEnd };
    }
  };

  /** A part of a name; as many as stand without backticks and blanks in between are read at once. */
  #namePart(optional: boolean): string {
    const { kind } = this;
    if (kind === K.identifier) {
      const from = this.start;
      let to = this.end;
      this.advance();
      while (this.kind === K.dot && this.start === to && this.peek(1) === K.identifier) {
        const next = this.peekSpan(1);
        if (next.start !== to + 1) break;
        to = next.end;
        this.advance();
        this.advance();
      }
      return this.text.slice(from, to);
    }
    const { word } = this;
    if (kind === K.quotedIdentifier) {
      this.advance();
      return word.slice(1, word.endsWith("`") && word.length > 1 ? -1 : undefined).replaceAll("``", "`");
    }
    if (kind === K.star) return this.fail("eql/wildcard-in-name", {});
    if (KEYWORDS.has(word)) {
      const help = { help: `put it in backticks: \`${word}\`` };
      this.findings.add("eql/keyword-as-name", { keyword: word }, this.span, help);
      this.advance();
      return word;
    }
    return this.unexpected([optional ? 'the name of a field behind "?"' : "the name of a field"]);
  }

  /** `a.0.b`, whose `.0` reads as a number. Reported once a name. */
  #reportDigits(from: number): void {
    if (this.kind === K.decimal && this.start === this.lastEnd) return;
    const span = { start: from, end: this.lastEnd };
    this.findings.add("eql/name-needs-backticks", {}, span, { help: "put the whole name in backticks" });
  }

  #arrayIndex(): void {
    const { start } = this;
    while (this.kind !== K.closeBracket && this.kind !== K.end) this.advance();
    this.accept(K.closeBracket);
    this.findings.add("eql/array-index", {}, { start, end: this.lastEnd });
  }

  #constant(): Literal {
    const { kind, start, end } = this;
    if (isNumber(kind)) return this.#number();
    if (isText(kind)) return { kind: "literal", value: this.textValue(), start, end };
    this.advance();
    return { kind: "literal", value: kind === K.null ? null : kind === K.true, start, end };
  }

  #number(): Literal {
    const { kind, start, end, word } = this;
    const value = Number(word);
    if (value === Infinity) this.findings.add("eql/number-too-large", { number: quoted(word) }, this.span);
    this.advance();
    if (this.at(K.decimal) && this.start === end) return this.#unquoted(start);
    return kind === K.decimal || value >= TOO_LARGE_FOR_INTEGER
      ? { kind: "literal", value, decimal: true, start, end }
      : { kind: "literal", value, start, end };
  }

  /** An address, a network or a version without quotes: `10.0.0.0/8` */
  #unquoted(start: number): Literal {
    while (this.kind === K.decimal && this.start === this.lastEnd) this.advance();
    if (this.at(K.slash) && this.start === this.lastEnd && this.peek(1) === K.integer) {
      this.advance();
      this.advance();
    }
    const end = this.lastEnd;
    const value = this.text.slice(start, end);
    this.findings.add("eql/unquoted-text", { found: quoted(value) }, { start, end });
    return { kind: "literal", value, start, end };
  }

  /** Reads a token of a text: its value. */
  protected textValue(): string {
    const { kind, start, end, text } = this;
    this.advance();
    switch (kind) {
      case K.escapedText:
        return decode(text, start + 1, end - 1);
      case K.rawText:
        return text.slice(start + 3, end - 3);
      case K.oldRawText:
        return text.slice(start + 2, end - 1);
      default:
        return text.slice(start + 1, end - 1);
    }
  }

  /** A word behind an operand is a keyword in upper case, or a misspelt one, or an error. */
  #mendKeyword(): void {
    if (this.kind === K.identifier) {
      this.mendAs(AFTER_OPERAND);
      return;
    }
    const meant = this.keywordFor(this.word.slice(0, -1), ["in", "like", "regex"]);
    if (meant !== undefined) this.#mend(`${meant}~`, TILDE_KEYWORDS.get(`${meant}~`)!);
  }

  /** The keyword that a word stands for. */
  protected keywordFor(word: string, keywords: readonly string[]): string | undefined {
    const lower = word.toLowerCase();
    if (keywords.includes(lower)) return lower;
    if (FOREIGN_WORDS.has(lower) || word.length > 12) return undefined;
    // Two letters are near too many words: only swapped ones count there.
    return nearest(word, keywords, 1).find(
      (near) => word.length > 2 || [...near].every((letter) => lower.includes(letter)),
    );
  }

  /** Reports the word that is next, and takes it for a keyword from here on. */
  #mend(keyword: string, kind: Kind): void {
    const found = this.word;
    const help = { help: `write ${quoted(keyword)}` };
    if (found.toLowerCase() === keyword) this.findings.add("eql/keyword-case", { found }, this.span, help);
    else
      this.findings.add("eql/misspelt-keyword", { found }, this.span, {
        help: `did you mean ${quoted(keyword)}?`,
      });
    this.#kinds[this.mark()] = kind;
  }

  /** Takes the word that is next for one of these keywords where it is one in another case, or nearly one. */
  protected mendAs(keywords: readonly string[]): boolean {
    if (this.kind !== K.identifier) return false;
    const meant = this.keywordFor(this.word, keywords);
    if (meant === undefined) return false;
    this.#mend(meant, KEYWORDS.get(meant)!);
    return true;
  }

  /** Reads a keyword, also a misspelt one; where none stands there, reports that it is missing. */
  protected expectKeyword(keyword: string): void {
    const kind = KEYWORDS.get(keyword)!;
    if (this.kind === kind || this.mendAs([keyword])) this.advance();
    else this.unexpected([oneOf([quoted(keyword)])]);
  }
}
