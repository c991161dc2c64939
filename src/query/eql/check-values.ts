import type { FieldInfo } from "../../fields/index.js";
import { checkAllowedValue, checkExpectedValue, isStarMeant, quoted, type Span } from "../core/index.js";
import { parseCidr, parseDate, parseIp } from "../match/index.js";
import type { Expression, Literal } from "./ast.js";
import { type CheckContext, describe, isOpen } from "./check-context.js";
import type { Type } from "./signatures.js";

/** How a field is compared with a value. */
interface Use {
  /** By `<` and its like. */
  readonly ordered: boolean;
  /** The value is the whole of what the field holds. */
  readonly exact: boolean;
  readonly insensitive: boolean;
  /** The category of the event, where the comparison has to hold. */
  readonly category: string | undefined;
  /** The values of the list that it is in. */
  readonly beside?: readonly unknown[];
}

/** Checks a value that a field is compared with: whether it can be read as one of the field's type, and be there. */
export function checkValue(field: Expression, literal: Literal, use: Use, context: CheckContext): void {
  const info = context.infoOf(field);
  if (info === undefined || field.kind !== "field" || literal.value === null) return;
  checkType(info, context.typeOf(field), literal, use, context);
  if (!use.exact || typeof literal.value !== "string") return;
  const value = use.insensitive ? literal.value.toLowerCase() : literal.value;
  checkAllowedValue(context.findings, info, value, literal, use.beside);
  if (use.category !== undefined) checkExpectedValue(context.findings, info, value, use.category, literal);
}

/**
 * A value that Elasticsearch cannot read as one of the field's type makes the search fail. One that it can read, such as
 * the text "80" for a number, works and does not say what is meant.
 */
function checkType(info: FieldInfo, type: Type, literal: Literal, use: Use, context: CheckContext): void {
  const { value } = literal;
  const report = (help?: string, severity?: "warning"): void =>
    reportMismatch(info, `be compared with ${describeValue(value)}`, literal, context, help, severity);
  switch (type) {
    case "number":
      if (typeof value === "boolean") report();
      else if (typeof value === "string") {
        if (isNumeric(value)) report(`write ${value.trim()} without quotes`, "warning");
        else report();
      }
      break;
    case "boolean":
      if (value === "true" || value === "false") report(`write ${value} without quotes`, "warning");
      else if (typeof value !== "boolean") report("a boolean is true or false");
      break;
    case "ip":
      if (typeof value !== "string") report('an address is written as a text: "10.0.0.1"');
      else if (parseIp(value) === undefined && (use.ordered || parseCidr(value) === undefined))
        report('an address is written as "10.0.0.1" or "fe80::1", a network as "10.0.0.0/8"');
      break;
    case "date":
      if (typeof value === "boolean") report();
      else if (typeof value === "string" && parseDate(value, 0) === undefined) {
        // Mappings may have date formats of their own, of which nothing is known.
        const isSure = info.source === "ecs" || info.source === "metadata";
        report("write an ISO date, or date math such as now-1d", isSure ? undefined : "warning");
      }
      break;
    case "text":
      if (use.ordered && typeof value === "number")
        reportMismatch(
          info,
          "be ordered as a number: texts are ordered by their characters",
          literal,
          context,
          undefined,
          "warning",
        );
      break;
    default:
  }
}

function reportMismatch(
  { name, type }: FieldInfo,
  use: string,
  span: Span,
  context: CheckContext,
  help: string | undefined,
  severity: "warning" | undefined,
): void {
  context.findings.add("field/type-mismatch", { field: name, type, use }, span, {
    ...(help === undefined ? {} : { help }),
    ...(severity === undefined ? {} : { severity }),
  });
}

function describeValue(value: Literal["value"]): string {
  if (typeof value === "string") return `the text ${quoted(value)}`;
  return typeof value === "number" ? `the number ${value}` : String(value);
}

function isNumeric(value: string): boolean {
  return value.trim() !== "" && Number.isFinite(Number(value));
}

/**
 * Checks the types of a list for `in`: Elasticsearch wants texts for a text, numbers for a number. Gives whether it
 * reported something. It takes no texts for addresses and dates either, although it does so beside `==`; as this is not
 * documented it is a warning.
 */
export function checkListType(
  operand: Expression,
  type: Type,
  values: readonly Expression[],
  types: readonly Type[],
  context: CheckContext,
): boolean {
  const first = types.findIndex((one) => !isOpen(one));
  if (first < 0) return false;
  const odd = types.findIndex((one) => !isOpen(one) && one !== (isOpen(type) ? types[first] : type));
  if (odd < 0) return false;
  const value = values[odd]!;
  const info = context.infoOf(operand);
  if (isOpen(type)) {
    // A field that is null may be compared with anything.
    if (operand.kind !== "field" || operand.optional) return false;
    const params = { first: describe(values[first]!, types[first]!), other: describe(value, types[odd]!) };
    context.findings.add("eql/mixed-list", params, value);
  } else if (info === undefined) {
    const params = { left: describe(operand, type), right: describe(value, types[odd]!) };
    context.findings.add("eql/never-equal", params, value);
  } else {
    const use = `be looked up in a list with ${describe(value, types[odd]!)}`;
    const isLenient = types[odd] === "text" && (type === "ip" || type === "date" || type === "version");
    reportMismatch(info, use, value, context, adviceFor(type), isLenient ? "warning" : undefined);
  }
  return true;
}

function adviceFor(type: Type): string | undefined {
  if (type === "ip") return 'write cidrMatch(field, "10.0.0.1", "10.1.0.0/16")';
  return type === "date" || type === "version" ? 'write "field == a or field == b"' : undefined;
}

/**
 * `==` and `in` know no wildcards; an asterisk in their values most often was meant as one. `isOneOfSeveral`: the value
 * is in a list with others.
 */
export function checkWildcardOn(
  operator: string,
  { value, start, end }: Literal,
  field: Expression,
  context: CheckContext,
  isOneOfSeveral = false,
): void {
  if (typeof value !== "string" || !(value.includes("*") || value.startsWith("?:\\"))) return;
  if (isStarMeant(value, field.kind === "field" ? field.name : undefined, isOneOfSeveral)) return;
  const help = operator === "!=" ? 'write "not field : …"' : 'write ":", or "like" with regard to case';
  context.findings.add(
    "eql/literal-wildcard",
    { operator, pattern: quoted(value) },
    { start, end },
    { help },
  );
}
