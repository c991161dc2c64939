/** One query on one event, whatever its language. */
import { compileEvent, compileExplanation } from "./eql/index.js";
import type { Explanation } from "./core/index.js";
import type { FieldsInput } from "../fields/index.js";
import * as kql from "./kql/index.js";
import type { Query } from "./language.js";
import * as lucene from "./lucene/index.js";
import type { Event } from "./match/index.js";

export interface MatchQueryOptions {
  /** How fields are mapped. */
  readonly fields?: FieldsInput;
  /** EQL: the field of the event category. */
  readonly categoryField?: string;
  /** EQL: the field of the time. */
  readonly timestampField?: string;
  /** What `now` means, in milliseconds since 1970. */
  readonly now?: number;
}

/** A query that decides about each event by itself. */
export interface EventMatcher {
  matches(event: Event): boolean;
  /** Which conditions the event meets. */
  explain(event: Event): Explanation;
}

/**
 * Compiles a query without errors. Undefined where it is about several events (a sequence, a sample, one with pipes), or
 * where its result is a table (ES|QL: see `esql.run`).
 */
export function compileQuery(query: Query, options: MatchQueryOptions = {}): EventMatcher | undefined {
  switch (query.language) {
    case "eql": {
      const { statement, pipes } = query.ast;
      if (statement.kind !== "event" || pipes.length > 0) return undefined;
      return {
        matches: compileEvent(statement, options),
        explain: compileExplanation(statement, options),
      };
    }
    case "kuery":
      return {
        matches: kql.compile(query.ast, options),
        explain: kql.compileExplanation(query.ast, options),
      };
    case "lucene":
      return {
        matches: lucene.compile(query.ast, options),
        explain: lucene.compileExplanation(query.ast, options),
      };
    case "esql":
      return undefined;
  }
}
