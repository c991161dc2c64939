import { didYouMean } from "../../diagnostics/index.js";
import { Findings, MAX_LENGTH, oneOf, type QueryDiagnostic, quoted, type Span } from "../core/index.js";
import type {
  Column,
  Command,
  Explain,
  From,
  Index,
  Pipeline,
  Promql,
  Query,
  Setting,
  Show,
  Source,
  Subquery,
  Unreadable,
} from "./ast.js";
import { isPipeCommand, isSourceCommand, PIPE_COMMANDS, SOURCE_COMMANDS } from "./commands.js";
import { isWord, K } from "./kinds.js";
import { tokenize } from "./lexer.js";
import { CommandParser } from "./parser-commands.js";
import { promqlParts } from "./promql.js";
import { textValue } from "./text.js";

/** Commands whose rest is divided into tokens in a way of its own: they can only be read where a pipe announces them. */
const NEED_PIPE: ReadonlySet<string> = new Set(["enrich", "fork", "inline", "left", "lookup", "right"]);

/** Words of SQL and of other pipe languages, and what does their work here. */
const FOREIGN_COMMANDS: Readonly<Record<string, string>> = {
  extend: "EVAL a = …",
  fields: "KEEP a, b",
  filter: "WHERE a == 1",
  group: "STATS … BY a",
  having: "WHERE … after STATS",
  head: "LIMIT 10",
  join: "LOOKUP JOIN index ON a",
  order: "SORT a DESC",
  project: "KEEP a, b",
  search: 'WHERE KQL("…")',
  select: "KEEP a, b",
  summarize: "STATS … BY a",
  table: "KEEP a, b",
  tail: "SORT a DESC | LIMIT 10",
  take: "LIMIT 10",
  top: "SORT a DESC | LIMIT 10",
};
/** Words of other languages inside of a command, and what to do. */
const FOREIGN_WORDS: Readonly<Record<string, string>> = {
  as: "the name of a column stands before its value: name = …",
  between: "write a >= 1 AND a <= 5",
  contains: 'write LIKE "*text*"',
  endswith: 'write LIKE "*text"',
  has: 'write LIKE "*text*"',
  ilike: 'write TO_LOWER(a) LIKE "text*"',
  matches: 'write RLIKE "…"',
  regex: 'write RLIKE "…"',
  regexp: 'write RLIKE "…"',
  startswith: 'write LIKE "text*"',
  when: "write CASE(condition, value, …, otherwise)",
  wildcard: 'write LIKE "text*"',
};
const WORDS_BETWEEN = [
  "AND",
  "ASC",
  "BY",
  "DESC",
  "IN",
  "IS",
  "LIKE",
  "NOT",
  "NULLS",
  "ON",
  "OR",
  "RLIKE",
  "WHERE",
  "WITH",
];
const PIPE_COMMANDS_SHOWN = PIPE_COMMANDS.map((command) => command.toUpperCase());
const SOURCE_COMMANDS_SHOWN = SOURCE_COMMANDS.map((command) => command.toUpperCase());

const A_COMMENT = "a comment starts with //";

/** Words of SQL after a command, and what to do. */
const SQL: Readonly<Record<string, string>> = {
  group: "write STATS … BY a, without GROUP",
  having: 'write "| WHERE …" after STATS',
  join: 'write "| LOOKUP JOIN index ON a"',
  order: 'write "| SORT a DESC"',
  select: 'write "| KEEP a, b"',
};

/**
 * Reads an ES|QL query. The tree is always there: `error` nodes stand where something could not be read. Findings are
 * in the order of the query.
 */
export function parse(text: string): {
  readonly ast: Query;
  readonly diagnostics: readonly QueryDiagnostic[];
} {
  const findings = new Findings();
  if (text.length > MAX_LENGTH) {
    const span = { start: 0, end: text.length };
    findings.add("query/too-long", { length: text.length, limit: MAX_LENGTH }, span);
    const source: Unreadable = { kind: "error", ...span };
    return { ast: { kind: "query", settings: [], source, commands: [], ...span }, diagnostics: findings.all };
  }
  const ast = new StatementParser(text, tokenize(text, findings), findings).query();
  return { ast, diagnostics: [...findings.all].sort((a, b) => a.start - b.start) };
}

class StatementParser extends CommandParser {
  /** `(SET a = b;)* source (| command)*` */
  query(): Query {
    const { start } = this;
    const settings: Setting[] = [];
    while (this.kind === K.command && this.lowerWord === "set") settings.push(this.setting());
    const pipeline = this.pipeline(SOURCE_COMMANDS);
    return { kind: "query", settings, ...pipeline, start };
  }

