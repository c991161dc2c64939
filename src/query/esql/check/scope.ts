import type { FieldInfo, Fields } from "../../../fields/index.js";
import type { Span } from "../../core/index.js";
import { compileWildcard } from "../../match/wildcard.js";
import type { ColumnPattern } from "../ast.js";
import type { EsqlType } from "./types.js";

/** A column of the table that runs through the pipeline. */
export interface ColumnInfo {
  readonly name: string;
  readonly type: EsqlType;
  /** `field`: read from the index as it is, also under a new name. `metadata`: `_id` and the like. */
  readonly origin: "computed" | "field" | "metadata";
  /** The value does not depend on the row. */
  readonly constant: boolean;
  readonly field?: FieldInfo;
}

/** Column names that a command took away, or the only ones that it kept. */
interface Filter {
  readonly keeps: boolean;
  readonly names: ReadonlySet<string>;
  readonly patterns: readonly ((name: string) => boolean)[];
}

/**
 * Columns that are not known one by one: the fields of the index, those that a lookup index or an enrich policy adds,
 * and those that a command adds below a prefix.
 */
interface Rest {
  readonly kind: "index" | "joined";
  readonly prefix: string;
  readonly filters: readonly Filter[];
}

/** A table as it was before a command took columns away. */
interface Before {
  readonly command: string;
  readonly columns: ReadonlyMap<string, ColumnInfo>;
  readonly rest: readonly Rest[];
}

/** Patterns that are kept of one query; more make a scope that admits too much, and not a slow one. */
const MAX_PATTERNS = 500;

/** The columns at one place of the pipeline, in order. Commands change it as they are read. */
export class Scope {
  #columns = new Map<string, ColumnInfo>();
  #rest: readonly Rest[] = [];
  #history: Before[] = [];
  #patterns = 0;

  get columns(): ReadonlyMap<string, ColumnInfo> {
    return this.#columns;
  }

  /** Whether there may be columns beside the known ones. */
  get open(): boolean {
    return this.#rest.length > 0;
  }

  /** Whether columns of another index may be among them. */
  get joined(): boolean {
    return this.#rest.some(({ kind }) => kind === "joined");
  }

  copy(): Scope {
    const copy = new Scope();
    copy.#columns = new Map(this.#columns);
    copy.#rest = this.#rest;
    copy.#history = [...this.#history];
    copy.#patterns = this.#patterns;
    return copy;
  }

  /** Adds a column at the end; one of the same name goes. */
  add(column: ColumnInfo): void {
    this.#columns.delete(column.name);
    this.#columns.set(column.name, column);
  }

  /** Opens the table for columns that cannot be known, below a prefix where there is one. */
  openTo(kind: Rest["kind"], prefix = ""): void {
    if (prefix === "" && kind === "joined") {
      // What is joined may take the place of what is there.
      for (const [name, column] of this.#columns)
        this.#columns.set(name, { ...column, type: "unknown", constant: false });
    }
    this.#rest = [
      ...this.#rest.filter((rest) => rest.kind !== kind || rest.prefix !== prefix),
      { kind, prefix, filters: [] },
    ];
  }

