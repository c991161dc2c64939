import { isJson, type Json } from "../../json/index.js";
import { canonical } from "../form/canonical.js";
import { referencesOf } from "../form/comparable.js";
import type { Risk } from "./rank.js";
import { named } from "./words.js";

/** What keeps alerts from being made besides the query: exception lists and filters. */
export function silencingRisks(before: Json, after: Json): Risk[] {
  const known = new Set(
    referencesOf(before).map(({ list_id, namespace_type }) => `${namespace_type}:${list_id}`),
  );
  const lists = referencesOf(after).filter(
    ({ list_id, namespace_type }) => !known.has(`${namespace_type}:${list_id}`),
  );
  return [
    ...listRisks(lists.map(({ list_id }) => `"${list_id}"`)),
    ...filterRisks(before["filters"], after["filters"], ""),
    ...filterRisks(before["threat_filters"], after["threat_filters"], " for indicators"),
  ];
}

function listRisks(added: readonly string[]): Risk[] {
  if (added.length === 0) return [];
  return [{ code: "exception-added", message: `the exceptions in ${named(added)} apply to it` }];
}

function filterRisks(before: unknown, after: unknown, where: string): Risk[] {
  const old = new Set(inForce(before).map(meaning));
  const come = inForce(after).filter((filter) => !old.has(meaning(filter)));
  if (come.length === 0) return [];
  return [{ code: "filter-added", message: `it has another filter${where}: ${named(come.map(label))}` }];
}

function inForce(value: unknown): Json[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isJson).filter(({ meta }) => !isJson(meta) || meta["disabled"] !== true);
}

/** What a filter does, without what it looks like in the form. */
function meaning({ query, meta }: Json): string {
  return canonical([
    query,
    isJson(meta) ? meta["negate"] === true : false,
    query === undefined ? meta : null,
  ]);
}

function label({ meta, query }: Json): string {
  const about = isJson(meta) ? meta : {};
  const text = [about["alias"], about["key"]].find((name) => typeof name === "string" && name !== "");
  return `${about["negate"] === true ? "not " : ""}${typeof text === "string" ? text : canonical(query)}`;
}
