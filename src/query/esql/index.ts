/** ES|QL: reading, printing and checking queries. */
export type * from "./ast.js";
export {
  check,
  type CheckOptions,
  checkRule,
  columnsOf,
  type FieldRead,
  fieldsRead,
  isAggregating,
  type ResultColumn,
} from "./check/index.js";
export { indicesOf } from "./indices.js";
export { parse } from "./parser.js";
export { print } from "./print.js";
