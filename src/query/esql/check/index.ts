import { type Fields, fieldsOf } from "../../../fields/index.js";
import type { QueryDiagnostic, Span } from "../../core/index.js";
import type { Query } from "../ast.js";
import { checkPipeline } from "./commands.js";
import { type CheckOptions, Context } from "./context.js";
import type { EsqlType } from "./types.js";

export type { CheckOptions } from "./context.js";
export { checkRule, isAggregating } from "./rule.js";

/** A column of what a query gives. */
export interface ResultColumn {
  readonly name: string;
  /** Elasticsearch's name of the type, a datetime being a `date`; `unknown` where it cannot be told. */
  readonly type: EsqlType;
}

/** A field of the index that a query reads, where it first does; with its mapping type where that is known. */
export interface FieldRead {
  readonly name: string;
  readonly span: Span;
  readonly type?: string;
}

/** What following a query through its pipeline gives. */
interface Followed {
  readonly fields: Fields | undefined;
  readonly stack: string | undefined;
  readonly findings: readonly QueryDiagnostic[];
  readonly columns: readonly ResultColumn[];
  readonly reads: readonly FieldRead[];
}

/** What was found of a query last: those of rules are asked for their fields, findings and columns, one after the other. */
const last = new WeakMap<Query, Followed>();

function followOnce(ast: Query, { fields: input, stack }: CheckOptions): Followed {
  // A description of fields is read anew each time, so that only what cannot have changed is found again.
  const fields = input === undefined ? undefined : fieldsOf(input);
  const known = last.get(ast);
  if (known !== undefined && known.fields === fields && known.stack === stack) return known;
  const followed = follow(ast, fields, stack);
  last.set(ast, followed);
  return followed;
}

/** @param listed put each field of the index into the table, where all of them are known */
function follow(ast: Query, fields: Fields | undefined, stack: string | undefined, listed = false): Followed {
  const given = { ...(fields === undefined ? {} : { fields }), ...(stack === undefined ? {} : { stack }) };
  const context = new Context(given, checkPipeline, listed);
  const { columns } = checkPipeline(context, ast);
  return {
    fields,
    stack,
    findings: context.findings.all.toSorted((a, b) => a.start - b.start),
    columns: [...columns.values()].map(({ name, type }) => ({ name, type })),
    reads: context.reads.all,
  };
}

/**
 * Checks what a query means: functions and their arguments, types, which columns there are at each step, and the
 * queries of other languages in it. What could not be read is not checked; the parser has reported it.
 */
export function check(ast: Query, options: CheckOptions = {}): readonly QueryDiagnostic[] {
  return followOnce(ast, options).findings;
}

/**
 * The columns of the result, in order. Fields that no command names are among them only where `fields` are known to be
 * all there are.
 */
export function columnsOf(ast: Query, options: CheckOptions = {}): readonly ResultColumn[] {
  const fields = options.fields === undefined ? undefined : fieldsOf(options.fields);
  const followed =
    fields?.closed === true ? follow(ast, fields, options.stack, true) : followOnce(ast, options);
  return followed.columns;
}

/** The fields of the index that the query reads, in the order in which it does. */
export function fieldsRead(ast: Query, options: CheckOptions = {}): readonly FieldRead[] {
  return followOnce(ast, options).reads;
}
