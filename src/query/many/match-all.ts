import { state } from "../../diagnostics/index.js";
import { fieldsOf } from "../../fields/index.js";
import type { Context } from "../eql/evaluate/context.js";
import { orderEvents } from "../eql/evaluate/order.js";
import { QueryError } from "../core/index.js";
import { contextFor, orderOf, type RunOptions } from "../eql/run.js";
import * as kql from "../kql/index.js";
import { checkQuery, type Language, parseQuery, type Query } from "../language.js";
import * as lucene from "../lucene/index.js";
import { type Event, type Readers, rememberingReaders } from "../match/index.js";
import { Discriminator } from "./discriminator.js";
import { eqlRun } from "./eql-run.js";
import { broken, eventRun, type RuleMatches, type Run } from "./run.js";

/** A query with its language. A rule as Kibana's API has it will do; where it names no language, `type` decides, else it is KQL. */
export interface MatchRule {
  readonly query: string;
  readonly language?: Language;
  /** `eql` or `esql` where the rule has no `language`. */
  readonly type?: string;
}

export type MatchOptions = RunOptions;

/**
 * Runs many rules over the same events in one pass: an event is compared only with the rules whose literals (category,
 * process names, event codes…) it has. Results are by rule, in the rules' order, and each is what the rule gives by itself: EQL
 * as `eql.run`, KQL and Lucene the indexes of the matching events, ascending. A broken rule does not keep the others
 * from running.
 */
export function matchAll(
  rules: readonly MatchRule[],
  events: readonly Event[],
  options: MatchOptions = {},
): RuleMatches[] {
  const readers = rememberingReaders();
  const queries = rules.map((rule) => parseQuery(languageOf(rule), rule.query));
  const context = contextFor(
    queries.flatMap((query) => (query.language === "eql" ? [query.ast] : [])),
    events,
    options,
    readers,
  );
  const runs = queries.map((query) => {
    try {
      return runOf(query, events, context, options, readers);
    } catch (error) {
      // A value that its field cannot take is found only when the query is compiled with the fields.
      if (error instanceof QueryError) return broken(error.diagnostics);
      throw error;
    }
  });
  const index = new Discriminator(
    runs.flatMap((run) => run.entries),
    readers,
  );
  const { order, ms, ns } = orderEvents(events, orderOf(context, options));
  for (const at of order) {
    const timed = { index: at, event: events[at]!, ms: ms[at]!, ns: ns[at]! };
    index.visit(timed.event, (probe) => probe(timed));
  }
  return runs.map((run) => run.result());
}

function languageOf({ language, type }: MatchRule): Language {
  return language ?? (type === "eql" || type === "esql" ? type : "kuery");
}

function runOf(
  query: Query,
  events: readonly Event[],
  context: Context,
  options: MatchOptions,
  readers: Readers,
): Run {
  const findings = [...query.diagnostics, ...(query.language === "esql" ? [] : checkQuery(query))];
  if (findings.some(({ severity }) => severity === "error")) return broken(findings);
  const fields = options.fields === undefined ? undefined : fieldsOf(options.fields);
  const settings = { now: context.now, readers, ...(fields === undefined ? {} : { fields }) };
  switch (query.language) {
    case "eql":
      return eqlRun(query.ast, events, context, options);
    case "kuery":
      return eventRun(kql.compile(query.ast, settings), kql.requiredLiterals(query.ast, fields), ascending);
    case "lucene":
      return eventRun(
        lucene.compile(query.ast, settings),
        lucene.requiredLiterals(query.ast, fields),
        ascending,
      );
    case "esql":
      return broken([
        { ...state("query/cannot-run", { language: "ES|QL" }), start: 0, end: query.text.length },
      ]);
  }
}

const ascending = (found: number[]): number[] => found.sort((a, b) => a - b);
