import { type Code, type ParamsOf, type ReportOptions, oneOf } from "../../diagnostics/index.js";
import { quoted } from "./expected.js";
import type { Findings } from "./findings.js";
import { MAX_DEPTH } from "./limits.js";
import type { Span } from "./span.js";
import type { Tokens } from "./tokens.js";

/** Thrown by `fail`, caught by `recover`. It carries nothing: the finding has been made. */
const STOP = Symbol("syntax error");

/**
 * What recursive descent over a token list needs: looking ahead, expected sets, errors that end one construct and
 * not the parse, and a bound on depth. A language's parser extends it and has one method a production.
 */
export abstract class Parser<Kind extends number> {
  protected readonly text: string;
  protected readonly findings: Findings;
  readonly #tokens: Tokens<Kind>;
  #at = 0;
  #depth = 0;

  /** The last of `tokens` is the end of the query. */
  constructor(text: string, tokens: Tokens<Kind>, findings: Findings) {
    this.text = text;
    this.#tokens = tokens;
    this.findings = findings;
  }

  /** The kind of the token that is next. */
  protected get kind(): Kind {
    return this.#tokens.kinds[this.#at]!;
  }

  /** Where the next token starts. */
  protected get start(): number {
    return this.#tokens.starts[this.#at]!;
  }

  /** Where the next token ends. */
  protected get end(): number {
    return this.#tokens.ends[this.#at]!;
  }

  /** Where the last token that was read ended. */
  protected get lastEnd(): number {
    return this.#at === 0 ? 0 : this.#tokens.ends[this.#at - 1]!;
  }

  protected get span(): Span {
    return { start: this.start, end: this.end };
  }

  /** The text of the next token. */
  protected get word(): string {
    return this.text.slice(this.start, this.end);
  }

  /** The kind of a token further on; the end of the query beyond it. */
  protected peek(ahead: number): Kind {
    const { kinds } = this.#tokens;
    return kinds[Math.min(this.#at + ahead, kinds.length - 1)]!;
  }

  /** The range of a token further on. */
  protected peekSpan(ahead: number): Span {
    const { starts, ends } = this.#tokens;
    const index = Math.min(this.#at + ahead, starts.length - 1);
    return { start: starts[index]!, end: ends[index]! };
  }

  /** Reads the next token; the end of the query stays. */
  protected advance(): void {
    if (this.#at < this.#tokens.kinds.length - 1) this.#at++;
  }

  /** Reads the next token if it is of this kind. */
  protected accept(kind: Kind): boolean {
    if (this.kind !== kind) return false;
    this.advance();
    return true;
  }

  /** Where the parser stands, to come back to with `reset`. */
  protected mark(): number {
    return this.#at;
  }

  protected reset(mark: number): void {
    this.#at = mark;
  }

  /** Ends the construct that is being read, with a finding. */
  protected fail<C extends Code>(
    code: C,
    params: ParamsOf<C>,
    span: Span = this.span,
    options: Omit<ReportOptions, "related"> = {},
  ): never {
    this.findings.add(code, params, span, options);
    throw STOP;
  }

  /** Ends the construct without a finding: what is wrong with it has been reported. */
  protected stop(): never {
    throw STOP;
  }

  /** Ends the construct: the next token is none of `expected`, which are texts for people (`a field`, `")"`). */
  protected unexpected(expected: readonly string[], options: Omit<ReportOptions, "related"> = {}): never {
    return this.fail("query/syntax", { expected: oneOf(expected), found: this.found() }, this.span, options);
  }

  /** The next token as a message names it. */
  protected found(): string {
    return this.start === this.text.length ? "the end of the query" : quoted(this.word);
  }

  /**
   * Reads a construct; where it fails, skips to the next token that `isSync` accepts (which is not read) or to the
   * end of the query, and gives `fallback` of the range in between.
   */
  protected recover<T>(read: () => T, isSync: (kind: Kind) => boolean, fallback: (span: Span) => T): T {
    const start = this.start;
    const depth = this.#depth;
    try {
      return read();
    } catch (error) {
      if (error !== STOP) throw error;
      this.#depth = depth;
      while (this.#at < this.#tokens.kinds.length - 1 && !isSync(this.kind)) this.#at++;
      return fallback({ start, end: Math.max(start, this.lastEnd) });
    }
  }

  /** Reads a construct that may contain itself: brackets, negations. Past the limit it fails. */
  protected nested<T>(read: () => T): T {
    if (this.#depth >= MAX_DEPTH) return this.fail("query/too-deep", { limit: MAX_DEPTH });
    this.#depth++;
    const value = read();
    this.#depth--;
    return value;
  }
}
