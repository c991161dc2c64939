import { checkAllowedValue, quoted, reportUnknownField } from "../core/index.js";
import type { EventFilter, Expression } from "./ast.js";
import type { CheckContext } from "./check-context.js";

/** Checks the word before `where`: whether events can have this category, and whether the condition asks for another. */
export function checkCategory({ category, condition }: EventFilter, context: CheckContext): void {
  const { name } = category;
  if (name === undefined) return;
  const { fields, findings, categoryField } = context;
  const info = fields?.find(categoryField);
  if (info !== undefined) {
    const isType =
      info.allowed?.includes(name) === false && fields?.find("event.type")?.allowed?.includes(name) === true;
    if (isType) {
      const help = `write: any where event.type == ${quoted(name)}`;
      findings.add("eql/type-as-category", { category: name }, category, { help });
    } else checkAllowedValue(findings, info, name, category);
  } else if (fields?.closed === true) reportUnknownField(findings, fields, categoryField, category);
  for (const part of condition.kind === "and" ? condition.operands : [condition])
    checkContradiction(part, name, context);
}

/** A condition that has to hold and asks for other categories than the word before `where`. */
function checkContradiction(part: Expression, name: string, context: CheckContext): void {
  const asked = valuesAsked(part, context.categoryField);
  if (asked === undefined || asked.length === 0 || asked.includes(name)) return;
  context.findings.add("eql/category-contradiction", { asked: asked.join('" or "'), category: name }, part);
}

/** The values that a condition lets the field have, where it names them one by one. */
function valuesAsked(part: Expression, field: string): readonly string[] | undefined {
  const isField = (operand: Expression): boolean => operand.kind === "field" && operand.name === field;
  switch (part.kind) {
    case "comparison":
      if (part.operator !== "==") return undefined;
      return isField(part.left) ? texts([part.right]) : isField(part.right) ? texts([part.left]) : undefined;
    case "in":
      return isField(part.operand) && !part.negated ? texts(part.values) : undefined;
    case "match": {
      if (!isField(part.operand) || part.operator !== ":") return undefined;
      const values = texts(part.patterns)?.map((value) => value.toLowerCase());
      return values?.some((value) => /[*?]/.test(value)) === true ? undefined : values;
    }
    default:
      return undefined;
  }
}

function texts(values: readonly Expression[]): string[] | undefined {
  const found = values.map((one) =>
    one.kind === "literal" && typeof one.value === "string" ? one.value : undefined,
  );
  return found.every((one) => one !== undefined) ? found : undefined;
}
