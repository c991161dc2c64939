import type {
  Aggregate,
  Assignment,
  Branch,
  Command,
  Dissect,
  Enrich,
  EnrichColumn,
  Expression,
  From,
  Fuse,
  Index,
  Order,
  Pipeline,
  Promql,
  Query,
  Setting,
  Source,
  Stats,
  Subquery,
} from "./ast.js";
import { commentEnd } from "./comments.js";
import { ExpressionPrinter, Level, list, UNREADABLE } from "./print-expression.js";
import { writeIdentifier, writeText } from "./text.js";

/**
 * Writes a query in its canonical form: a command a line, names in backticks where they need it, no brackets that are
 * not needed. Comments are not kept, except in expressions that give their column its name: those stay as they were
 * written. What could not be read is written as `…`.
 */
export function print(query: Query): string {
  return new StatementPrinter().query(query);
}

class StatementPrinter extends ExpressionPrinter {
  query(query: Query): string {
    const settings = query.settings.map((setting) => `${this.setting(setting)}\n`).join("");
    return settings + this.pipeline(query, "\n| ");
  }

  protected subquery(query: Subquery): string {
    return `(${this.pipeline(query, " | ")})`;
  }

  private setting({ name, value }: Setting): string {
    return `SET ${writeIdentifier(name)} = ${this.expression(value)};`;
  }

  private pipeline({ source, commands }: Pipeline, pipe: string): string {
    return [this.source(source), ...commands.map((command) => this.command(command))].join(pipe);
  }

  private source(source: Source): string {
    switch (source.kind) {
      case "error":
        return UNREADABLE;
      case "explain":
        return `EXPLAIN ${this.subquery(source.query)}`;
      case "from":
      case "ts":
        return this.from(source);
      case "promql":
        return writePromql(source);
      case "row":
        return `ROW ${this.assignments(source.columns)}`;
      case "show":
        return `SHOW ${source.what.toUpperCase()}`;
    }
  }

  private from({ kind, targets, metadata }: From): string {
    const names = list(targets, (target) =>
      target.kind === "index"
        ? writeIndex(target)
        : target.kind === "subquery"
          ? this.subquery(target)
          : UNREADABLE,
    );
    return `${kind.toUpperCase()} ${names}${part("METADATA", metadata, ({ name }) => name)}`;
  }

  private command(command: Command): string {
    switch (command.kind) {
      case "error":
        return UNREADABLE;
      case "where":
        return `WHERE ${this.expression(command.condition)}`;
      case "eval":
        return `EVAL ${this.assignments(command.columns)}`;
      case "keep":
      case "drop":
        return `${command.kind.toUpperCase()} ${this.names(command.columns)}`;
      case "rename":
        return `RENAME ${list(command.renamings, ({ from, to }) => `${this.name(from)} AS ${this.name(to)}`)}`;
      case "limit":
        return `LIMIT ${this.expression(command.count)}${part("BY", command.by, (by) => this.expression(by))}`;
      case "sort":
        return `SORT ${list(command.orders, (order) => this.order(order))}`;
      case "stats":
        return this.stats(command);
      case "dissect":
        return this.dissect(command);
      case "grok":
        return `GROK ${this.operand(command.input)} ${list(command.patterns, (pattern) => this.expression(pattern))}`;
      case "mv_expand":
        return `MV_EXPAND ${this.name(command.column)}`;
      case "enrich":
        return this.enrich(command);
      case "join": {
        const alias = command.alias === undefined ? "" : ` AS ${command.alias}`;
        const on = part("ON", command.on, (condition) => this.expression(condition));
        return `${command.type.toUpperCase()} JOIN ${writeIndex(command.index)}${alias}${on}`;
      }
      case "lookup":
        return `LOOKUP ${writeIndex(command.index)} ON ${this.names(command.on)}`;
      case "change_point": {
        const on = command.on === undefined ? "" : ` ON ${this.name(command.on)}`;
        const as = command.as === undefined ? "" : ` AS ${this.names(command.as)}`;
        const by = command.by.length === 0 ? "" : ` BY ${this.names(command.by)}`;
        return `CHANGE_POINT ${this.name(command.value)}${on}${as}${by}`;
      }
      case "fork":
        return `FORK ${command.branches.map((branch) => this.branch(branch)).join(" ")}`;
      case "fuse":
        return this.fuse(command);
      case "completion":
        return `COMPLETION ${this.target(command)}${this.operand(command.prompt)}${this.options(command)}`;
      case "rerank": {
        const query = this.expression(command.query);
        return `RERANK ${this.target(command)}${query} ON ${this.assignments(command.on)}${this.options(command)}`;
      }
      case "highlight": {
        const prefix = command.prefix === undefined ? "" : `prefix = ${this.expression(command.prefix)} `;
        const query = this.expression(command.query);
        return `HIGHLIGHT ${prefix}${query} ON ${this.names(command.on)}${this.options(command)}`;
      }
      case "mmr": {
        const vector = command.vector === undefined ? "" : ` ${this.operand(command.vector)}`;
        const limit = this.expression(command.limit);
        return `MMR${vector} ON ${this.name(command.on)} LIMIT ${limit}${this.options(command)}`;
      }
      case "ip_location":
      case "registered_domain":
      case "uri_parts":
      case "user_agent": {
        const input = `${this.target(command)}${this.operand(command.input)}`;
        return `${command.kind.toUpperCase()} ${input}${this.options(command)}`;
      }
      case "sample":
        return `SAMPLE ${this.expression(command.probability)}`;
      case "dedup":
      case "metrics_info":
      case "ts_collapse":
      case "ts_info":
        return command.kind.toUpperCase();
    }
  }

