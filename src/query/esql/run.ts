import type { Fields } from "../../fields/index.js";
import { QueryError } from "../core/index.js";
import type { Command, Pipeline, Query } from "./ast.js";
import { check, fieldsRead } from "./check/index.js";
import {
  type Answer,
  answerOf,
  type EnrichPolicy,
  type Environment,
  Indices,
  type IndicesInput,
  limited,
  mergedFields,
  NotRun,
  pipelineOf,
  type Step,
  type Table,
  Warnings,
} from "./evaluate/index.js";
import { indicesOf } from "./indices.js";
import { parse } from "./parser.js";

export interface RunOptions extends IndicesInput {
  /** What `load` gave, in the place of `indices`, `mappings` and `aliases`. */
  readonly data?: Indices;
  /** What `NOW()` is, in milliseconds since 1970. Default: the time of the call. */
  readonly now?: number;
  /** The policies of `ENRICH` by name. */
  readonly policies?: Readonly<Record<string, EnrichPolicy>>;
  /** The answers of `COMPLETION` by prompt; `*` answers every other prompt. */
  readonly completions?: Readonly<Record<string, string>>;
  /** Count the rows that pass each part of the query. */
  readonly explain?: boolean;
  /** Rows of the answer where the query has no `LIMIT`. Default 1,000, as Elasticsearch has it. */
  readonly defaultLimit?: number;
  /** Most rows of the answer. Default 10,000, as Elasticsearch has it. */
  readonly maxRows?: number;
}

/** What a query gives, as Elasticsearch's API has it. */
export interface RunAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /**
   * The rows. Dates are texts (`2024-01-31T12:00:00.000Z`), addresses too; several values are an array; a whole number
   * that a JavaScript number does not hold exactly is a bigint.
   */
  readonly values: readonly (readonly Answer[])[];
  /** What could not be calculated for some rows: `Line 1:8: evaluation of [a / b] failed, treating result as null …`. */
  readonly warnings: readonly string[];
  /** With `explain`: the rows that came out of the source and of each command. */
  readonly steps?: readonly Step[];
}

/** Why a query does not run on events: what of it, and where. Lines and columns are counted from 1. */
export interface NotRunAnswer {
  readonly notRun: {
    readonly what: string;
    readonly message: string;
    readonly line: number;
    readonly column: number;
  };
}

export type RunResult = NotRunAnswer | RunAnswer;

/**
 * Reads indices for many queries: columns that one reads are there for the next. The documents must not change
 * afterwards.
 */
export function load(input: IndicesInput): Indices {
  return new Indices(input, true);
}

/**
 * Runs a query on documents, as Elasticsearch would on indices with them. Where a part of it does not run on events, the
 * answer says which and why; it is then unknown what the query would find.
 *
 * @throws QueryError where the query has errors
 */
export function run(text: string, options: RunOptions = {}): RunResult {
  const { ast, diagnostics } = parse(text);
  const indices = options.data ?? new Indices(options, false);
  const fields = fieldsFor(ast, indices);
  const known = fields === undefined ? {} : { fields };
  const findings = [...diagnostics, ...check(ast, known)];
  if (findings.some(({ severity }) => severity === "error")) throw new QueryError(findings);
  const warnings = new Warnings(text);
  try {
    return answer(
      ast,
      fieldsRead(ast, known).map(({ name }) => name),
      indices,
      environmentOf(text, warnings, options),
      options,
    );
  } catch (error) {
    if (!(error instanceof NotRun)) throw error;
    const { what, message, span } = error;
    return { notRun: { what, message, ...warnings.positionOf(span.start) } };
  }
}

/** The fields of the indices that the query reads; undefined where it reads none, or one that is unknown. */
function fieldsFor(ast: Query, indices: Indices): Fields | undefined {
  const found = indicesOf(ast)?.map((pattern) => indices.resolve(pattern));
  if (found === undefined) return undefined;
  const all = found.flatMap((each) => ("unknown" in each ? [] : each.map(({ fields }) => fields)));
  return all.length === 0 ? undefined : mergedFields([...new Set(all)]);
}

function environmentOf(
  text: string,
  warnings: Warnings,
  { now = Date.now(), completions = {} }: RunOptions,
): Environment {
  return {
    text,
    now,
    warnings,
    fields: undefined,
    subquery: undefined,
    completions: new Map(Object.entries(completions)),
    random: randomNumbers(),
  };
}

function answer(
  ast: Query,
  reads: readonly string[],
  indices: Indices,
  environment: Environment,
  { policies = {}, explain = false, defaultLimit = 1_000, maxRows = 10_000 }: RunOptions,
): RunAnswer {
  const steps: Step[] | undefined = explain ? [] : undefined;
  const table = pipelineOf(ast, {
    environment,
    indices,
    policies: new Map(Object.entries(policies)),
    reads,
    steps,
  });
  const isLimited = hasLimit(ast);
  if (!isLimited) environment.warnings.add(`No limit defined, adding default limit of [${defaultLimit}]`);
  const values = rowsOf(table, Math.min(isLimited ? maxRows : defaultLimit, maxRows));
  const columns = table.attributes.map(({ name, type }) => ({ name, type }));
  return { columns, values, warnings: environment.warnings.all, ...(steps === undefined ? {} : { steps }) };
}

/** Whether a `LIMIT` stands in the query, also in the pipelines that it reads. */
function hasLimit({ source, commands }: Pipeline): boolean {
  const isLimit = (command: Command): boolean =>
    command.kind === "limit" ||
    (command.kind === "fork" && command.branches.some((branch) => branch.commands.some(isLimit)));
  if (commands.some(isLimit)) return true;
  const targets = source.kind === "from" || source.kind === "ts" ? source.targets : [];
  return targets.some((target) => target.kind === "subquery" && hasLimit(target));
}

function rowsOf({ attributes, pages }: Table, most: number): Answer[][] {
  const print = attributes.map(({ type }) => answerOf(type));
  const rows: Answer[][] = [];
  for (const page of limited(pages, most)) {
    const columns = page.columns.map(({ cells }, at) => cells.map(print[at]!));
    for (let row = 0; row < page.size; row++) rows.push(columns.map((column) => column[row]!));
  }
  return rows;
}

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
function randomNumbers(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
