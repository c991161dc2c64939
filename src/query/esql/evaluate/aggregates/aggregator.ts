import type { Call } from "../../ast.js";
import type { EsqlType } from "../../check/types.js";
import type { Environment } from "../expressions/environment.js";
import type { Expr } from "../expressions/expression.js";
import { type Cell, type Cells, isMany, type Value } from "../values/index.js";
import type { Warn } from "../warnings.js";

/** Calculates one aggregate for each group; groups are numbers from 0. */
export interface Aggregator {
  /** Takes in rows of a page: row `rows[i]` belongs to group `groups[i]`. `args` are the columns of the arguments. */
  add(args: readonly Cells[], rows: Int32Array, groups: Int32Array): void;
  /** The aggregate of a group; it may have had no rows. */
  result(group: number): Cell;
}

/** A call of an aggregate function that is being compiled. */
export interface AggregateSite {
  readonly node: Call;
  readonly args: readonly Expr[];
  readonly type: EsqlType;
  readonly environment: Environment;
  readonly warn: Warn;
}

export type Aggregate = (site: AggregateSite) => Aggregator;
export type Aggregates = Readonly<Record<string, Aggregate>>;

/** An aggregate of the values of its first argument: each of several values counts. */
export abstract class OfValues implements Aggregator {
  add([cells]: readonly Cells[], rows: Int32Array, groups: Int32Array): void {
    for (let at = 0; at < rows.length; at++) {
      const cell = cells![rows[at]!]!;
      if (cell === null) continue;
      const group = groups[at]!;
      if (typeof cell === "object" && isMany(cell)) for (const value of cell) this.put(group, value);
      else this.put(group, cell);
    }
  }

  protected abstract put(group: number, value: Value): void;
  abstract result(group: number): Cell;
}

/** An aggregate of all values of each group. */
export class OfLists extends OfValues {
  readonly #lists: Value[][] = [];
  readonly #finish: (values: readonly Value[]) => Cell;

  constructor(finish: (values: readonly Value[]) => Cell) {
    super();
    this.#finish = finish;
  }

  protected override put(group: number, value: Value): void {
    (this.#lists[group] ??= []).push(value);
  }

  override result(group: number): Cell {
    const values = this.#lists[group];
    return values === undefined ? null : this.#finish(values);
  }
}
