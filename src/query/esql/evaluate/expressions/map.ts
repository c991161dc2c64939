/** Functions of single values over columns: null stays null, several values are null with a warning. */
import type { Page } from "../table/index.js";
import { type Cell, type Cells, emptyCells, Failure, isMany, type Value } from "../values/index.js";
import { SEVERAL, type Warn } from "../warnings.js";
import type { Expr } from "./expression.js";

type Run = (page: Page) => Cells;

/** Fills a column row by row. A row that fails is null. */
export function fill(size: number, warn: Warn, cellAt: (row: number) => Cell): Cells {
  const cells = emptyCells(size);
  for (let row = 0; row < size; row++) {
    try {
      // Rows are filled here until one fails.
      for (; row < size; row++) cells[row] = cellAt(row);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      warn(error);
      cells[row] = null;
    }
  }
  return cells;
}

export function unary(arg: Expr, calculate: (value: Value) => Cell, warn: Warn): Run {
  return (page) => {
    const args = arg.run(page);
    return fill(page.size, warn, (row) => {
      const value = args[row]!;
      if (value === null) return null;
      if (typeof value === "object" && isMany(value)) return several(warn);
      return calculate(value);
    });
  };
}

export function binary(left: Expr, right: Expr, calculate: (a: Value, b: Value) => Cell, warn: Warn): Run {
  if (right.constant !== undefined) return withConstant(left, right.constant, calculate, warn);
  return (page) => {
    const [as, bs] = [left.run(page), right.run(page)];
    return fill(page.size, warn, (row) => {
      const [a, b] = [as[row]!, bs[row]!];
      if (a === null || b === null) return null;
      if ((typeof a === "object" && isMany(a)) || (typeof b === "object" && isMany(b))) return several(warn);
      return calculate(a, b);
    });
  };
}

function withConstant(
  left: Expr,
  constant: () => Cell,
  calculate: (a: Value, b: Value) => Cell,
  warn: Warn,
): Run {
  return (page) => {
    const as = left.run(page);
    const b = constant();
    return fill(page.size, warn, (row) => {
      const a = as[row]!;
      if (a === null || b === null) return null;
      if (typeof a === "object" && isMany(a)) return several(warn);
      if (typeof b === "object" && isMany(b)) return several(warn);
      return calculate(a, b);
    });
  };
}

/** A function of any number of values, all of which have to be there. */
export function variadic(args: readonly Expr[], calculate: (values: Value[]) => Cell, warn: Warn): Run {
  return (page) => {
    const columns = args.map((arg) => arg.run(page));
    return fill(page.size, warn, (row) => {
      const values: Value[] = [];
      for (let at = 0; at < columns.length; at++) {
        const value = columns[at]![row]!;
        if (value === null) return null;
        if (typeof value === "object" && isMany(value)) return several(warn);
        values[at] = value;
      }
      return calculate(values);
    });
  };
}

/** A function of cells as they are: null and several values are its own affair. */
export function ofCells(args: readonly Expr[], calculate: (cells: Cell[]) => Cell, warn: Warn): Run {
  return (page) => {
    const columns = args.map((arg) => arg.run(page));
    return fill(page.size, warn, (row) => calculate(columns.map((column) => column[row]!)));
  };
}

function several(warn: Warn): null {
  warn(SEVERAL);
  return null;
}
