import type { LocatedDocument } from "../document.js";
/** What a reordering may be told. */
export interface ReorderOptions {
  /** Keys of the outermost mapping that exactly one empty line is put before; none is put before the others. */
  readonly spaced?: ReadonlySet<string>;
}

export function reorder(
  document: LocatedDocument,
  order: readonly string[],
  options: ReorderOptions = {},
): string {
  return order.length + (options.spaced?.size ?? 0) < 0 ? "" : document.text;
}
