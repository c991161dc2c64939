import { parseIp } from "../../match/ip.js";
import type { Expression, TextLiteral } from "../ast.js";
import type { Context } from "./context.js";
import { type EsqlType, isDate } from "./types.js";

/**
 * Texts in a query become values of another type where the other side of a comparison, or a parameter, asks for it.
 * Columns do not: `"1" == 1` is refused, and so is a keyword column beside a boolean.
 */

/** The types that a text turns into beside an operand of them. */
const OF_OPERAND: ReadonlySet<EsqlType> = new Set(["boolean", "date", "date_nanos", "ip", "version"]);

/** The types that a text turns into as an argument, the first that a parameter takes counts. */
const OF_ARGUMENT: readonly EsqlType[] = [
  "date", "date_nanos", "date_period", "time_duration", "double", "long", "integer", "unsigned_long", "ip", "version",
  "geo_point", "geo_shape", "cartesian_point", "cartesian_shape", "geohash", "geotile", "geohex", "boolean",
  "date_range", "double_range", "dense_vector",
]; // prettier-ignore

/** The texts of a literal, or of a list of them; undefined where the expression is something else. */
export function literalTexts(expression: Expression): readonly TextLiteral[] | undefined {
  if (expression.kind === "list") {
    const texts = expression.values.filter(isTextLiteral);
    return texts.length === expression.values.length ? texts : undefined;
  }
  return isTextLiteral(expression) ? [expression] : undefined;
}

export function isTextLiteral(expression: Expression): expression is TextLiteral {
  return expression.kind === "literal" && expression.type === "keyword";
}

/** Whether a text beside an operand of this type is read as a value of that type. */
export function convertsBeside(type: EsqlType): boolean {
  return OF_OPERAND.has(type);
}

/** The type that a text is read as where a parameter takes these; undefined where it stays a text. */
export function argumentTarget(types: ReadonlySet<EsqlType>): EsqlType | undefined {
  return types.has("keyword") ? undefined : OF_ARGUMENT.find((type) => types.has(type));
}

/** Whether the text is a value of the type. Geometries and versions are not looked into: any text may be one. */
function converts(text: string, type: EsqlType): boolean {
  switch (type) {
    case "date":
    case "date_nanos":
      return isDateText(text);
    case "ip":
      return parseIp(text) !== undefined;
    case "double":
    case "integer":
    case "long":
    case "unsigned_long":
      return text.trim() !== "" && Number.isFinite(Number(text));
    case "date_period":
    case "time_duration":
      return /^\s*[+-]?\d+\s*[a-z]+\s*$/i.test(text);
    default:
      return true;
  }
}

/** Reports the texts that are no values of the type, and whether there are any. */
export function reportUnconvertible(
  context: Context,
  texts: readonly TextLiteral[],
  type: EsqlType,
): boolean {
  let any = false;
  for (const text of texts) {
    if (converts(text.value, type)) continue;
    any = true;
    const help = helpFor(text.value, type);
    const shown = text.value.length > MOST_SHOWN ? `${text.value.slice(0, MOST_SHOWN)}…` : text.value;
    const options = help === undefined ? {} : { help };
    context.findings.add("esql/no-value-of-type", { value: shown, type }, text, options);
  }
  return any;
}

/** Longest text that a message repeats. */
const MOST_SHOWN = 40;

function helpFor(text: string, type: EsqlType): string | undefined {
  if (type === "ip" && text.includes("/"))
    return 'to compare with a range of addresses, write CIDR_MATCH(field, "10.0.0.0/8")';
  if (isDate(type) && /now|\d\s*[a-z]+$/i.test(text))
    return "write times that depend on now as NOW() - 1 hour";
  return undefined;
}

const DATE =
  /^[+-]?\d{4,9}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:T(?:(?:[01]\d|2[0-4])(?::[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?)?)?(?:Z|[+-]\d\d(?::?\d\d)?|\[?[A-Za-z][\w/+-]*\]?)?)?)?)?$/;

/** `2024`, `2024-01-31T12:00:00.000Z` and what lies between: Elasticsearch's `strict_date_optional_time`. */
function isDateText(text: string): boolean {
  return text.length <= 64 && DATE.test(text);
}
