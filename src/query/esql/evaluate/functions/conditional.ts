import type { Call } from "../../ast.js";
import { commonType, plain } from "../../check/types.js";
import type { Environment } from "../expressions/environment.js";
import { type Expr, folded } from "../expressions/expression.js";
import { widened } from "../expressions/implicit.js";
import { ofCells } from "../expressions/map.js";
import { type Page, selectRows } from "../table/index.js";
import { type Cell, type Cells, cellsOf, isMany, leastOf, orderOf } from "../values/index.js";
import { SEVERAL } from "../warnings.js";

/** Functions whose result has the type that their arguments have in common. They decide which arguments count. */
export const CONDITIONAL: Readonly<
  Record<string, (node: Call, args: readonly Expr[], environment: Environment) => Expr>
> = {
  case: caseExpr,
  coalesce: (_, args) => coalesceExpr(args),
  greatest: (node, args, environment) => extremeExpr(args, -1, environment, node),
  least: (node, args, environment) => extremeExpr(args, 1, environment, node),
};

/** The type of values of all of these types. */
function typeOfAll(exprs: readonly Expr[]): string {
  return plain(exprs.reduce((common, { type }) => commonType(common, type) ?? common, "null"));
}

/** `CASE(condition, value, …, otherwise)`: a value is calculated only for the rows that it is for. */
function caseExpr(node: Call, args: readonly Expr[], environment: Environment): Expr {
  const pairs = Math.floor(args.length / 2);
  const values = Array.from({ length: pairs }, (_, at) => args[2 * at + 1]!);
  const otherwise = args.length % 2 === 1 ? args[args.length - 1]! : undefined;
  const type = typeOfAll(otherwise === undefined ? values : [...values, otherwise]);
  const branches = values.map((value, at) => ({
    condition: args[2 * at]!,
    warn: environment.warnings.of(node.args[2 * at]!, "false"),
    value: widened(value, type),
  }));
  const last = otherwise && widened(otherwise, type);
  const run: Expr["run"] = (page) => {
    const cells: Cells = cellsOf(page.size, null);
    let rest = allRows(page.size);
    for (const { condition, value, warn } of branches) {
      if (rest.length === 0) break;
      const conditions = condition.run(rowsOf(page, rest));
      const isMet = (cell: Cell): boolean => {
        if (isMany(cell)) warn(SEVERAL);
        return cell === true;
      };
      const [met, unmet] = partition(rest, (at) => isMet(conditions[at]!));
      put(cells, met, value, page);
      rest = unmet;
    }
    if (last !== undefined) put(cells, rest, last, page);
    return cells;
  };
  return folded({ type, run }, args);
}

/** The first value that is not null; later ones are calculated only for the rows that need them. */
function coalesceExpr(args: readonly Expr[]): Expr {
  const type = typeOfAll(args);
  const all = args.map((arg) => widened(arg, type));
  const run: Expr["run"] = (page) => {
    const cells = all[0]!.run(page).slice();
    for (const next of all.slice(1)) {
      const [missing] = partition(allRows(page.size), (row) => cells[row] === null);
      if (missing.length === 0) break;
      put(cells, missing, next, page);
    }
    return cells;
  };
  return folded({ type, run }, args);
}

/** `GREATEST` and `LEAST`: of several values of one argument the outermost counts too. */
function extremeExpr(args: readonly Expr[], sign: 1 | -1, environment: Environment, node: Call): Expr {
  const type = typeOfAll(args);
  const order = orderOf(type);
  const compare: typeof order = (a, b) => sign * order(a, b);
  const all = args.map((arg) => widened(arg, type));
  const run = ofCells(
    all,
    (cells) =>
      cells.includes(null)
        ? null
        : leastOf(
            cells.map((cell) => leastOf(cell, compare)!),
            compare,
          ),
    environment.warnings.of(node),
  );
  return folded({ type, run }, args);
}

function allRows(size: number): Int32Array {
  return Int32Array.from({ length: size }, (_, row) => row);
}

function rowsOf(page: Page, rows: Int32Array): Page {
  return rows.length === page.size ? page : selectRows(page, rows);
}

/** The rows at whose places the test holds, and the others. */
function partition(rows: Int32Array, test: (at: number) => boolean): [Int32Array, Int32Array] {
  const yes = new Int32Array(rows.length);
  const no = new Int32Array(rows.length);
  let yesses = 0;
  let noes = 0;
  for (let at = 0; at < rows.length; at++) {
    if (test(at)) yes[yesses++] = rows[at]!;
    else no[noes++] = rows[at]!;
  }
  return [yes.subarray(0, yesses), no.subarray(0, noes)];
}

/** Calculates the rows and puts them into the column. */
function put(cells: Cells, rows: Int32Array, expr: Expr, page: Page): void {
  if (rows.length === 0) return;
  const values = expr.run(rowsOf(page, rows));
  for (let at = 0; at < rows.length; at++) cells[rows[at]!] = values[at]!;
}
