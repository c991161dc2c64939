import type { LocatedDocument } from "../yaml/index.js";

/**
 * A text as it was meant: without the newline that YAML puts at the end of a block (`|`, `>`), but with one that stands
 * between quotes. Where the way of writing is not known (an alias, a default), a final newline counts as a block's.
 */
export function blockText(text: string, document: LocatedDocument | undefined, pointer: string): string {
  if (!text.endsWith("\n")) return text;
  const raw = document?.rawScalar(pointer);
  return raw === undefined || /^(?:[!&]\S*\s+)*[|>]/.test(raw) ? text.slice(0, -1) : text;
}
