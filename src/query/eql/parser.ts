import { Findings, MAX_FINDINGS, isTooLong, type Parsed, quoted, type Span } from "../core/index.js";
import type {
  Category,
  Duration,
  EventFilter,
  Expression,
  Field,
  Pipe,
  Query,
  Statement,
  Term,
  Unreadable,
} from "./ast.js";
import { checkStructure } from "./check-structure.js";
import { MILLIS } from "./duration.js";
import { inOrder } from "./in-order.js";
import { K, type Kind } from "./kinds.js";
import { tokenize } from "./lexer.js";
import { ExpressionParser } from "./parser-expressions.js";

/**
 * Reads an EQL query. Everything that Elasticsearch's parser refuses is an error here; what needs to know functions or
 * fields is left to `check`. Never throws, whatever the text.
 */
export function parse(text: string): Parsed<Query> {
  const findings = new Findings();
  if (isTooLong(text, findings)) {
    const span = { start: 0, end: text.length };
    const ast: Query = { kind: "query", statement: { kind: "error", ...span }, pipes: [], ...span };
    return { ast, diagnostics: findings.all };
  }
  const { tokens, unclosed } = tokenize(text, findings);
  if (unclosed === undefined) {
    const ast = new QueryParser(text, tokens, findings).query();
    checkStructure(ast, findings);
    return { ast, diagnostics: inOrder(findings.all) };
  }
  // What stands behind a quote that is not closed is not what it looks like: the quote is what has to be mended.
  const doubtful = new Findings();
  const ast = new QueryParser(text, tokens, doubtful).query();
  checkStructure(ast, doubtful);
  const all = [...findings.all, ...doubtful.all.filter(({ start }) => start < unclosed)];
  return { ast, diagnostics: inOrder(all.slice(0, MAX_FINDINGS)) };
}

type Multi = "sequence" | "sample" | "join";

const MULTI: ReadonlyMap<Kind, Multi> = new Map<Kind, Multi>([
  [K.sequence, "sequence"],
  [K.sample, "sample"],
  [K.join, "join"],
]);

/** What is read between `sequence` and its first bracket. */
interface Header {
  readonly by: readonly Field[];
  readonly maxspan: Duration | undefined;
}

/** Pipes of python-eql. */
const OTHER_PIPES: ReadonlySet<string> = new Set(["count", "filter", "sort", "unique", "unique_count"]);

/** Units as people write them. */
const UNIT_NAMES: readonly (readonly [RegExp, Duration["unit"]])[] = [
  [/^(?:ms|msecs?|millis|milliseconds?)$/i, "ms"],
  [/^(?:s|secs?|seconds?)$/i, "s"],
  [/^(?:m|mins?|minutes?)$/i, "m"],
  [/^(?:h|hrs?|hours?)$/i, "h"],
  [/^(?:d|days?)$/i, "d"],
];

class QueryParser extends ExpressionParser {
  /** query := (event | sequence | sample | join) pipe* */
  query(): Query {
    const statement = this.recover<Statement>(this.#statement, this.#isPipe, this.unreadable);
    const pipes: Pipe[] = [];
    while (this.kind !== K.end) {
      this.recover<unknown>(() => pipes.push(...this.#pipe()), this.#isPipe, this.unreadable);
    }
    return { kind: "query", statement, pipes, start: 0, end: this.text.length };
  }

  readonly #isPipe = (kind: Kind): boolean => kind === K.pipe;

  readonly #statement = (): Statement => {
    this.#mendHead();
    const multi = MULTI.get(this.kind);
    if (multi !== undefined && this.peek(1) !== K.where) {
      const { start } = this;
      this.advance();
      return this.#multi(multi, start);
    }
    if (this.#atTerm()) {
      this.findings.add("eql/no-sequence", {}, this.span);
      return this.#multi("sequence", this.start);
    }
    const event = this.#event();
    const statement = this.#afterEvent(event);
    if (this.kind !== K.end && this.kind !== K.pipe)
      this.#failAtEnd(['"and"', '"or"', '"|"', "the end of the query"]);
    return statement;
  };

  /** `SEQUENCE by`, `sequnce [` */
  #mendHead(): void {
    if (this.kind !== K.identifier) return;
    const next = this.peek(1);
    const { start, end } = this.peekSpan(1);
    const isHeader =
      next === K.by ||
      next === K.with ||
      next === K.openBracket ||
      next === K.openMissing ||
      (next === K.identifier && /^(?:by|with)$/i.test(this.text.slice(start, end)));
    if (isHeader) this.mendAs(["sequence", "sample"]);
  }

  #failAtEnd(expected: readonly string[]): never {
    const { kind } = this;
    if (kind === K.by || kind === K.with || kind === K.until)
      return this.unexpected(expected, {
        help: "only sequences and samples have this, behind their brackets",
      });
    if (kind === K.comma)
      return this.unexpected(expected, { help: 'several values stand in brackets: ("a", "b")' });
    return this.unexpected(expected);
  }

