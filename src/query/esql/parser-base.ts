import type { Code, ParamsOf, ReportOptions } from "../../diagnostics/index.js";
import { Parser, quoted, type Span } from "../core/index.js";
import type { Column, ColumnPattern, ColumnReference, ColumnSelector, Parameter, Unreadable } from "./ast.js";
import { isWord, K, type Kind } from "./kinds.js";
import { nameInBackticks } from "./text.js";

/** What the parts of the parser share: recovery, lists, and names of columns. */
export abstract class EsqlParser extends Parser<Kind> {
  /** How many brackets with commands in them are open. */
  protected pipelines = 0;
  /** The token at which the last recovery ended: what is wrong there has been said. */
  #recoveredAt = -1;

  protected override fail<C extends Code>(
    code: C,
    params: ParamsOf<C>,
    span: Span = this.span,
    options: Omit<ReportOptions, "related"> = {},
  ): never {
    if (this.mark() === this.#recoveredAt) this.stop();
    if (code === "query/too-deep") {
      this.report(code, params, span, options);
      this.leave();
    }
    return super.fail(code, params, span, options);
  }

  /** Reads no more of the query. What is wrong with it has been said. */
  protected leave(): never {
    while (this.kind !== K.end) this.advance();
    this.#recoveredAt = this.mark();
    return this.stop();
  }

  /**
   * Reads a construct; where it fails, goes on at the next of `stops` outside of brackets that are opened on the way, at
   * a pipe, or at the bracket that closes the commands.
   */
  protected attempt<T>(read: () => T, stops: readonly Kind[], fallback: (span: Span) => T): T {
    const { pipelines } = this;
    /** Of each bracket opened on the way, whether commands are in it. */
    const opened: boolean[] = [];
    const isSync = (kind: Kind): boolean => {
      switch (kind) {
        case K.open:
        case K.openSquare:
        case K.openCurly:
        case K.openCommands:
          opened.push(kind === K.openCommands);
          return false;
        case K.close:
        case K.closeSquare:
        case K.closeCurly:
          if (opened.length === 0) return stops.includes(kind) || (kind === K.close && pipelines > 0);
          opened.pop();
          return false;
        case K.pipe:
        case K.semicolon:
          return !opened.includes(true);
        default:
          return opened.length === 0 && stops.includes(kind);
      }
    };
    return this.recover(read, isSync, (span) => {
      this.#recoveredAt = this.mark();
      this.pipelines = pipelines;
      return fallback(span);
    });
  }

  /** Items with commas between them, each with its own recovery. */
  protected list<T>(item: () => T, unreadable: (span: Span) => T): T[] {
    const items = [this.attempt(item, [K.comma], unreadable)];
    while (this.kind === K.comma) {
      const comma = this.span;
      this.advance();
      if (this.endsCommand()) {
        this.report("esql/nothing-after", { sign: "comma" }, comma);
        break;
      }
      items.push(this.attempt(item, [K.comma], unreadable));
    }
    return items;
  }

  /** Whether no more of the command is there. */
  protected endsCommand(): boolean {
    return (
      this.kind === K.pipe ||
      this.kind === K.end ||
      this.kind === K.semicolon ||
      (this.kind === K.close && this.pipelines > 0)
    );
  }

  protected unreadable(span: Span): Unreadable {
    return { kind: "error", start: span.start, end: span.end };
  }

  /** The next token in lower case. */
  protected get lowerWord(): string {
    return this.word.toLowerCase();
  }

  /** Whether the next token is this word, which is no keyword of expressions. */
  protected isNext(word: string): boolean {
    return this.kind === K.name && this.end - this.start === word.length && this.lowerWord === word;
  }

  protected acceptWord(word: string): boolean {
    if (!this.isNext(word)) return false;
    this.advance();
    return true;
  }

  /** Whether the next token is of this kind. Unlike `kind` itself, the compiler does not take the answer for lasting. */
  protected is(kind: Kind): boolean {
    return this.kind === kind;
  }

  protected expect(kind: Kind, expected: string): void {
    if (!this.accept(kind)) this.unexpected([expected]);
  }

  /** The end of a bracket that was opened at `opened`. */
  protected close(kind: Kind, sign: string, opened: Span, hint?: string): void {
    if (this.accept(kind)) return;
    const from = this.text.slice(opened.start, opened.start + 20).split("\n", 1)[0]!;
    this.fail(
      "query/unclosed-bracket",
      { expected: `"${sign}"`, found: this.found() },
      this.kind === K.end ? opened : this.span,
      { help: hint ?? `close the bracket in ${quoted(from)}` },
    );
  }

  /** Finds fault without ending the construct. */
  protected report<C extends Code>(
    code: C,
    params: ParamsOf<C>,
    span: Span,
    options: Omit<ReportOptions, "related"> = {},
  ): void {
    this.findings.add(code, params, span, options);
  }

  // Names.

  /** `name`, `` `name` ``: one word of any kind, as in lists of names. */
  protected identifier(expected: string): string {
    if (this.kind === K.quotedName) {
      const name = nameInBackticks(this.word);
      this.advance();
      return name;
    }
    if (!isWord(this.kind)) this.unexpected([expected]);
    const name = this.word;
    this.advance();
    return name;
  }

  protected parameter(): Parameter {
    const { start, end, word } = this;
    const double = word.startsWith("??");
    this.advance();
    return { kind: "parameter", double, name: word.slice(double ? 2 : 1), start, end };
  }

  /** The name of one column in a list of names, where keywords are names too. */
  protected reference(expected = "the name of a column"): ColumnReference {
    const selector = this.selector(expected);
    if (selector.kind !== "pattern") return selector;
    return this.fail("query/syntax", { expected, found: "a pattern" }, selector, {
      help: "name one column, without *",
    });
  }

  /** `a.b`, `a*`, `*`, `?a`, `a.?b`, `[q].[a.b]`. */
  protected selector(expected = "the name of a column"): ColumnSelector {
    const start = this.start;
    if (this.kind === K.openSquare) return this.qualified();
    const parts: (Column | ColumnPattern | Parameter)[] = [this.selectorPart(expected)];
    while (this.accept(K.dot)) parts.push(this.selectorPart(expected));
    if (this.kind === K.minus && this.start === this.lastEnd && this.peekSpan(1).start === this.end) {
      const name = this.text.slice(start, this.peekSpan(1).end);
      this.fail("esql/name-characters", { character: '"-"' }, this.span, {
        help: `write the name in backticks: \`${name.length > 80 ? "…" : name}\``,
      });
    }
    return this.joinParts(parts, start);
  }

  /** Makes one node of the parts of a dotted name. */
  protected joinParts(parts: (Column | ColumnPattern | Parameter)[], start: number): ColumnSelector {
    const end = this.lastEnd;
    if (parts.length === 1) return parts[0]!;
    if (parts.some(({ kind }) => kind === "parameter"))
      return { kind: "parameter-column", parts, start, end };
    const pieces: (string | { readonly any: true })[] = [];
    for (const [index, part] of parts.entries()) {
      if (index > 0) append(pieces, ".");
      if (part.kind === "column") append(pieces, part.name);
      else if (part.kind === "pattern")
        for (const piece of part.pieces)
          if (typeof piece === "string") append(pieces, piece);
          else pieces.push(piece);
    }
    return columnOf(pieces, start, end);
  }

  /** Words, backticks and stars that follow each other without space. */
  private selectorPart(expected: string): Column | ColumnPattern | Parameter {
    if (this.kind === K.parameter) return this.parameter();
    const { start } = this;
    const pieces: (string | { readonly any: true })[] = [];
    for (let first = true; first || this.start === this.lastEnd; first = false) {
      const { kind } = this;
      if (kind === K.star) pieces.push({ any: true });
      else if (kind === K.quotedName) append(pieces, nameInBackticks(this.word));
      else if (isWord(kind) || (kind === K.integer && !first)) append(pieces, this.word);
      else break;
      this.advance();
    }
    if (pieces.length === 0) {
      if (this.kind === K.text)
        this.unexpected([expected], { help: "names stand without quotes, or in backticks: `a-b`" });
      this.unexpected([expected]);
    }
    return columnOf(pieces, start, this.lastEnd);
  }

  /** `[qualifier].[name]` */
  protected qualified(): Column {
    const start = this.start;
    const qualifier = this.inSquares("a qualifier");
    if (!this.accept(K.dot)) this.unexpected(['"."'], { help: 'a list holds constants: [1, 2], ["a", "b"]' });
    const name = this.inSquares("the name of a column");
    return { kind: "column", name, qualifier, start, end: this.lastEnd };
  }

  private inSquares(expected: string): string {
    const opened = this.span;
    this.expect(K.openSquare, '"["');
    const names: string[] = [];
    if (this.kind !== K.closeSquare) {
      do names.push(this.identifier(expected));
      while (this.accept(K.dot));
    }
    this.close(K.closeSquare, "]", opened);
    return names.join(".");
  }

  /** The next token for a message that suggests a comma or an operator before it. */
  protected quotedWord(): string {
    return quoted(this.word);
  }
}

/** Adds a text; two in a row are one. */
function append(pieces: (string | { readonly any: true })[], text: string): void {
  const last = pieces[pieces.length - 1];
  if (typeof last === "string") pieces[pieces.length - 1] = last + text;
  else pieces.push(text);
}

function columnOf(
  pieces: (string | { readonly any: true })[],
  start: number,
  end: number,
): Column | ColumnPattern {
  const only = pieces[0];
  return pieces.length === 1 && typeof only === "string"
    ? { kind: "column", name: only, qualifier: undefined, start, end }
    : { kind: "pattern", pieces, start, end };
}
