import {
  ACTION_ORDER,
  CONNECTOR_ORDER,
  ITEM_ORDER,
  LIST_ORDER,
  RULE_ORDER,
} from "../rule/decompile/order.js";
import { TAG_PREFIXES } from "../rule/index.js";
import type { SchemaName } from "./schema-line.js";

/** The order of the outermost keys of each kind of file, which reads as a story: what it is first, what happens then last. */
export const KEY_ORDERS: Readonly<Record<SchemaName, readonly string[]>> = {
  rule: RULE_ORDER,
  translation: RULE_ORDER,
  exceptions: LIST_ORDER,
  connector: CONNECTOR_ORDER,
  values: ["id", "name", "description", "type", "file", "values"],
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

/** Maps inside of a file that have an order of their own. */
export interface InnerOrder {
  /** Keys that lead there; `*` stands for every key or item. */
  readonly path: readonly string[];
  readonly order: readonly string[];
}

const GUIDE: InnerOrder = {
  path: ["guide"],
  order: ["overview", "investigation_steps", "false_positives", "response", "sections"],
};

const OVERLAY = ["rules", "set", "add", "remove"];

/** None of these maps' order means anything: guides and tags are compiled in an order of their own, the rest is sorted. */
export const INNER_ORDERS: Readonly<Record<SchemaName, readonly InnerOrder[]>> = {
  rule: [
    { path: ["tags"], order: Object.keys(TAG_PREFIXES) },
    GUIDE,
    { path: ["actions", "*"], order: ACTION_ORDER },
  ],
  translation: [GUIDE],
  exceptions: [{ path: ["items", "*"], order: ITEM_ORDER }],
  connector: [],
  values: [],
  config: [
    { path: ["tags"], order: Object.keys(TAG_PREFIXES) },
    {
      path: ["environments", "*"],
      order: ["url", "api_key", "username", "password", "set", "add", "remove", "overlays", "spaces"],
    },
    { path: ["environments", "*", "overlays", "*"], order: OVERLAY },
    { path: ["environments", "*", "spaces", "*"], order: ["id", ...OVERLAY, "overlays"] },
    { path: ["environments", "*", "spaces", "*", "overlays", "*"], order: OVERLAY },
  ],
  fields: [],
};
