/** ES|QL: reading, printing, checking and running queries. */
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
export type {
  Answer,
  AnswerValue,
  Document,
  EnrichPolicy,
  Indices,
  IndicesInput,
  Step,
} from "./evaluate/index.js";
export { parse } from "./parser.js";
export { print } from "./print.js";
export { load, type NotRunAnswer, run, type RunAnswer, type RunOptions, type RunResult } from "./run.js";
