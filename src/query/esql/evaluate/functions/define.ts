import type { Call } from "../../ast.js";
import type { EsqlType } from "../../check/types.js";
import type { Environment } from "../expressions/environment.js";
import type { Expr } from "../expressions/expression.js";
import { widened } from "../expressions/implicit.js";
import { ofCells, unary, variadic } from "../expressions/map.js";
import type { Page } from "../table/index.js";
import type { Cell, Cells, Value } from "../values/index.js";
import type { Warn } from "../warnings.js";

/** A call that is being compiled. */
export interface Site {
  readonly node: Call;
  readonly args: readonly Expr[];
  /** What stands in the map of options, where there is one. */
  readonly options: ReadonlyMap<string, unknown>;
  /** The type of the result. */
  readonly type: EsqlType;
  readonly environment: Environment;
  readonly warn: Warn;
}

/** Makes of a call what calculates its column. */
export type Implementation = (site: Site) => (page: Page) => Cells;

/** The functions of a family by name. */
export type Functions = Readonly<Record<string, Implementation>>;

/** A function of single values, given one by one; all have to be there. */
export function scalar(calculate: (...values: never[]) => Cell): Implementation {
  const apply = calculate as (...values: Value[]) => Cell;
  return ({ args, warn }) => {
    const [only] = args;
    if (args.length === 1) return unary(only!, apply, warn);
    return variadic(args, (values) => apply(...values), warn);
  };
}

/** A function of single values that is chosen by the call: by the types of its arguments, or the query's time. */
export function chosen(choose: (site: Site) => (...values: never[]) => Cell): Implementation {
  return (site) => scalar(choose(site))(site);
}

/** A function of numbers, all of which it takes as doubles. */
export function ofDoubles(calculate: (...values: number[]) => number): Implementation {
  return (site) =>
    scalar(calculate)({
      ...site,
      args: site.args.map((arg) => widened(arg, "double")),
    });
}

/** A function of cells as they are, with null and with several values. */
export function wholeCells(calculate: (...cells: never[]) => Cell): Implementation {
  const apply = calculate as (...cells: Cell[]) => Cell;
  return ({ args, warn }) => ofCells(args, (cells) => apply(...cells), warn);
}

/** The same, chosen by the call. */
export function chosenCells(choose: (site: Site) => (...cells: never[]) => Cell): Implementation {
  return (site) => wholeCells(choose(site))(site);
}
