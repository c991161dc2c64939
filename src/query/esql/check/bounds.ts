import type { Expression, Limit, Sample } from "../ast.js";
import type { Context } from "./context.js";
import { typeOf } from "./expressions.js";

/** `LIMIT` takes a whole number that is known before the query runs. */
export function checkLimit(context: Context, { by, count }: Limit): void {
  if (!mayBeWhole(count)) context.findings.add("esql/limit-value", {}, count);
  for (const group of by) typeOf(context, group);
}

/** `SAMPLE` takes a probability: 0 and 1 would make no sample. */
export function checkSample(context: Context, { probability }: Sample): void {
  if (probability.kind === "parameter" || probability.kind === "error") return;
  const { constant, type } = typeOf(context, probability);
  const value = probability.kind === "literal" ? probability.value : undefined;
  const isNumber = ["integer", "long", "double"].includes(type);
  const isInside = typeof value === "number" ? value > 0 && value < 1 : value === undefined;
  if (!constant || !isNumber || !isInside) context.findings.add("esql/sample-value", {}, probability);
}

function mayBeWhole(count: Expression): boolean {
  if (count.kind === "parameter" || count.kind === "error") return true;
  if (count.kind !== "literal") return false;
  return count.type === "integer" && count.value >= 0;
}
