import type { Diagnostic, OffsetRange, Target } from "../diagnostics/index.js";

/**
 * A YAML file with its data and the way back from data to text. `data` is undefined where the text holds no mapping
 * (broken, empty, a bare list); `diagnostics` then says why. Offsets are UTF-16 units into `text`, which is kept
 * as it was read: with its byte order mark, its line breaks and its comments.
 */
export interface LocatedDocument {
  /** Path relative to the project's root, with forward slashes. */
  readonly file: string;
  readonly text: string;
  readonly data: unknown;
  readonly diagnostics: readonly Diagnostic[];
  /**
   * UTF-16 offsets of what a target names in this file. Where the pointer leads nowhere they are its nearest ancestor's: the key of a
   * mapping or list, or the first line of one without a key. For a field that is missing, point to where it would stand.
   */
  rangeOf(target: Pick<Target, "pointer" | "on" | "within" | "range">): OffsetRange;
  /**
   * The text of a scalar as it was typed, quotes and tag included: `1.10` where the data says 1.1. Undefined where the pointer
   * leads to no scalar of its own (a mapping, a list, an alias, nothing).
   */
  rawScalar(pointer: string): string | undefined;
  /** Where the comments are, from `#` to the end of the line, in file order. Text inside scalars is no comment. */
  comments(): readonly OffsetRange[];
  /** The entries of mappings and lists that begin in `line`, the outermost first. */
  entriesStartingIn(line: OffsetRange): readonly LocatedEntry[];
}

/** One `key: value` of a mapping or one item of a list. */
export interface LocatedEntry {
  /** From the key, or the item itself, to the end of the value. */
  readonly range: OffsetRange;
  /** Whether the value is a scalar, and so has no entries of its own. */
  readonly scalar: boolean;
}
