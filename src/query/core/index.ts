export type { Explanation } from "./explanation.js";
export { Findings, type QueryDiagnostic } from "./findings.js";
export { oneOf, quoted } from "./expected.js";
export { MAX_DEPTH, MAX_FINDINGS, MAX_LENGTH } from "./limits.js";
export { Parser } from "./parser.js";
export { QueryError } from "./query-error.js";
export type { Span } from "./span.js";
export { Tokens } from "./tokens.js";
export { checkAllowedValue, checkExpectedValue, checkSince, reportUnknownField } from "./field-findings.js";
