import type { Assignment } from "../ast.js";

/** The name of the column that an assignment makes: as given, the column's own, or the expression as it is written. */
export function columnName({ target, value, text }: Assignment): string {
  if (target !== undefined) return target.kind === "column" ? target.name : text;
  return value.kind === "column" ? value.name : text;
}
