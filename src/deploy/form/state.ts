import { createHash } from "node:crypto";
import { isJson, type Json } from "../../json/index.js";
import type { LiveConnector } from "../../kibana/endpoints/index.js";
import { canonical } from "./canonical.js";

/**
 * A short hash of what an object is, for objects that Kibana gives no token for: two looks that give the same saw the
 * same. It is `Expected.state` of a plan.
 */
export function stateHash(value: unknown): string {
  return createHash("sha256").update(canonical(value)).digest("hex").slice(0, 16);
}

/** {@link stateHash} of a connector, the same whether it was exported or listed. What is null counts as absent. */
export function connectorState({ name, connector_type_id, config }: LiveConnector): string {
  return stateHash({ name, connector_type_id, config: withoutNulls(isJson(config) ? config : {}) });
}

/** {@link stateHash} of a value list: its name, description, and values in any order. */
export function valueListState(list: Json, values: Iterable<string>): string {
  return stateHash({
    name: list["name"],
    description: list["description"],
    // Kibana trims the lines that it imports.
    values: [...new Set([...values].map((value) => value.trim()))].sort(),
  });
}

/** Kibana fills the settings of a connector that are not given with null. */
export function withoutNulls(config: Json): Json {
  return Object.fromEntries(
    Object.entries(config).filter(([, value]) => value !== null && value !== undefined),
  );
}