  /** `SET a = 1;` */
  private setting(): Setting {
    const { start } = this;
    this.advance();
    const read = (): Setting => {
      const nameSpan = this.span;
      const name = this.identifier("the name of a setting");
      this.expect(K.assign, '"="');
      const value = this.kind === K.openCurly ? this.map() : this.constant();
      if (this.kind !== K.semicolon) this.unexpected(['";"']);
      return { name, nameSpan, value, start, end: this.lastEnd };
    };
    const setting = this.attempt(read, [K.semicolon], (span) => ({
      name: "",
      nameSpan: span,
      value: this.unreadable(span),
      start,
      end: span.end,
    }));
    this.accept(K.semicolon);
    return setting;
  }

  private pipeline(sources: readonly string[]): Pipeline {
    const { start } = this;
    const source = this.attempt<Source>(
      () => this.source(sources),
      [],
      (span) => this.unreadable(span),
    );
    const commands = this.commands(false);
    return { source, commands, start, end: this.lastEnd };
  }

  protected bracketedQuery(sources: readonly string[]): Subquery {
    const { start } = this;
    const opened = this.span;
    this.expect(K.openCommands, '"("');
    this.pipelines++;
    const { peak } = this;
    this.peak = 0;
    const pipeline = this.pipeline(sources);
    this.pipelines--;
    this.close(K.close, ")", opened);
    this.height = this.peak + 1;
    this.peak = peak;
    return { kind: "subquery", ...pipeline, start, end: this.lastEnd };
  }

  /** `| command` until the query or the bracket ends; `first`: the first has no pipe before it. */
  protected commands(first: boolean): Command[] {
    const commands: Command[] = [];
    if (first) commands.push(this.command(this.span));
    while (this.kind !== K.end && !(this.kind === K.close && this.pipelines > 0)) {
      const pipe = this.span;
      if (this.accept(K.pipe)) commands.push(this.command(pipe));
      else {
        const found = this.missingPipe();
        if (found !== undefined) commands.push(found);
      }
    }
    return commands;
  }

  private command(pipe: Span): Command {
    return this.attempt<Command>(
      () => this.pipedCommand(pipe),
      [],
      (span) => this.unreadable(span),
    );
  }

  private pipedCommand(pipe: Span): Command {
    if (this.endsCommand()) {
      if (this.kind === K.pipe || pipe.end === pipe.start || this.text[pipe.start] !== "|")
        this.unexpected(["a command"], { help: "as in | WHERE a == 1" });
      this.fail("esql/nothing-after", { sign: "pipe" }, pipe);
    }
    if (this.kind !== K.command) this.unexpected(["a command"], { help: "as in | WHERE a == 1" });
    const { start } = this;
    const word = this.lowerWord;
    const span = this.span;
    const written = quoted(this.word);
    this.advance();
    const command = this.commandOf(word, start);
    if (command !== undefined) return command;
    return this.fail("esql/unknown-command", { command: written }, span, this.helpWithCommand(word));
  }

  private helpWithCommand(word: string): { readonly help?: string } {
    const foreign = Object.hasOwn(FOREIGN_COMMANDS, word) ? FOREIGN_COMMANDS[word] : undefined;
    if (foreign !== undefined) return { help: `write ${foreign}` };
    if (isSourceCommand(word))
      return { help: `${word.toUpperCase()} can only be the first command of a query` };
    const help = didYouMean(word, PIPE_COMMANDS_SHOWN);
    return help === undefined ? {} : { help };
  }

  /** A command ended, and neither a pipe nor the end is next. */
  private missingPipe(): Command | undefined {
    const word = isWord(this.kind) ? this.lowerWord : "";
    const { start, span } = this;
    if (this.kind === K.command || isPipeCommand(word)) {
      const command = this.lowerWord;
      this.report("esql/missing-pipe", { command: command.toUpperCase() }, span, {
        help: `write "| ${command.toUpperCase()}"`,
      });
      return this.attempt<Command | undefined>(
        () => {
          const announced = this.kind === K.command;
          this.advance();
          if (!announced && NEED_PIPE.has(command)) this.stop();
          return this.commandOf(command, start);
        },
        [],
        (range) => this.unreadable(range),
      );
    }
    this.attempt(
      () => this.leftOver(word),
      [],
      () => undefined,
    );
    // A bracket or semicolon that ends nothing.
    if (this.start === start && this.kind !== K.pipe) this.advance();
    return undefined;
  }

