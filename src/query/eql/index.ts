/** EQL, the Event Query Language, as Elasticsearch reads it. */
export type * from "./ast.js";
export { check, type CheckOptions } from "./check.js";
export { type FieldUse, fieldsOf } from "./fields-of.js";
export { maxspanSeconds } from "./maxspan.js";
export { parse } from "./parser.js";
export { print } from "./print.js";
export { run, type RunOptions, type RunResult } from "./run.js";
export {
  compileEvent,
  compileExplanation,
  type EventOptions,
  explainEvent,
  requiredLiterals,
} from "./evaluate/index.js";
