import type { In, InSubquery } from "../../ast.js";
import { type Cell, isMany } from "../values/index.js";
import { SEVERAL, type Warn } from "../warnings.js";
import { constantExpr, type Expr, folded } from "./expression.js";
import { widened } from "./implicit.js";
import { fill } from "./map.js";

/**
 * `a IN (b, c)`: true where a value is equal, else null where one is null or has several values. Numbers of all types
 * are equal as numbers.
 */
export function membershipExpr(
  { negated }: In | InSubquery,
  given: Expr,
  values: readonly Expr[],
  warn: Warn,
): Expr {
  if (given.type === "null") return constantExpr("boolean", null);
  const nanos = [given, ...values].some(({ type }) => type === "date_nanos");
  const operand = nanos ? widened(given, "date_nanos") : given;
  const listed = nanos ? values.map((value) => widened(value, "date_nanos")) : values;
  const constants = new Set(listed.flatMap(({ constant }) => (constant === undefined ? [] : [constant()])));
  const withNull = constants.has(null);
  const others = listed.filter(({ constant }) => constant === undefined);
  const run: Expr["run"] = (page) => {
    const cells = operand.run(page);
    const columns = others.map((other) => other.run(page));
    return fill(page.size, warn, (row) => {
      const value = cells[row]!;
      if (value === null) return null;
      if (isMany(value)) {
        warn(SEVERAL);
        return null;
      }
      let unknown = withNull;
      if (constants.has(value)) return !negated;
      for (const column of columns) {
        const other: Cell = column[row]!;
        if (other === value) return !negated;
        if (other === null) unknown = true;
        else if (isMany(other)) {
          warn(SEVERAL);
          unknown = true;
        }
      }
      return unknown ? null : negated;
    });
  };
  return folded({ type: "boolean", run }, [operand, ...listed]);
}