  /** Whether a name that is no known column may be one: a field of the index, or a column that was joined. */
  admits(name: string): { readonly index: boolean; readonly joined: boolean } {
    return admittedBy(this.#rest, name);
  }

  /** Leaves these columns and, with `rest`, what fits the names and the patterns. */
  keep(
    command: string,
    columns: readonly ColumnInfo[],
    rest?: { readonly patterns: readonly ColumnPattern[] },
  ): void {
    this.#remember(command);
    this.#columns = new Map(columns.map((column) => [column.name, column]));
    if (rest === undefined) this.#rest = [];
    else this.#filter({ keeps: true, names: new Set(), patterns: this.#compile(rest.patterns) });
  }

  /** Takes columns away by name and pattern. */
  drop(command: string, names: ReadonlySet<string>, patterns: readonly ColumnPattern[]): void {
    this.#remember(command);
    const filter: Filter = { keeps: false, names, patterns: this.#compile(patterns) };
    this.#columns = new Map([...this.#columns].filter(([name]) => passes(filter, name)));
    this.#filter(filter);
  }

  /** Puts columns in the place of others, under new names; what is `gone` goes. */
  rename(renamings: ReadonlyMap<string, ColumnInfo>, gone: ReadonlySet<string>): void {
    this.#remember("RENAME");
    const before = this.#columns;
    this.#columns = new Map();
    for (const [name, column] of before) {
      const next = renamings.get(name) ?? (gone.has(name) ? undefined : column);
      if (next !== undefined) this.#columns.set(next.name, next);
    }
    for (const [name, column] of renamings) if (!before.has(name)) this.add(column);
    this.#filter({ keeps: false, names: gone, patterns: [] });
  }

  /** Takes in the columns of another table, whose rows come along with those of this one. */
  merge(other: Scope): void {
    for (const [name, column] of other.#columns) {
      const own = this.#columns.get(name);
      if (own === undefined) this.#columns.set(name, column);
      else if (own.type !== column.type) this.#columns.set(name, { ...own, type: "unknown" });
    }
    this.#rest = unite(this.#rest, other.#rest);
  }

  /**
   * The last command that took the column of this name away; `known` where there was one for certain, and not only a
   * field of the index that there may be.
   */
  lostIn(name: string): { readonly command: string; readonly known: boolean } | undefined {
    for (const { columns, command, rest } of this.#history.toReversed()) {
      const known = columns.has(name);
      const { index, joined } = admittedBy(rest, name);
      if (known || index || joined) return { command, known };
    }
    return undefined;
  }

  /** The names of known columns that fit the pattern, in order. */
  matching(pattern: ColumnPattern): ColumnInfo[] {
    const matches = compileWildcard(pattern.pieces);
    return [...this.#columns.values()].filter((column) => matches(column.name));
  }

  #filter(filter: Filter): void {
    this.#rest = this.#rest.map((rest) => ({ ...rest, filters: [...rest.filters, filter] }));
  }

  #remember(command: string): void {
    this.#history.push({ command, columns: this.#columns, rest: this.#rest });
  }

  #compile(patterns: readonly ColumnPattern[]): ((name: string) => boolean)[] {
    const kept = patterns.slice(0, Math.max(0, MAX_PATTERNS - this.#patterns));
    this.#patterns += kept.length;
    return kept.map((pattern) => compileWildcard(pattern.pieces));
  }
}

/** A column that a command computes. */
export function computed(name: string, type: EsqlType, constant = false): ColumnInfo {
  return { name, type, origin: "computed", constant };
}

/** The fields of the index that a query reads, each where it first does. */
export class Reads {
  readonly #all = new Map<string, { readonly span: Span; readonly type: string | undefined }>();

  add(name: string, span: Span, fields: Fields | undefined): void {
    if (!this.#all.has(name)) this.#all.set(name, { span, type: fields?.find(name)?.type });
  }

  get all(): { name: string; span: Span; type?: string }[] {
    return [...this.#all].map(([name, { span, type }]) => ({
      name,
      span,
      ...(type === undefined ? {} : { type }),
    }));
  }
}

function admittedBy(all: readonly Rest[], name: string): { index: boolean; joined: boolean } {
  const admitted = { index: false, joined: false };
  for (const { filters, kind, prefix } of all)
    if (name.startsWith(prefix) && filters.every((filter) => passes(filter, name))) admitted[kind] = true;
  return admitted;
}

/** What either admits, and where both differ in what they took away, all. */
function unite(one: readonly Rest[], other: readonly Rest[]): Rest[] {
  const united = new Map(one.map((rest) => [`${rest.kind} ${rest.prefix}`, rest]));
  for (const rest of other) {
    const key = `${rest.kind} ${rest.prefix}`;
    const own = united.get(key);
    united.set(key, own === undefined || own.filters === rest.filters ? rest : { ...rest, filters: [] });
  }
  return [...united.values()];
}

function passes(filter: Filter, name: string): boolean {
  return filter.keeps === (filter.names.has(name) || filter.patterns.some((matches) => matches(name)));
}
