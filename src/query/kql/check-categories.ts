import type { Fields } from "../../fields/index.js";
import { checkExpectedValue, type Findings } from "../core/index.js";
import type { Condition, Is, Value, Values } from "./ast.js";

/** Checks that each `event.type` goes with one of the categories that the query asks for beside it. */
export function checkCategories(findings: Findings, fields: Fields, condition: Condition): void {
  const info = fields.find("event.type");
  if (info?.expected === undefined) return;
  const conditions = conjunction(condition).filter((each) => each.kind === "is");
  const categories = valuesOf(conditions, "event.category").map(({ value }) => String(value));
  const [category] = categories;
  if (category === undefined) return;
  for (const type of valuesOf(conditions, "event.type")) {
    const text = String(type.value);
    const isExpected = categories.some((each) => info.expected?.get(each)?.includes(text) ?? true);
    if (!isExpected) checkExpectedValue(findings, info, text, category, type);
  }
}

function conjunction(condition: Condition): readonly Condition[] {
  return condition.kind === "and" ? condition.operands.flatMap(conjunction) : [condition];
}

/** The values that conditions ask of a field; none where one of them is a pattern or is negated. */
function valuesOf(conditions: readonly Is[], name: string): Value[] {
  return conditions
    .filter(({ field }) => field?.name === name)
    .flatMap(({ value }) => alternatives(value) ?? []);
}

function alternatives(values: Values): Value[] | undefined {
  if (values.kind === "value") return values.pieces === undefined ? [values] : undefined;
  if (values.kind !== "or") return undefined;
  const all = values.operands.map(alternatives);
  return all.includes(undefined) ? undefined : (all as Value[][]).flat();
}
