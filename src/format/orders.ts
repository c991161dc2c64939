import { CONNECTOR_ORDER, LIST_ORDER, RULE_ORDER } from "../rule/decompile/order.js";
import type { SchemaName } from "./schema-line.js";

/** The order of the outermost keys of each kind of file, which reads as a story: what it is first, what happens then last. */
export const KEY_ORDERS: Readonly<Record<SchemaName, readonly string[]>> = {
  rule: RULE_ORDER,
  translation: RULE_ORDER,
  exceptions: LIST_ORDER,
  connector: CONNECTOR_ORDER,
  config: [
    "name",
    "rules",
    "stack",
    "attack",
    "locale",
    "defaults",
    "tags",
    "fields",
    "lint",
    "environments",
  ],
  fields: ["fields"],
};
