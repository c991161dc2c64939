import type { FieldsInput } from "../../../fields/index.js";
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

/**
 * Checks what a query means: functions and their arguments, types, which columns there are at each step, and the
 * queries of other languages in it. What could not be read is not checked; the parser has reported it.
 */
export function check(ast: Query, options: CheckOptions = {}): readonly QueryDiagnostic[] {
  const context = new Context(options, checkPipeline);
  checkPipeline(context, ast);
  return context.findings.all.toSorted((a, b) => a.start - b.start);
}

/**
 * The columns of the result, in order. Fields that no command names are among them only where `fields` are known to be
 * all there are.
 */
export function columnsOf(ast: Query, options: { readonly fields?: FieldsInput } = {}): ResultColumn[] {
  const context = new Context(options, checkPipeline, true);
  const { columns } = checkPipeline(context, ast);
  return [...columns.values()].map(({ name, type }) => ({ name, type }));
}

/** The fields of the index that the query reads, in the order in which it does. */
export function fieldsRead(ast: Query, options: { readonly fields?: FieldsInput } = {}): FieldRead[] {
  const context = new Context(options, checkPipeline);
  checkPipeline(context, ast);
  return context.reads.all;
}
