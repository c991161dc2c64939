import { didYouMean } from "../../diagnostics/index.js";
import type { Span } from "../core/index.js";
import type {
  Aggregate,
  Assignment,
  Branch,
  ChangePoint,
  ColumnReference,
  ColumnSelector,
  Command,
  Completion,
  Dissect,
  Enrich,
  EnrichColumn,
  Expression,
  Extraction,
  Fork,
  Fuse,
  Grok,
  Highlight,
  Index,
  Join,
  Limit,
  Lookup,
  MapLiteral,
  Mmr,
  Option,
  Order,
  Parameter,
  Plain,
  Renaming,
  Rerank,
  Selection,
  Sort,
  Stats,
  Subquery,
} from "./ast.js";
import { isWord, K } from "./kinds.js";
import { ExpressionParser } from "./parser-expression.js";
import { textValue } from "./text.js";

/** How far a name and its `=` are looked for. */
const MOST_TOKENS_OF_NAME = 200;

/** Reads what comes after a pipe. Each method starts behind the command's first word, which starts at `start`. */
export abstract class CommandParser extends ExpressionParser {
  protected abstract commands(first: boolean): Command[];

  protected abstract index(expected: string): Index;

  /** The command of this first word, in lower case; undefined where there is none. */
  protected commandOf(word: string, start: number): Command | undefined {
    switch (word) {
      case "where":
        return { kind: "where", condition: this.expression(), start, end: this.lastEnd };
      case "eval":
        return { kind: "eval", columns: this.assignments(), start, end: this.lastEnd };
      case "keep":
      case "drop":
        return this.selection(word, start);
      case "rename":
        return { kind: "rename", renamings: this.renamings(), start, end: this.lastEnd };
      case "limit":
        return this.limit(start);
      case "sort":
        return this.sort(start);
      case "stats":
        return this.stats(start, false);
      case "inline":
        return this.inlineStats(start);
      case "inlinestats":
        return this.stats(start, true);
      case "dissect":
        return this.dissect(start);
      case "grok":
        return this.grok(start);
      case "mv_expand":
        return { kind: "mv_expand", column: this.reference(), start, end: this.lastEnd };
      case "enrich":
        return this.enrich(start);
      case "lookup":
      case "left":
      case "right":
        return this.join(word, start);
      case "change_point":
        return this.changePoint(start);
      case "fork":
        return this.fork(start);
      case "fuse":
        return this.fuse(start);
      case "completion":
        return this.completion(start);
      case "rerank":
        return this.rerank(start);
      case "highlight":
        return this.highlight(start);
      case "mmr":
        return this.mmr(start);
      case "sample":
        return { kind: "sample", probability: this.constant(), start, end: this.lastEnd };
      case "ip_location":
      case "registered_domain":
      case "uri_parts":
      case "user_agent":
        return this.extraction(word, start);
      case "dedup":
      case "metrics_info":
      case "ts_info":
      case "ts_collapse":
        return this.plain(word, start);
      default:
        return undefined;
    }
  }

  /** `(a =)? expression, …` */
  protected assignments(): Assignment[] {
    return this.list(
      () => this.assignment(),
      (span) => this.unreadableAssignment(span),
    );
  }

  private unreadableAssignment(span: Span): Assignment {
    return { target: undefined, value: this.unreadable(span), text: "", ...span };
  }

  /** `KEEP a, b*` */
  private selection(kind: "drop" | "keep", start: number): Selection {
    if (this.endsCommand())
      this.unexpected(["the columns"], { help: `name the columns: ${kind.toUpperCase()} a, b*` });
    return { kind, columns: this.selectors(), start, end: this.lastEnd };
  }

  private selectors(): ColumnSelector[] {
    return this.list<ColumnSelector>(
      () => this.selector(),
      (span) => this.unreadable(span),
    );
  }

  private references(): ColumnReference[] {
    return this.list<ColumnReference>(
      () => this.reference(),
      (span) => this.unreadable(span),
    );
  }

