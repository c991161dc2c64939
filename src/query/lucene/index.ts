export type * from "./ast.js";
export { check, type CheckOptions } from "./check.js";
export { compile, type CompileOptions, type Matcher } from "./compile.js";
export { compileExplanation, explain } from "./explain.js";
export { type FieldRead, fieldsOf } from "./fields-of.js";
export { requiredLiterals } from "./literals.js";
export type { DefaultOperator } from "./occur.js";
export { parse } from "./parser.js";
export { print } from "./print.js";
