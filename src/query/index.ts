/**
 * The query languages as a library: `import { eql, kql, lucene, esql } from "kibana-detections-as-code/query"`. Each
 * reads (`parse`), checks (`check`) and prints (`print`) its queries, and runs them on events: ES|QL with `esql.run`. `dsl`
 * runs Elasticsearch's own queries, which filters hold.
 */
export * as dsl from "./dsl/index.js";
export * as eql from "./eql/index.js";
export * as esql from "./esql/index.js";
export * as kql from "./kql/index.js";
export * as lucene from "./lucene/index.js";
export {
  checkAllowedValue,
  type Explanation,
  Findings,
  type Parsed,
  type QueryDiagnostic,
  QueryError,
  reportUnknownField,
  type RequiredLiteral,
  type Span,
} from "./core/index.js";
export { guessLanguage } from "./guess.js";
export { compileQuery, type EventMatcher, type MatchQueryOptions } from "./match-query.js";
export {
  checkQuery,
  type CheckOptions,
  type FieldRead,
  fieldsRead,
  type Language,
  parseQuery,
  printQuery,
  type Query,
} from "./language.js";
export { matchAll, type MatchOptions, type MatchRule, type RuleMatches } from "./many/index.js";
export {
  compareTexts,
  compileWildcard,
  type Event,
  fetchedValues,
  leaves,
  objectsAt,
  parseCidr,
  parseDate,
  parseIp,
  compareIp,
  inCidr,
  type Read,
  reader,
  textOf,
  tokens,
  toMillis,
} from "./match/index.js";
