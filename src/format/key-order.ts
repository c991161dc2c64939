import { type LocatedDocument } from "../yaml/index.js";
import { reorder } from "../yaml/edit/index.js";
import { KEY_ORDERS } from "./orders.js";
import type { SchemaName } from "./schema-line.js";

/** The text with its outermost keys in canonical order, each with its comments. Keys that the order does not know stay in their order, at the end. */
export function inOrder(document: LocatedDocument, schema: SchemaName): string {
  const order = KEY_ORDERS[schema];
  const ranks = Object.keys(document.data as object).map((key) => rank(key, order));
  const isSorted = ranks.every((at, i) => i === 0 || ranks[i - 1]! <= at);
  return isSorted ? document.text : reorder(document, order);
}

function rank(key: string, order: readonly string[]): number {
  const at = order.indexOf(key);
  return at < 0 ? order.length : at;
}
