import { isJson, type Json } from "../../../json/index.js";
import { ENVELOPE_KEYS } from "./value-scanner.js";

/** What an answer of the API holds. */
export interface Envelope {
  readonly elements: readonly unknown[];
  /** How many results there are in all, where the answer says so. */
  readonly total: number | undefined;
}

/** Lists in the answer to a bulk action, by what became of the rules. */
const OUTCOMES = ["updated", "created", "skipped", "deleted"] as const;

/**
 * Opens an answer of the API: `_find` of rules, lists, items and saved objects, and `_bulk_action`. Undefined for anything else:
 * a rule has none of these keys.
 */
export function openEnvelope(value: Json): Envelope | undefined {
  if (typeof value["rule_id"] === "string") return undefined;
  for (const key of ENVELOPE_KEYS) {
    const elements = value[key];
    if (Array.isArray(elements)) return { elements, total: count(value["total"]) };
  }
  const { attributes, success } = value;
  const results = isJson(attributes) ? attributes["results"] : undefined;
  if (success === undefined || !isJson(results)) return undefined;
  return {
    elements: OUTCOMES.flatMap((key) => (Array.isArray(results[key]) ? results[key] : [])),
    total: undefined,
  };
}

const count = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
