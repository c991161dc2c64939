import type { Json } from "../../json/index.js";
import type { Namespace } from "../../kibana/endpoints/index.js";
import { actionsOf } from "../form/actions.js";
import { referencesOf } from "../form/comparable.js";

/** Something that rules, and of value lists exception items too, may use. */
export type Used =
  | {
      readonly kind: "exception-list";
      readonly list_id: string;
      readonly namespace_type: Namespace;
      /** Kibana's own id of it. */
      readonly id?: string;
    }
  | { readonly kind: "value-list"; readonly id: string }
  /** By Kibana's own id. */
  | { readonly kind: "connector"; readonly id: string };

/** Whether a rule of a space uses something of that space, or of all of them. */
export function ruleUses(rule: Json, used: Used, space: string): boolean {
  switch (used.kind) {
    case "exception-list":
      // Kibana loads a list by its name and shows it by its id.
      return referencesOf(rule).some(
        ({ id, list_id, namespace_type }) =>
          (list_id === used.list_id && namespace_type === used.namespace_type) ||
          (id !== undefined && id === used.id),
      );
    case "value-list":
      return searchesValueList(rule, used.id, space);
    case "connector":
      return actionsOf(rule).some(({ id }) => id === used.id);
  }
}

/** What of a rule says which value lists it searches. */
const PATTERNS = ["index", "threat_index"];
const QUERIES = ["query", "threat_query", "filters", "threat_filters"];

/**
 * Whether a rule, such as one of indicator matches, searches the values of a list. They are documents of `.items-<space>` with
 * a `list_id`; a query that names lists searches those, and one that names none searches all.
 */
function searchesValueList(rule: Json, id: string, space: string): boolean {
  const queries = QUERIES.map((name) => textOf(rule[name])).join("\n");
  const patterns = PATTERNS.flatMap((name) => (Array.isArray(rule[name]) ? rule[name] : []));
  const reads =
    patterns.some((pattern) => typeof pattern === "string" && covers(pattern, `.items-${space}`)) ||
    (rule["type"] === "esql" && queries.includes(".items-"));
  if (!reads) return false;
  return !queries.includes("list_id") || queries.includes("*") || queries.includes(id);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
}

/** Whether an index pattern covers a hidden index, which only one that begins with a dot does, or its data stream's parts. */
function covers(pattern: string, index: string): boolean {
  const [start = "", ...more] = pattern.slice(pattern.indexOf(":") + 1).split("*");
  const part = `.ds-${index}-`;
  if (!start.startsWith(".")) return false;
  if (start === index || start.startsWith(part)) return true;
  return more.length > 0 && (index.startsWith(start) || part.startsWith(start));
}
