export type * from "./ast.js";
export { check, type CheckOptions } from "./check.js";
export { type Dsl, type DslConfig, type DslOptions, toElasticsearchQuery } from "./dsl.js";
export { compile, type CompileOptions, type Matcher } from "./evaluate.js";
export { explain } from "./explain.js";
export { fieldsOf, type FieldUse } from "./fields-of.js";
export { parse } from "./parse.js";
export { print, type PrintOptions } from "./print.js";
export { requiredLiterals, type RequiredLiteral } from "./required.js";