  /** `a AS b, c = d` */
  private renamings(): Renaming[] {
    return this.list(
      () => {
        const { start } = this;
        const first = this.selector();
        const assigned = this.accept(K.assign);
        if (!assigned && !this.acceptWord("as"))
          this.unexpected(['AS or "="'], { help: "as in RENAME a AS b" });
        const second = this.selector();
        const [from, to] = assigned ? [second, first] : [first, second];
        return { from, to, start, end: this.lastEnd };
      },
      (span) => ({ from: this.unreadable(span), to: this.unreadable(span), ...span }),
    );
  }

  /** `LIMIT 10 BY a, b` */
  private limit(start: number): Limit {
    const count = this.constant();
    const by = this.accept(K.by)
      ? this.list<Expression>(
          () => this.expression(),
          (span) => this.unreadable(span),
        )
      : [];
    return { kind: "limit", count, by, start, end: this.lastEnd };
  }

  /** `SORT a DESC NULLS LAST, b` */
  private sort(start: number): Sort {
    const orders = this.list<Order>(
      () => this.order(),
      (span) => ({ value: this.unreadable(span), direction: undefined, nulls: undefined, ...span }),
    );
    return { kind: "sort", orders, start, end: this.lastEnd };
  }

  private order(): Order {
    const { start } = this;
    const value = this.expression();
    const direction = this.accept(K.asc) ? "asc" : this.accept(K.desc) ? "desc" : undefined;
    let nulls: Order["nulls"];
    if (this.accept(K.nulls)) {
      nulls = this.accept(K.first) ? "first" : "last";
      if (nulls === "last") this.expect(K.last, "FIRST or LAST");
    }
    return { value, direction, nulls, start, end: this.lastEnd };
  }

  /** `STATS n = COUNT(*) WHERE a, MAX(b) BY c = d, e` */
  private stats(start: number, inline: boolean): Stats {
    if (this.endsCommand())
      this.unexpected(["an aggregation, or BY"], { help: "as in STATS n = COUNT(*) BY host.name" });
    const aggregates =
      this.kind === K.by
        ? []
        : this.list<Aggregate>(
            () => this.aggregate(),
            (span) => ({ ...this.unreadableAssignment(span), where: undefined }),
          );
    const by = this.accept(K.by) ? this.assignments() : [];
    return { kind: "stats", inline, aggregates, by, start, end: this.lastEnd };
  }

  private aggregate(): Aggregate {
    const assignment = this.assignment();
    if (!this.accept(K.where)) return { ...assignment, where: undefined };
    const where = this.expression();
    const { start } = assignment;
    const end = this.lastEnd;
    const text = assignment.target === undefined ? this.text.slice(start, end) : "";
    return { ...assignment, where, text, end };
  }

  /** `INLINE STATS …` */
  private inlineStats(start: number): Stats {
    if (this.kind !== K.command || this.lowerWord !== "stats") this.unexpected(["STATS"]);
    this.advance();
    return this.stats(start, true);
  }

  /** `DISSECT a "%{b}" APPEND_SEPARATOR = ","` */
  private dissect(start: number): Dissect {
    const input = this.cast();
    if (this.kind !== K.text) this.unexpected(["the pattern in double quotes"]);
    const pattern = this.textLiteral();
    const options: Option[] = [];
    if (this.is(K.name))
      do options.push(this.option());
      while (this.accept(K.comma));
    return { kind: "dissect", input, pattern, options, start, end: this.lastEnd };
  }

  private option(): Option {
    const { start } = this;
    const nameSpan = this.span;
    const name = this.identifier("an option").toLowerCase();
    if (name !== "append_separator") {
      const help = didYouMean(name.slice(0, 40), ["append_separator"]);
      const expected = 'APPEND_SEPARATOR, "|" or the end of the query';
      this.fail("query/syntax", { expected, found: this.named(nameSpan) }, nameSpan, help ? { help } : {});
    }
    this.expect(K.assign, '"="');
    if (this.kind !== K.text) this.unexpected(["a text in double quotes"]);
    return { name, nameSpan, value: this.textLiteral(), start, end: this.lastEnd };
  }

  private named({ start, end }: Span): string {
    return JSON.stringify(this.text.slice(start, Math.min(end, start + 40)));
  }

  /** `GROK a "%{IP:b}", "…"` */
  private grok(start: number): Grok {
    const input = this.cast();
    const patterns: Expression[] = [];
    do {
      if (this.kind !== K.text) this.unexpected(["the pattern in double quotes"]);
      patterns.push(this.textLiteral());
    } while (this.accept(K.comma));
    return { kind: "grok", input, patterns, start, end: this.lastEnd };
  }

