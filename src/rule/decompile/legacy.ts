import { isJson, type Json } from "../../json/index.js";
import type { ImportNote } from "./context.js";
import { isEmptyList, isStringList, without } from "./json.js";

/** Fields whose values are numbers; Kibana refuses text for them. */
const NUMBERS: ReadonlySet<string> = new Set([
  "risk_score", "version", "max_signals", "anomaly_threshold", "concurrent_searches", "items_per_search",
]); // prettier-ignore
const BOOLEANS: ReadonlySet<string> = new Set(["enabled", "timestamp_override_fallback_disabled"]);

/**
 * The rule with the fields of older versions of Kibana in today's form, and with numbers and booleans that were written as
 * text read. What was odd is noted.
 */
export function withoutLegacy(rule: Json, notes: ImportNote[]): Json {
  const { custom_highlighted_fields: highlighted, ...rest } = rule;
  const fields: Record<string, unknown> = Object.fromEntries(
    Object.entries(rest).map(([field, value]) => [field, typed(field, value, `/${field}`, notes)]),
  );
  // What 8.10 called investigation_fields while it was being made.
  if (isStringList(highlighted)) {
    if (fields["investigation_fields"] === undefined && highlighted.length > 0) {
      notes.push(legacy("custom_highlighted_fields", "another name"));
      fields["investigation_fields"] = { field_names: highlighted };
    }
  } else if (highlighted !== undefined) fields["custom_highlighted_fields"] = highlighted;
  if (isStringList(fields["investigation_fields"])) {
    const field_names = fields["investigation_fields"];
    if (!isEmptyList(field_names)) notes.push(legacy("investigation_fields", "a plain list"));
    fields["investigation_fields"] = { field_names };
  }
  const threshold = fields["threshold"];
  if (isJson(threshold)) fields["threshold"] = thresholdOf(threshold, notes);
  if (typeof fields["throttle"] === "string" && !["rule", "no_actions"].includes(fields["throttle"]))
    notes.push(legacy("throttle", "one frequency for all actions"));
  return fields;
}

function legacy(field: string, form: string): ImportNote {
  return { code: "import/legacy-form", params: { field, form }, pointer: `/${field}` };
}

function thresholdOf(threshold: Json, notes: ImportNote[]): Json {
  const { field } = threshold;
  const list = typeof field === "string" ? (field === "" ? [] : [field]) : field;
  const value = asNumber(threshold["value"], "threshold.value", "/threshold/value", notes);
  const rest = isEmptyList(threshold["cardinality"]) ? without(threshold, "cardinality") : threshold;
  return { ...rest, field: list, value };
}

function typed(field: string, value: unknown, pointer: string, notes: ImportNote[]): unknown {
  if (NUMBERS.has(field)) return asNumber(value, field, pointer, notes);
  if (!BOOLEANS.has(field) || (value !== "true" && value !== "false")) return value;
  notes.push({ code: "import/text-for-value", params: { field, value }, pointer });
  return value === "true";
}

function asNumber(value: unknown, field: string, pointer: string, notes: ImportNote[]): unknown {
  if (typeof value !== "string" || !/^\d{1,15}(\.\d{1,6})?$/.test(value)) return value;
  notes.push({ code: "import/text-for-value", params: { field, value }, pointer });
  return Number(value);
}