  /** Closing brackets that none opens are reported and left out; the condition may go on behind them. */
  #afterEvent(event: EventFilter): EventFilter {
    let { condition } = event;
    while (this.kind === K.closeParen || this.kind === K.closeBracket) {
      this.findings.add(
        "query/syntax",
        { expected: '"and", "or" or the end of the query', found: this.found() },
        this.span,
        { help: "no bracket is open here: take it out, or open one before it" },
      );
      this.advance();
      if (!this.at(K.and) && !this.at(K.or)) continue;
      const kind = this.at(K.and) ? "and" : "or";
      this.advance();
      const operands = [condition, this.expression()];
      condition = { kind, operands, start: condition.start, end: this.lastEnd };
    }
    return condition === event.condition ? event : { ...event, condition, end: condition.end };
  }

  /** event := category "where" expr */
  readonly #event = (): EventFilter => {
    const { start } = this;
    const category = this.#category();
    const condition = this.expression();
    return { kind: "event", category, condition, start, end: this.lastEnd };
  };

  /** category := "any" | IDENTIFIER | STRING, and the "where" behind it */
  #category(): Category {
    const { kind, start, end } = this;
    const isText = kind >= K.text && kind <= K.oldRawText;
    if (kind === K.any || kind === K.identifier || isText) {
      const next = this.peek(1);
      if (next === K.where || this.#isMisspeltWhere()) {
        let name: string | undefined;
        if (isText) name = this.textValue();
        else {
          if (kind === K.identifier) name = this.word;
          this.advance();
        }
        this.expectKeyword("where");
        return { name, start, end };
      }
      if (next === K.end) {
        this.advance();
        this.unexpected(['"where"']);
      }
      if (kind === K.any || (kind === K.identifier && this.#isConditionAhead())) {
        const name = kind === K.any ? undefined : this.word;
        this.advance();
        this.findings.add("query/syntax", { expected: '"where"', found: this.found() }, this.span);
        return { name, start, end };
      }
      if (kind === K.identifier && this.#isDottedCategory()) return this.#dottedCategory();
    }
    if (kind === K.where || !this.#mayBeCondition())
      this.unexpected(["a category of events"], this.#categoryHelp());
    this.findings.add("eql/no-category", {}, this.span);
    return { name: undefined, start, end: start };
  }

  #categoryHelp(): { help?: string } {
    if (this.kind === K.where) return { help: 'write "any where" for events of all categories' };
    return this.kind === K.optional ? { help: "a category cannot be optional" } : {};
  }

  /** `process were x`, `process WHERE x` */
  #isMisspeltWhere(): boolean {
    if (this.peek(1) !== K.identifier) return false;
    const { start, end } = this.peekSpan(1);
    return this.keywordFor(this.text.slice(start, end), ["where"]) !== undefined;
  }

  /** `process process.name == …`: only "where" can be missing there. */
  #isConditionAhead(): boolean {
    const next = this.peek(1);
    return next === K.identifier || next === K.quotedIdentifier || next === K.optional || next === K.not;
  }

  /** `a.b where` */
  #isDottedCategory(): boolean {
    let ahead = 1;
    while (this.peek(ahead) === K.dot && this.peek(ahead + 1) === K.identifier) ahead += 2;
    return ahead > 1 && this.peek(ahead) === K.where;
  }

  #dottedCategory(): Category {
    const { start } = this;
    while (this.kind !== K.where) this.advance();
    const span = { start, end: this.lastEnd };
    const name = this.text.slice(start, span.end);
    this.findings.add("query/syntax", { expected: "a category of events", found: quoted(name) }, span, {
      help: `a category is one word, such as "process"; in quotes any text can be one: ${quoted(name)}`,
    });
    this.advance();
    return { name, ...span };
  }

  /** Whether a condition seems to stand where a category should. */
  #mayBeCondition(): boolean {
    const { kind } = this;
    return (
      kind === K.identifier || kind === K.quotedIdentifier || kind === K.tildeIdentifier ||
      kind === K.not || kind === K.openParen || (kind === K.optional && this.peek(2) !== K.where)
    ); // prettier-ignore
  }

  /** sequence := "sequence" by? ("with" "maxspan" "=" time)? term+ ("until" term)?; `join` and `sample` likewise */
  #multi(kind: Multi, start: number): Statement {
    const { by, maxspan } = this.#header(kind);
    const terms: Term[] = [];
    while (this.#atTerm() || this.#isForgottenSign()) terms.push(this.#term(kind));
    if (terms.length === 0) this.unexpected(this.#expectedBeforeTerms(by, maxspan));
    let until: Term | undefined;
    if (
      this.kind === K.until ||
      (this.kind === K.identifier && this.peek(1) === K.openBracket && this.mendAs(["until"]))
    )
      until = this.#until(kind);
    if (this.kind !== K.end && this.kind !== K.pipe) this.#failAfterTerms();
    const span = { start, end: this.lastEnd };
    if (kind === "sequence") return { kind, by, maxspan, terms, until, ...span };
    return kind === "sample" ? { kind, by, terms, ...span } : { kind, by, terms, until, ...span };
  }

  #atTerm(): boolean {
    return this.kind === K.openBracket || this.kind === K.openMissing;
  }

  /** `! [`, reported by the lexer as a foreign operator; only `![` is one sign. */
  #isForgottenSign(): boolean {
    return this.kind === K.not && this.peek(1) === K.openBracket;
  }

  #expectedBeforeTerms(by: readonly Field[], maxspan: Duration | undefined): readonly string[] {
    if (maxspan !== undefined) return ['"["'];
    return by.length > 0 ? ['","', '"with"', '"["'] : ['"by"', '"with"', '"["'];
  }

  #failAfterTerms(): never {
    if (this.kind !== K.and && this.kind !== K.or)
      return this.unexpected(['"["', '"until"', '"|"', "the end of the query"]);
    return this.unexpected(['"["'], {
      help: "conditions stand within the brackets; the brackets follow each other",
    });
  }

  #header(kind: Multi): Header {
    let by: readonly Field[] = [];
    let maxspan: Duration | undefined;
    for (;;) {
      this.mendAs(["by", "with"]);
      if (this.kind === K.by) {
        if (maxspan !== undefined) this.findings.add("eql/by-after-with", {}, this.span);
        by = this.#by();
      } else if (this.kind === K.with || this.kind === K.maxspan) {
        const from = this.start;
        maxspan = this.#maxspan();
        if (kind !== "sequence")
          this.findings.add(
            "eql/not-here",
            { statement: kind, part: "maxspan" },
            { start: from, end: this.lastEnd },
          );
      } else return { by, maxspan };
    }
  }

  /** "by" field ("," field)* */
  #by(): readonly Field[] {
    this.advance();
    const keys: Field[] = [];
    do {
      const key = this.recover<Field | Unreadable>(this.#key, this.#isKeyEnd, this.unreadable);
      if (key.kind === "field") keys.push(key);
    } while (this.accept(K.comma));
    return keys;
  }

  readonly #isKeyEnd = (kind: Kind): boolean =>
    (kind === K.with || kind === K.until || this.isSync(kind)) && kind !== K.and && kind !== K.or;

  readonly #key = (): Field => {
    const { start } = this;
    const isName = this.kind === K.identifier && this.peek(1) !== K.openParen;
    if (!isName && this.kind !== K.optional && this.kind !== K.quotedIdentifier) {
      const { kind } = this;
      const isKeyword = kind === K.with || kind === K.until;
      if (isKeyword || kind === K.comma || kind === K.pipe || kind === K.end || this.#atTerm())
        this.unexpected(["the name of a field"]);
      this.#failAtKey(start);
    }
    const key = this.field();
    if (this.kind >= K.plus && this.kind <= K.percent) this.#failAtKey(start);
    return key;
  };

  #failAtKey(start: number): never {
    this.skipTo(this.#isKeyEnd);
    return this.fail("eql/key-not-field", {}, { start, end: Math.max(this.lastEnd, start) });
  }

  /** "with" "maxspan" "=" time */
  #maxspan(): Duration | undefined {
    if (this.kind === K.maxspan)
      this.findings.add("query/syntax", { expected: '"with"', found: '"maxspan"' }, this.span, {
        help: "write: with maxspan=…",
      });
    else this.advance();
    if (!this.mendAs(["maxspan"]) && this.kind === K.identifier) {
      const help =
        this.word === "runs" ? '"runs" stands behind a bracket: […] with runs=3' : 'a sequence has "maxspan"';
      this.#unknownOption(help);
      return undefined;
    }
    if (this.kind !== K.maxspan) this.unexpected(['"maxspan"']);
    this.advance();
    this.#assign();
    return this.#duration();
  }

  #unknownOption(help: string): void {
    this.findings.add("eql/unknown-option", { name: this.word }, this.span, { help });
    this.advance();
    this.#assign();
    this.#skipValue();
  }

  #assign(): void {
    if (this.kind === K.equal || this.kind === K.colon) {
      this.findings.add("query/syntax", { expected: '"="', found: this.found() }, this.span);
      this.advance();
    } else if (!this.accept(K.assign)) this.unexpected(['"="']);
  }

  /** time := INTEGER unit */
  #duration(): Duration | undefined {
    const { kind, start } = this;
    if (kind >= K.text && kind <= K.oldRawText) {
      const found = this.word;
      this.advance();
      return this.#badDuration(start, found, "it stands without quotes", undefined);
    }
    const isNegative = this.accept(K.minus);
    const amount = Number(this.word);
    if (this.kind !== K.integer && this.kind !== K.decimal)
      this.unexpected(['a span of time, such as "30s"']);
    const isWhole = this.kind === K.integer;
    this.advance();
    const unit = this.at(K.identifier) ? this.word : "";
    if (unit !== "") this.advance();
    const found = quoted(this.text.slice(start, this.lastEnd));
    if (unit === "") return this.#badDuration(start, found, "it has no unit", `write ${amount}s for seconds`);
    if (!isUnit(unit)) {
      const meant = UNIT_NAMES.find(([pattern]) => pattern.test(unit))?.[1];
      const help = meant === undefined ? "the units are ms, s, m, h and d" : `write ${amount}${meant}`;
      return this.#badDuration(start, found, `there is no unit ${quoted(unit)}`, help);
    }
    if (isNegative || amount === 0) return this.#badDuration(start, found, "it has to be above 0", undefined);
    if (!isWhole)
      return this.#badDuration(start, found, "it has to be a whole number", wholeSpan(amount, unit));
    if (!Number.isSafeInteger(amount * MILLIS[unit]))
      return this.#badDuration(start, found, "it is too long", undefined);
    return { amount, unit, start, end: this.lastEnd };
  }

  #badDuration(start: number, found: string, reason: string, help: string | undefined): undefined {
    const span = { start, end: this.lastEnd };
    this.findings.add("eql/bad-duration", { found, reason }, span, help === undefined ? {} : { help });
    return undefined;
  }

  /** term := ("[" | "![") event "]" by? ("with" "runs" "=" INTEGER)? */
  #term(kind: Multi): Term {
    const { start } = this;
    const missing = this.kind !== K.openBracket;
    const sign = { start, end: start + 2 };
    if (this.kind === K.not) this.advance();
    this.advance();
    if (missing && kind !== "sequence")
      this.findings.add("eql/not-here", { statement: kind, part: "missing event" }, sign);
    const event = this.#closedEvent(start);
    let by: readonly Field[] = [];
    if (this.#isWord("by", 1)) this.mendAs(["by"]);
    if (this.kind === K.by) by = this.#by();
    // Keys within the bracket have been reported; the bracket ends behind them.
    if (by.length > 0) this.accept(K.closeBracket);
    let runs = 1;
    if (this.#isWord("with", 2)) this.mendAs(["with"]);
    if (this.kind === K.with) {
      const from = this.start;
      runs = this.#runs();
      if (kind !== "sequence")
        this.findings.add(
          "eql/not-here",
          { statement: kind, part: "runs" },
          { start: from, end: this.lastEnd },
        );
    }
    if (this.kind === K.identifier && this.word === "fork") this.#fork();
    return { missing, event, by, runs, start, end: this.lastEnd };
  }

  /** Whether the word that is next is this keyword in another case. */
  #isWord(keyword: string, ahead: number): boolean {
    return (
      this.kind === K.identifier && this.peek(ahead) !== K.openBracket && this.word.toLowerCase() === keyword
    );
  }

  #closedEvent(open: number): EventFilter | Unreadable {
    this.openEvents++;
    const event = this.recover<EventFilter | Unreadable>(this.#event, this.#isTermEnd, this.unreadable);
    this.openEvents--;
    if (this.accept(K.closeBracket)) return event;
    if (this.kind === K.by) {
      this.findings.add("query/syntax", { expected: '"]"', found: '"by"' }, this.span, {
        help: 'close the bracket before "by"',
      });
      return event;
    }
    if (this.at(K.until) || this.at(K.pipe) || this.at(K.end) || this.#atTerm()) {
      this.reportUnclosed(open, '"]"');
      return event;
    }
    this.findings.add("query/syntax", { expected: '"and", "or" or "]"', found: this.found() }, this.span);
    this.skipTo(this.#isTermEnd);
    this.accept(K.closeBracket);
    return event;
  }

  readonly #isTermEnd = (kind: Kind): boolean => {
    const isSync = this.isSync(kind);
    if (kind === K.closeBracket || kind === K.pipe || kind === K.until) return isSync || kind === K.until;
    return isSync && this.#atTerm();
  };

  /** "with" "runs" "=" INTEGER */
  #runs(): number {
    this.advance();
    if (this.kind === K.maxspan || (this.kind === K.identifier && this.word !== "runs")) {
      const help =
        this.kind === K.maxspan
          ? '"maxspan" stands before the first bracket: sequence with maxspan=5m'
          : 'an event has "runs"';
      this.#unknownOption(help);
      return 1;
    }
    if (this.kind !== K.identifier) this.unexpected(['"runs"']);
    this.advance();
    this.#assign();
    if (this.at(K.end) || this.#atTerm()) this.unexpected(["a whole number"]);
    const { start } = this;
    const count = this.at(K.integer) ? Number(this.word) : 0;
    this.#skipValue();
    if (count >= 1 && count <= 100) return count;
    const span = { start, end: this.lastEnd };
    this.findings.add("eql/runs-range", { found: quoted(this.text.slice(start, span.end)) }, span);
    return 1;
  }

  /** Skips the value of an option: a number, its sign, its unit. */
  #skipValue(): void {
    this.accept(K.minus);
    const isNumber = this.at(K.integer) || this.at(K.decimal);
    if (!this.#atTerm()) this.advance();
    if (isNumber && this.at(K.identifier) && this.start === this.lastEnd) this.advance();
  }

  /** `fork`, `fork=true`, an option of an older dialect */
  #fork(): void {
    const { start } = this;
    this.advance();
    if (this.accept(K.assign)) this.advance();
    this.findings.add("eql/fork", {}, { start, end: this.lastEnd });
  }

  #until(kind: Multi): Term | undefined {
    const { span } = this;
    this.advance();
    if (kind === "sample") this.findings.add("eql/not-here", { statement: kind, part: '"until"' }, span);
    if (!this.#atTerm()) this.unexpected(['"["']);
    return this.#term(kind);
  }

  /** relation "of" event; refused, and read to find the mistakes in it. */
  protected processRelationship(): Expression {
    const { start, word } = this;
    this.advance();
    this.advance();
    this.findings.add("eql/process-relationship", { relation: word }, { start, end: this.lastEnd });
    if (this.#atTerm())
      this.nested(() => {
        const open = this.start;
        this.advance();
        this.#closedEvent(open);
      });
    return { kind: "error", start, end: this.lastEnd };
  }

  /** pipe := "|" ("head" | "tail") INTEGER */
  #pipe(): Pipe[] {
    const { start } = this;
    this.advance();
    const { word: name, span } = this;
    if (this.kind === K.end || this.kind === K.pipe) this.unexpected(['"head" or "tail"']);
    if (name !== "head" && name !== "tail") this.#failAtPipe(name);
    this.advance();
    const count = this.#pipeCount(name, span);
    if (!this.at(K.pipe) && !this.at(K.end)) this.unexpected(['"|"', "the end of the query"]);
    return count === undefined ? [] : [{ name, count, start, end: this.lastEnd }];
  }

  #failAtPipe(name: string): never {
    const lower = name.toLowerCase();
    if (OTHER_PIPES.has(name)) this.fail("eql/unsupported-pipe", { pipe: name }, this.span);
    if (this.kind !== K.identifier) this.unexpected(['"head" or "tail"']);
    const meant = this.keywordFor(name, ["head", "tail"]) ?? (lower === "limit" ? "head" : undefined);
    const help = meant === undefined ? {} : { help: `did you mean ${quoted(meant)}?` };
    return this.fail("eql/unsupported-pipe", { pipe: name }, this.span, help);
  }

  #pipeCount(pipe: string, name: Span): number | undefined {
    const { kind, start } = this;
    if (kind === K.end || kind === K.pipe) {
      this.findings.add("eql/pipe-argument", { pipe, found: "none" }, name, { help: `write: | ${pipe} 10` });
      return undefined;
    }
    const count = Number(this.word);
    if (
      kind === K.integer &&
      (this.peek(1) === K.pipe || this.peek(1) === K.end) &&
      Number.isSafeInteger(count)
    ) {
      this.advance();
      return count;
    }
    this.skipTo(this.#isPipe);
    const span = { start, end: this.lastEnd };
    const found = quoted(this.text.slice(start, span.end));
    this.findings.add("eql/pipe-argument", { pipe, found }, span, { help: `write: | ${pipe} 10` });
    return undefined;
  }
}

function isUnit(unit: string): unit is Duration["unit"] {
  return Object.hasOwn(MILLIS, unit);
}

/** `write 150s` for 2.5 minutes, where a smaller unit has a whole number. */
function wholeSpan(amount: number, unit: Duration["unit"]): string | undefined {
  const millis = amount * MILLIS[unit];
  const units = (["d", "h", "m", "s", "ms"] as const).filter((one) => MILLIS[one] < MILLIS[unit]);
  const whole = units.find((one) => Number.isInteger(millis / MILLIS[one]));
  return whole === undefined ? undefined : `write ${millis / MILLIS[whole]}${whole}`;
}
