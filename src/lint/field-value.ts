import { type Diagnostic, report, type Target } from "../diagnostics/index.js";
import { familyOf, type Fields } from "../fields/index.js";
import { Findings, checkAllowedValue } from "../query/index.js";
import { parseCidr, parseDate, parseIp, toNumber } from "../query/match/index.js";
import { placed } from "./placed.js";

/** Whether a text can be compared with values of the type; types that take any text, or that we know nothing of, take all. */
function isValueOf(type: string, value: string): boolean {
  switch (familyOf(type)) {
    case "boolean":
      return value === "true" || value === "false";
    case "number":
      return toNumber(value) !== undefined;
    case "ip":
      return parseIp(value) !== undefined || parseCidr(value) !== undefined;
    case "date":
      return parseDate(value, 0) !== undefined;
    default:
      return true;
  }
}

/**
 * Findings about a value that a field is compared with: of its type, and allowed by ECS where ECS fixes the values. Nothing
 * where the field is not known, or where the schema refused the one or the other.
 */
export function fieldValue(
  field: string | undefined,
  value: unknown,
  at: Target,
  fields: Fields,
): Diagnostic[] {
  const info = field === undefined ? undefined : fields.find(field);
  if (info === undefined || !["boolean", "number", "string"].includes(typeof value)) return [];
  const text = String(value);
  if (!isValueOf(info.type, text)) {
    const use = `be compared with "${text}"`;
    return [report("field/type-mismatch", { field: info.name, type: info.type, use }, at)];
  }
  const findings = new Findings();
  checkAllowedValue(findings, info, text, { start: 0, end: text.length });
  return placed(findings.all, at);
}