  private leftOver(word: string): never {
    const sql = Object.hasOwn(SQL, word) ? SQL[word] : undefined;
    if (sql !== undefined) this.fail("esql/sql", { word: word.toUpperCase() }, this.span, { help: sql });
    const expected = this.pipelines > 0 ? '"|" or ")"' : '"|" or the end of the query';
    const found = this.found();
    const help = this.helpWithLeftOver(word);
    const options = help === undefined ? {} : { help };
    if (this.kind !== K.semicolon) return this.fail("query/syntax", { expected, found }, this.span, options);
    // Another query: it is not this one's matter.
    this.report("query/syntax", { expected, found }, this.span, options);
    return this.leave();
  }

  private helpWithLeftOver(word: string): string | undefined {
    switch (this.kind) {
      case K.close:
        return "there is no bracket that this one closes";
      case K.semicolon:
        return "one query stands by itself; take the semicolon out";
      case K.open:
        return "a column that is named after an expression stands in backticks: `COUNT(*)`";
      case K.name: {
        if (Object.hasOwn(FOREIGN_WORDS, word)) return FOREIGN_WORDS[word];
        const short = word.slice(0, 40);
        const near =
          word.length < 3
            ? undefined
            : (didYouMean(short, WORDS_BETWEEN) ?? didYouMean(short, PIPE_COMMANDS_SHOWN));
        return near ?? 'a comma, an operator or a "|" may be missing before it';
      }
      case K.quotedName:
      case K.text:
      case K.integer:
      case K.decimal:
        return 'a comma, an operator or a "|" may be missing before it';
      default:
        return undefined;
    }
  }

  // Sources.

  private source(sources: readonly string[]): Source {
    const { start } = this;
    const word = this.kind === K.command ? this.lowerWord : "";
    if (!sources.includes(word)) return this.noSource(sources, word);
    this.advance();
    switch (word) {
      case "from":
      case "ts":
        return this.from(word, start);
      case "row":
        return { kind: "row", columns: this.assignments(), start, end: this.lastEnd };
      case "show":
        return this.show(start);
      case "promql":
        return this.promql(start);
      default:
        return this.explain(start);
    }
  }

  private noSource(sources: readonly string[], word: string): never {
    const nested = sources !== SOURCE_COMMANDS;
    if (this.endsCommand() || nested || isSourceCommand(word))
      return this.unexpected([oneOf(sources.map((source) => source.toUpperCase()))]);
    const span = this.span;
    const first = quoted(this.kind === K.command ? this.word : this.text.slice(span.start, span.end));
    const language = this.otherLanguage(word);
    if (language !== undefined) {
      this.report("esql/other-language", { language }, span);
      return this.leave();
    }
    if (this.text.startsWith("--", span.start))
      return this.fail("esql/unknown-source", { word: first }, span, { help: A_COMMENT });
    if (word === "select" || word === "with" || word === "insert" || word === "update" || word === "delete")
      return this.fail("esql/sql", { word: word.toUpperCase() }, span, {
        help: "start with FROM: FROM logs-* | WHERE … | KEEP a, b",
      });
    if (isPipeCommand(word))
      return this.fail("esql/unknown-source", { word: first }, span, {
        help: `name the indices first: FROM logs-* | ${word.toUpperCase()} …`,
      });
    const near = word === "" ? undefined : didYouMean(word, SOURCE_COMMANDS_SHOWN);
    return this.fail("esql/unknown-source", { word: first }, span, near === undefined ? {} : { help: near });
  }