  private stats({ inline, aggregates, by }: Stats): string {
    return [
      inline ? "INLINE STATS" : "STATS",
      ...(aggregates.length === 0 ? [] : [list(aggregates, (aggregate) => this.aggregate(aggregate))]),
      ...(by.length === 0 ? [] : ["BY", this.assignments(by)]),
    ].join(" ");
  }

  private dissect({ input, pattern, options }: Dissect): string {
    const written = options.map(({ name, value }) => ` ${name.toUpperCase()} = ${this.expression(value)}`);
    return `DISSECT ${this.operand(input)} ${this.expression(pattern)}${written.join(",")}`;
  }

  private enrich({ mode, policy, on, with: columns }: Enrich): string {
    const name = `${mode === undefined ? "" : `${mode}:`}${writePolicy(policy)}`;
    const field = on === undefined ? "" : ` ON ${this.name(on)}`;
    return `ENRICH ${name}${field}${part("WITH", columns, (column) => this.enrichColumn(column))}`;
  }

  private enrichColumn(column: EnrichColumn): string {
    return `${this.target(column)}${this.name(column.field)}`;
  }

  private branch({ commands }: Branch): string {
    return `(${commands.map((command) => this.command(command)).join(" | ")})`;
  }

  private fuse(command: Fuse): string {
    const { method, score, keys, group } = command;
    return [
      "FUSE",
      ...(method === undefined ? [] : [writeIdentifier(method)]),
      ...(score === undefined ? [] : [`SCORE BY ${this.name(score)}`]),
      ...(keys.length === 0 ? [] : [`KEY BY ${this.names(keys)}`]),
      ...(group === undefined ? [] : [`GROUP BY ${this.name(group)}`]),
    ]
      .join(" ")
      .concat(this.options(command));
  }

  private assignments(assignments: readonly Assignment[]): string {
    return list(assignments, (assignment) => this.assignment(assignment));
  }

  private assignment(assignment: Assignment): string {
    const { target, value, text } = assignment;
    if (target !== undefined) return `${this.name(target)} = ${this.expression(value)}`;
    // Its text names the column: another one would rename it.
    return text === "" ? this.expression(value) : text;
  }

  private aggregate(aggregate: Aggregate): string {
    const { where, text } = aggregate;
    if (where === undefined || text !== "") return this.assignment(aggregate);
    return `${this.assignment(aggregate)} WHERE ${this.expression(where)}`;
  }

  private order({ value, direction, nulls }: Order): string {
    const sense = direction === undefined ? "" : ` ${direction.toUpperCase()}`;
    const place = nulls === undefined ? "" : ` NULLS ${nulls.toUpperCase()}`;
    return `${this.expression(value)}${sense}${place}`;
  }

  private names(names: readonly Parameters<ExpressionPrinter["name"]>[0][]): string {
    return list(names, (name) => this.name(name));
  }

  /** Where only constants, columns, calls and casts can stand without brackets. */
  private operand(node: Expression): string {
    return this.expression(node, Level.cast);
  }

  private target({ target }: { readonly target: EnrichColumn["target"] }): string {
    return target === undefined ? "" : `${this.name(target)} = `;
  }

  private options(command: { readonly with: Expression | undefined }): string {
    return command.with === undefined ? "" : ` WITH ${this.expression(command.with)}`;
  }
}

const PART = String.raw`[^:"=|,\[\]()\s]+`;
const WITHOUT_QUOTES = new RegExp(`^${PART}(?::${PART})?(?:::${PART})?$`);

/** Writes an index pattern, in quotes where a sign or word in it would end it. */
function writeIndex({ text }: Index): string {
  const keyword = /(?:^|:)(?:as|metadata|on)(?:$|:)/i.test(text);
  const comment =
    text.includes("/") && Array.from(text, (_, at) => commentEnd(text, at) !== at).includes(true);
  return WITHOUT_QUOTES.test(text) && !keyword && !comment ? text : writeText(text);
}

function writePolicy(policy: string): string {
  return /^[^\s\\/#*?"<>|,:()]+$/.test(policy) ? policy : writeText(policy);
}

function writePromql({ params, target, query }: Promql): string {
  const pairs = params.map(({ name, value }) => `${writeIdentifier(name)}=${value} `).join("");
  const name = target === undefined ? "" : `${writeIdentifier(target)}=`;
  // A comment to the end of the line may not swallow what follows.
  const lineEnd = /(?:\/\/|#).*$/.test(query) ? "\n" : "";
  return `PROMQL ${pairs}${name}${query}${lineEnd}`;
}

function part<T>(word: string, items: readonly T[], write: (item: T) => string): string {
  return items.length === 0 ? "" : ` ${word} ${list(items, write)}`;
}
