export { attackVersionOf } from "./attack.js";
export { decompileConnector } from "./connector.js";
export type { DecompileContext, ImportCode, ImportNote } from "./context.js";
export { type DecompiledFile, decompileList } from "./list.js";
export { CONNECTOR_ORDER, ITEM_ORDER, LIST_ORDER, RULE_ORDER } from "./order.js";
export { type DecompiledRule, decompileRule } from "./rule.js";
export { normalise, type NormaliseOptions } from "./stored.js";