  /** The language that the query looks like, if it is another. */
  private otherLanguage(word: string): string | undefined {
    const next = this.peekSpan(1);
    const second = this.text.slice(next.start, Math.min(next.end, next.start + 20)).toLowerCase();
    if (second === "where" || ((word === "sequence" || word === "sample") && /^(?:by|with|\[)/.test(second)))
      return "EQL";
    for (let ahead = 1; ahead <= 4 && this.peek(ahead) !== K.pipe; ahead++)
      if (this.peek(ahead) === K.colon) return "KQL or Lucene";
    return undefined;
  }

  /** `FROM a, b METADATA _id, _index` */
  private from(kind: "from" | "ts", start: number): From {
    const targets = this.list<Index | Subquery | Unreadable>(
      () => (this.kind === K.openCommands ? this.subquery() : this.index("an index pattern")),
      (span) => this.unreadable(span),
    );
    this.misplacedWords();
    return { kind, targets, metadata: this.metadata(), start, end: this.lastEnd };
  }

  /** SQL after the indices, and a misspelt METADATA. */
  private misplacedWords(): void {
    if (this.kind !== K.source) return;
    const word = this.lowerWord;
    if (Object.hasOwn(SQL, word)) this.leftOver(word);
    const near = word.startsWith("--") ? A_COMMENT : didYouMean(word.slice(0, 40), ["METADATA"]);
    this.unexpected(['",", METADATA, "|" or the end of the query'], near === undefined ? {} : { help: near });
  }

  /** `METADATA _id, _index`; in square brackets, as it once was, with a finding. */
  private metadata(): Column[] {
    const bracket = this.kind === K.openSquare && this.peek(1) === K.metadata;
    if (bracket) this.brackets();
    if (!this.accept(K.metadata)) return [];
    const inner = this.kind === K.openSquare;
    if (inner) this.brackets();
    const columns = this.metadataFields();
    if (bracket || inner) this.accept(K.closeSquare);
    return columns;
  }

  private brackets(): void {
    this.report("esql/metadata-brackets", {}, this.span);
    this.advance();
  }

  private metadataFields(): Column[] {
    const columns: Column[] = [];
    for (;;) {
      const comma = { start: this.lastEnd - 1, end: this.lastEnd };
      if (this.endsCommand() && columns.length > 0) {
        this.report("esql/nothing-after", { sign: "comma" }, comma);
        return columns;
      }
      const column = this.metadataField();
      if (columns.some(({ name }) => name === column.name))
        this.report("esql/metadata-twice", { field: quoted(column.name) }, column);
      columns.push(column);
      if (this.kind === K.source) {
        if (!this.word.startsWith("_")) this.unexpected(['",", "|" or the end of the query']);
        this.report("esql/missing-comma", { item: quoted(this.word) }, this.span, { help: 'write ","' });
      } else if (!this.accept(K.comma)) return columns;
    }
  }

  private metadataField(): Column {
    const { start, end, word: name } = this;
    if (this.kind !== K.source)
      this.unexpected(["a metadata field"], { help: "as in METADATA _id, _index, _version" });
    this.advance();
    return { kind: "column", name, qualifier: undefined, start, end };
  }

  /** `a`, `"a,b"`, `cluster:a::failures` */
  protected index(expected: string): Index {
    const { start } = this;
    if (this.kind === K.text) {
      const text = textValue(this.word);
      this.advance();
      return { kind: "index", text, start, end: this.lastEnd };
    }
    let text = this.indexPart(expected);
    if (this.accept(K.colon)) text += `:${this.indexPart("an index pattern without quotes")}`;
    if (this.accept(K.cast)) text += `::${this.indexPart("data or failures")}`;
    return { kind: "index", text, start, end: this.lastEnd };
  }

  private indexPart(expected: string): string {
    if (this.kind !== K.source) this.unexpected([expected]);
    const part = this.word;
    this.advance();
    return part;
  }

  /** `SHOW INFO` */
  private show(start: number): Show {
    if (!this.isNext("info")) this.unexpected(["INFO"]);
    this.advance();
    return { kind: "show", what: "info", start, end: this.lastEnd };
  }

  /** `EXPLAIN (FROM …)` */
  private explain(start: number): Explain {
    if (this.kind !== K.openCommands) this.unexpected(['"("'], { help: "as in EXPLAIN (FROM logs-*)" });
    const query = this.nested(() => this.bracketedQuery(SOURCE_COMMANDS));
    return { kind: "explain", query, start, end: this.lastEnd };
  }

  /** `PROMQL index=k8s result=(up)` */
  private promql(start: number): Promql {
    if (this.kind !== K.promql) this.unexpected(["a PromQL query"]);
    const parts = promqlParts(this.text, this.start, this.end);
    const querySpan = { start: parts.start, end: parts.end };
    if (parts.unclosed !== undefined) {
      const { sign, start: at } = parts.unclosed;
      this.report(
        "query/unclosed-bracket",
        { expected: `"${sign}"`, found: "the end of the PromQL" },
        { start: at, end: at + 1 },
      );
    }
    if (parts.start >= parts.end)
      this.fail("query/syntax", { expected: "a PromQL query", found: "nothing" }, this.span);
    this.advance();
    const { params, target } = parts;
    const query = this.text.slice(parts.start, parts.end);
    return { kind: "promql", params, target, query, querySpan, start, end: this.lastEnd };
  }
}
