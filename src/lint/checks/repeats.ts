import { type Diagnostic, report } from "../../diagnostics/index.js";
import type { RuleView } from "../check.js";

/** Lists in which a value that stands twice says nothing more; each with the way to it. */
const LISTS = [
  ["index"],
  ["new_terms_fields"],
  ["threshold", "field"],
  ["alert_suppression", "group_by"],
  ["investigation_fields", "field_names"],
  ["threat_index"],
  ["references"],
  ["author"],
] as const;

/** No list names a value twice. */
export function* repeats({ authored, at }: RuleView): Iterable<Diagnostic> {
  for (const path of LISTS) {
    const [field, inner] = path;
    const value: unknown = inner === undefined ? authored[field] : valueIn(authored[field], inner);
    if (!Array.isArray(value) || new Set(value).size === value.length) continue;
    for (const [i, item] of value.entries()) {
      if (typeof item === "string" && value.indexOf(item) < i)
        yield report("rule/repeated-value", { value: item, field: path.join(".") }, at(...path, i));
    }
  }
}

function valueIn(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
