import type { QueryDiagnostic, Span } from "../../core/index.js";
import * as kql from "../../kql/index.js";
import * as lucene from "../../lucene/index.js";
import type { TextLiteral } from "../ast.js";
import type { CheckOptions, Context } from "./context.js";
import { METADATA } from "./metadata.js";

/** Checks the KQL in `KQL("…")`. Its findings point into the text, and the fields that it reads are read. */
export function checkKql(context: Context, literal: TextLiteral): void {
  const { ast, diagnostics } = kql.parse(literal.value);
  adopt(context, literal, [...diagnostics, ...kql.check(ast, optionsOf(context))]);
  for (const field of kql.fieldsOf(ast)) read(context, literal, field);
}

/** Checks the Lucene query in `QSTR("…")`. */
export function checkLucene(context: Context, literal: TextLiteral): void {
  const { ast, diagnostics } = lucene.parse(literal.value);
  adopt(context, literal, [...diagnostics, ...lucene.check(ast, optionsOf(context))]);
  for (const field of lucene.fieldsOf(ast)) read(context, literal, field);
}

function optionsOf({ fields, stack }: Context): CheckOptions {
  return { ...(fields === undefined ? {} : { fields }), ...(stack === undefined ? {} : { stack }) };
}

function read(
  context: Context,
  literal: TextLiteral,
  { name, span, wildcard }: { name: string; span: Span; wildcard: boolean },
): void {
  if (wildcard || METADATA.has(name)) return;
  context.reads.add(name, placeIn(literal, span.start, span.end), context.fields);
}

function adopt(context: Context, literal: TextLiteral, findings: readonly QueryDiagnostic[]): void {
  for (const finding of findings)
    context.findings.adopt({ ...finding, ...placeIn(literal, finding.start, finding.end) });
}

/** Signs that are written with a backslash between simple quotes; a tab may be. */
const ESCAPED = '"\\\n\r\t';

/** The range in the ES|QL query of a range in the text that a literal stands for. */
export function placeIn(literal: TextLiteral, start: number, end: number): Span {
  const { value, content } = literal;
  const written = content.end - content.start;
  if (written === value.length) return { start: content.start + start, end: content.start + end };
  // A tab is taken to be escaped where any sign more than must be is.
  const escapes = count(value, value.length, ESCAPED);
  const signs = written - value.length === escapes ? ESCAPED : ESCAPED.slice(0, -1);
  const from = content.start + start + count(value, start, signs);
  return { start: from, end: content.start + end + count(value, end, signs) };
}

/** How many of the first signs of the text are among these. */
function count(text: string, length: number, signs: string): number {
  let found = 0;
  for (let at = 0; at < length; at++) if (signs.includes(text[at]!)) found++;
  return found;
}