  /** `ENRICH _any:policy ON a WITH b = c, d` */
  private enrich(start: number): Enrich {
    let mode: string | undefined;
    let policySpan = this.span;
    let policy = this.policyName();
    if (this.accept(K.colon)) {
      mode = policy;
      policySpan = this.span;
      policy = this.policyName();
    }
    const on = this.accept(K.on) ? this.enrichColumn() : undefined;
    const columns = this.accept(K.with)
      ? this.list<EnrichColumn>(
          () => this.enrichAssignment(),
          (span) => ({ target: undefined, field: this.unreadable(span), ...span }),
        )
      : [];
    return { kind: "enrich", mode, policy, policySpan, on, with: columns, start, end: this.lastEnd };
  }

  private policyName(): string {
    if (this.kind !== K.source && this.kind !== K.text) this.unexpected(["the name of an enrich policy"]);
    const name = this.kind === K.text ? textValue(this.word) : this.word;
    this.advance();
    return name;
  }

  private enrichAssignment(): EnrichColumn {
    const { start } = this;
    const first = this.enrichColumn();
    if (!this.accept(K.assign)) return { target: undefined, field: first, start, end: this.lastEnd };
    return { target: first, field: this.enrichColumn(), start, end: this.lastEnd };
  }

  private enrichColumn(): ColumnReference {
    return this.reference("the name of a column, without *");
  }

  /** `LOOKUP JOIN index AS alias ON a, b == c`, `LOOKUP table ON a` */
  private join(type: "left" | "lookup" | "right", start: number): Join | Lookup {
    if (!this.is(K.command)) {
      if (type !== "lookup") this.unexpected(["JOIN"]);
      return this.lookup(start);
    }
    this.advance();
    const index = this.index("the name of an index");
    let alias: string | undefined;
    if (this.acceptWord("as")) {
      if (this.kind !== K.source) this.unexpected(["another name for the index"]);
      alias = this.word;
      this.advance();
    }
    this.expect(K.on, "ON");
    const on = this.list<Expression>(
      () => this.expression(),
      (span) => this.unreadable(span),
    );
    return { kind: "join", type, index, alias, on, start, end: this.lastEnd };
  }

  private lookup(start: number): Lookup {
    if (this.kind !== K.source && this.kind !== K.text)
      this.unexpected(["JOIN"], { help: "as in LOOKUP JOIN index ON field" });
    const index = this.index("JOIN");
    this.expect(K.on, "ON");
    return { kind: "lookup", index, on: this.selectors(), start, end: this.lastEnd };
  }

  /** `CHANGE_POINT value ON key AS type, pvalue` */
  private changePoint(start: number): ChangePoint {
    const value = this.reference();
    const on = this.accept(K.on) ? this.reference() : undefined;
    let by: ColumnReference[] = this.accept(K.by) ? this.references() : [];
    let as: ChangePoint["as"];
    if (this.acceptWord("as")) {
      const type = this.reference();
      this.expect(K.comma, '","');
      as = [type, this.reference()];
      if (by.length === 0 && this.accept(K.by)) by = this.references();
    }
    return { kind: "change_point", value, on, by, as, start, end: this.lastEnd };
  }

  /** `FORK (WHERE a | LIMIT 1) (KEEP b)` */
  private fork(start: number): Fork {
    const branches: Branch[] = [];
    if (this.kind !== K.openCommands)
      this.unexpected(['"("'], { help: "as in FORK (WHERE a == 1) (WHERE b == 2)" });
    while (this.kind === K.openCommands) branches.push(this.nested(() => this.branch()));
    return { kind: "fork", branches, start, end: this.lastEnd };
  }

  private branch(): Branch {
    const { start } = this;
    const opened = this.span;
    this.advance();
    this.pipelines++;
    const commands = this.commands(true);
    this.pipelines--;
    this.close(K.close, ")", opened);
    return { commands, start, end: this.lastEnd };
  }

