import type { findQuery } from "../validate/values.js";
import type { Infer } from "../validate/schema.js";
import { textOf } from "../text.js";

/** A page of value lists or values, with a cursor that names where the next one starts. */
export function pageOf<T extends object>(things: readonly T[], query: Infer<typeof findQuery>) {
  const { page = 1, per_page = 20, sort_field: field, sort_order: order = "asc", filter } = query;
  const found = filter === undefined ? things : things.filter((thing) => contains(thing, filter));
  const sorted = field === undefined ? found : [...found].sort(byField(field, order === "asc" ? 1 : -1));
  const end = page * per_page;
  return {
    cursor: Buffer.from(JSON.stringify([end])).toString("base64"),
    data: sorted.slice(end - per_page, end),
    page,
    per_page,
    total: found.length,
  };
}

function byField(field: string, sign: number): (a: object, b: object) => number {
  const key = (thing: object): string => textOf((thing as Record<string, unknown>)[field]);
  return (a, b) => (key(a) < key(b) ? -sign : key(a) > key(b) ? sign : 0);
}

/** The filters that clients send: `name:x`, `value:x*`, or plain text that any value may hold. */
function contains(thing: object, filter: string): boolean {
  const match = /^\s*([\w@.]+)\s*:\s*"?(.*?)"?\s*$/.exec(filter);
  const values = match === null ? Object.values(thing) : [(thing as Record<string, unknown>)[match[1]!]];
  const wanted = (match?.[2] ?? filter).replaceAll("*", "").toLowerCase();
  return values.some((value) => String(value).toLowerCase().includes(wanted));
}
