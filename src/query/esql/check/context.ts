import { type Fields, type FieldsInput, fieldsOf } from "../../../fields/index.js";
import { Findings } from "../../core/index.js";
import type { Subquery } from "../ast.js";
import { type ColumnInfo, Reads, Scope } from "./scope.js";

export interface CheckOptions {
  /** The fields of the query's indices; without them every name may be a field, of any type. */
  readonly fields?: FieldsInput;
  /** The stack that the query is for, such as `9.1`. */
  readonly stack?: string;
}

/** Where an expression stands, which decides whether it may aggregate or group. */
export type Place = "aggregate" | "aggregates" | "condition" | "group" | "groups" | "value";

/** "Did you mean" costs a comparison with every name; a query with more unknown names is broken anyway. */
const MOST_GUESSES = 100;

/** Names that are compared with patterns in one query. No query that is meant has a hundredth of it. */
const MOST_COMPARED = 3_000_000;

/** What the checks of one query share. */
export class Context {
  readonly findings = new Findings();
  readonly reads = new Reads();
  readonly fields: Fields | undefined;
  readonly stack: string | undefined;
  /** The columns where the check stands. */
  scope = new Scope();
  /** The command that is being checked, as a message names it. */
  command = "";
  /** The commands before it in its pipeline. */
  passed: string[] = [];
  place: Place = "value";
  /** Inside of `SCORE()`, where full-text functions may stand in `EVAL` too. */
  scored = false;
  /** The source is `TS`. */
  timeSeries = false;
  /** Fields by name, so that each is looked up and reported once. */
  readonly known = new Map<string, ColumnInfo>();
  /** How deep the check stands in an expression. */
  depth = 0;
  #guesses = 0;
  #compared = 0;
  /** Checks a pipeline in brackets and gives its columns. */
  readonly subquery: (query: Subquery) => Scope;
  /** Index fields are put into the table one by one, where all of them are known. */
  readonly listed: boolean;

  constructor(
    { fields, stack }: CheckOptions,
    subquery: (context: Context, query: Subquery) => Scope,
    listed = false,
  ) {
    this.fields = fields === undefined ? undefined : fieldsOf(fields);
    this.stack = stack;
    this.subquery = (query) => subquery(this, query);
    this.listed = listed && this.fields?.closed === true;
  }

  /** Whether this many names may still be compared with a pattern. */
  mayCompare(names: number): boolean {
    this.#compared += names;
    return this.#compared <= MOST_COMPARED;
  }

  /** Whether it is still worth looking for similar names. */
  mayGuess(): boolean {
    return !this.findings.isFull && this.#guesses++ < MOST_GUESSES;
  }

  /** Reads something that stands in another place. */
  within<T>(place: Place, read: () => T): T {
    const before = this.place;
    this.place = place;
    const value = read();
    this.place = before;
    return value;
  }
}
