import { type Path, toPointer } from "../diagnostics/index.js";
import { reorder } from "../yaml/edit/index.js";
import { type LocatedDocument, parseDocument } from "../yaml/index.js";
import { type Block, blockAt, inPlace } from "./block.js";
import { INNER_ORDERS, KEY_ORDERS } from "./orders.js";
import type { SchemaName } from "./schema-line.js";

/** The text with its outermost keys in canonical order, each with its comments. Keys that the order does not know stay in their order, at the end. */
export function inOrder(document: LocatedDocument, schema: SchemaName): string {
  const order = KEY_ORDERS[schema];
  return isSorted(document.data, order) ? document.text : reorder(document, order);
}

/** The text with the maps inside of it in order: the parts of a guide, the kinds of tags, the keys of an exception. */
export function innerInOrder(document: LocatedDocument, schema: SchemaName): string {
  const edits = INNER_ORDERS[schema].flatMap(({ path, order }) =>
    matching(document.data, path).flatMap(([at, value]): (Block & { sorted: string })[] => {
      if (isSorted(value, order)) return [];
      const block = blockAt(document, toPointer(at));
      if (block === undefined) return [];
      const alone = reorder(parseDocument(block.text, document.file), order);
      return alone === block.text ? [] : [{ ...block, sorted: alone }];
    }),
  );
  // The last one first, so that the places of the others stay true.
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (text, edit) => text.slice(0, edit.start) + inPlace(edit, edit.sorted) + text.slice(edit.end),
      document.text,
    );
}

/** The values that a path with `*` leads to. */
function matching(value: unknown, path: readonly string[], at: Path = []): (readonly [Path, unknown])[] {
  const [step, ...rest] = path;
  if (step === undefined) return [[at, value]];
  if (typeof value !== "object" || value === null) return [];
  const keys = step === "*" ? Object.keys(value) : Object.hasOwn(value, step) ? [step] : [];
  return keys.flatMap((key) => matching((value as Record<string, unknown>)[key], rest, [...at, key]));
}

/** Whether the keys of a map are in order; other values have none. */
function isSorted(value: unknown, order: readonly string[]): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return true;
  const ranks = Object.keys(value).map((key) => {
    const at = order.indexOf(key);
    return at < 0 ? order.length : at;
  });
  return ranks.every((rank, i) => i === 0 || ranks[i - 1]! <= rank);
}
