/** `_bulk_create`, `_bulk_update` and `_bulk_delete`, which Kibana had up to 8.x. */
import { SiemError } from "../http/errors.js";
import type { Call, Route } from "../http/call.js";
import { checkedBody } from "../http/route.js";
import { toResponse } from "../rules/rule.js";
import type { StoredRule } from "../store/state.js";
import { createBody, patchBody, updateBody } from "../validate/rule.js";
import { array, object, optional, type Schema, string } from "../validate/schema.js";
import { create, patch, remove, replace, RULES } from "./rules.js";

/** Does one thing for each element of the body; an element that fails becomes an error in its place. */
function each<T extends Readonly<Record<string, unknown>>>(
  schema: Schema<T>,
  act: (call: Call, element: T) => StoredRule,
) {
  const elements = array(schema);
  return (call: Call): unknown[] =>
    checkedBody(call, elements).map((element) => {
      try {
        return toResponse(act(call, element));
      } catch (error) {
        if (!(error instanceof SiemError)) throw error;
        const id = element["id"];
        const name = id === undefined ? { rule_id: element["rule_id"] ?? "(unknown id)" } : { id };
        const message = Array.isArray(error.content) ? error.content.join() : error.message;
        return { ...name, error: { status_code: error.status, message } };
      }
    });
}

const selector = object({ id: optional(string()), rule_id: optional(string()) });
const privilege = "write" as const;

export const legacyBulkRoutes: readonly Route[] = [
  { method: "POST", path: `${RULES}/_bulk_create`, privilege, handle: each(createBody, create) },
  { method: "PUT", path: `${RULES}/_bulk_update`, privilege, handle: each(updateBody, replace) },
  { method: "PATCH", path: `${RULES}/_bulk_update`, privilege, handle: each(patchBody, patch) },
  { method: "DELETE", path: `${RULES}/_bulk_delete`, privilege, handle: each(selector, remove) },
  { method: "POST", path: `${RULES}/_bulk_delete`, privilege, handle: each(selector, remove) },
];
