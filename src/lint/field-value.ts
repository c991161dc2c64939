import { type Diagnostic, report, type Target } from "../diagnostics/index.js";
import type { Fields } from "../fields/index.js";
import { Findings, checkAllowedValue } from "../query/index.js";
import { isValueOf } from "../query/match/index.js";
import { placed } from "./placed.js";

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