  /** `FUSE rrf SCORE BY s KEY BY a, b GROUP BY g WITH {…}`, the parts in any order. */
  private fuse(start: number): Fuse {
    let method: string | undefined;
    let score: ColumnReference | undefined;
    let keys: ColumnReference[] = [];
    let group: ColumnReference | undefined;
    let options: MapLiteral | undefined;
    if (this.kind === K.quotedName || (this.kind === K.name && this.peek(1) !== K.by))
      method = this.identifier("a method");
    for (;;) {
      if (this.accept(K.with)) options = this.map();
      else if (this.isNext("score")) score = this.fusePart();
      else if (this.isNext("group")) group = this.fusePart();
      else if (this.acceptWord("key")) {
        this.expect(K.by, "BY");
        keys = this.references();
      } else break;
    }
    return { kind: "fuse", method, score, keys, group, with: options, start, end: this.lastEnd };
  }

  private fusePart(): ColumnReference {
    this.advance();
    this.expect(K.by, "BY");
    return this.reference();
  }

  /** `COMPLETION answer = prompt WITH {…}` */
  private completion(start: number): Completion {
    const target = this.target();
    const prompt = this.cast();
    return { kind: "completion", target, prompt, with: this.withOptions(), start, end: this.lastEnd };
  }

  /** `RERANK score = "query" ON a, b = f(b) WITH {…}` */
  private rerank(start: number): Rerank {
    const target = this.target();
    const query = this.constant();
    this.expect(K.on, "ON");
    const on = this.assignments();
    return { kind: "rerank", target, query, on, with: this.withOptions(), start, end: this.lastEnd };
  }

  /** `HIGHLIGHT prefix = "x_" "query" ON a WITH {…}` */
  private highlight(start: number): Highlight {
    let prefix: Expression | undefined;
    if (this.acceptWord("prefix")) {
      this.expect(K.assign, '"="');
      if (this.kind !== K.text) this.unexpected(["a text in double quotes"]);
      prefix = this.textLiteral();
    }
    const query = this.constant();
    this.expect(K.on, "ON");
    const on = this.selectors();
    return { kind: "highlight", prefix, query, on, with: this.withOptions(), start, end: this.lastEnd };
  }

  /** `MMR vector ON a LIMIT 10 WITH {…}` */
  private mmr(start: number): Mmr {
    const vector = this.kind === K.on ? undefined : this.cast();
    this.expect(K.on, "ON");
    const on = this.reference();
    if (!this.acceptWord("limit")) this.unexpected(["LIMIT"]);
    const limit = this.constant();
    return { kind: "mmr", vector, on, limit, with: this.withOptions(), start, end: this.lastEnd };
  }

  /** `URI_PARTS parts = url WITH {…}` */
  private extraction(kind: Extraction["kind"], start: number): Extraction {
    const target = this.reference();
    this.expect(K.assign, '"="');
    const input = this.cast();
    return { kind, target, input, with: this.withOptions(), start, end: this.lastEnd };
  }

  private plain(kind: Plain["kind"], start: number): Plain {
    return { kind, start, end: this.lastEnd };
  }

  /** `a =` before what a command works on. */
  private target(): ColumnReference | undefined {
    if (!this.startsAssignment()) return undefined;
    const target = this.reference();
    this.expect(K.assign, '"="');
    return target;
  }

  /** Whether a name is next, and a `=` after it. */
  private startsAssignment(): boolean {
    let wantsPart = true;
    for (let ahead = 0; ahead < MOST_TOKENS_OF_NAME; ahead++) {
      const kind = this.peek(ahead);
      if (wantsPart) {
        if (isWord(kind) || kind === K.quotedName || kind === K.parameter || kind === K.closeSquare)
          wantsPart = false;
        else if (kind !== K.openSquare) return false;
      } else if (kind === K.dot) wantsPart = true;
      else if (kind !== K.closeSquare) return kind === K.assign;
    }
    return false;
  }

  private withOptions(): MapLiteral | Parameter | undefined {
    if (!this.accept(K.with)) return undefined;
    return this.kind === K.parameter ? this.parameter() : this.map();
  }

  /** `(FROM … | …)` */
  protected subquery(): Subquery {
    return this.nested(() => this.bracketedQuery(["from", "row", "ts"]));
  }

  protected abstract bracketedQuery(sources: readonly string[]): Subquery;
}
