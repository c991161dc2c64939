import { fitsBlock, foldedBlock, literalBlock } from "./block.js";
import { entriesOf } from "./entries.js";
import { flowText, isFlowList, isFlowMapping } from "./flow.js";
import type { Style } from "./options.js";
import { doubleQuotedLines } from "./quoted.js";
import { isScalar, scalarText } from "./scalar.js";

/** Where a value stands. */
export interface Place {
  /** The column of the key or dash that leads to it. */
  readonly indent: number;
  /** The column after `key:` or `-`. */
  readonly column: number;
  /** The nearest key above it, which says how it is laid out. */
  readonly key: string;
  /** How many collections are around it. */
  readonly depth: number;
}

const STEP = 2;

/**
 * What follows `key:` or `-`: a space and the value, or a line break and the lines below. It ends without the line break of its
 * last line.
 */
export function afterIndicator(value: unknown, place: Place, style: Style): string {
  if (value === undefined || isScalar(value)) return ` ${scalar(value ?? null, place, style)}`;
  const fits = (text: string) => place.column + 1 + text.length <= style.width;
  if (Array.isArray(value)) {
    if (value.length === 0) return " []";
    if (isFlowList(value) && fits(flowText(value))) return ` ${flowText(value)}`;
    return `\n${blockList(value, place.indent + STEP, place, style)}`;
  }
  if (entriesOf(value).length === 0) return " {}";
  if (style.flow.has(place.key) && isFlowMapping(value) && fits(flowText(value)))
    return ` ${flowText(value)}`;
  return `\n${blockMapping(value, place.indent + STEP, place.depth, style).join("\n")}`;
}

/** `key: value` in a block mapping whose keys begin at column `indent`. */
export function entryText(key: string, value: unknown, indent: number, depth: number, style: Style): string {
  const lead = `${" ".repeat(indent)}${scalarText(key, false)}:`;
  return lead + afterIndicator(value, { indent, column: lead.length, key, depth: depth + 1 }, style);
}

/** `- value` in a block list whose dashes stand at column `indent`; `around` is where the list stands. */
export function itemText(value: unknown, indent: number, around: Place, style: Style): string {
  const lead = `${" ".repeat(indent)}-`;
  const place = { indent, column: lead.length, key: around.key, depth: around.depth + 1 };
  const text = afterIndicator(value, place, style);
  // The first line of an inner mapping or list goes on the dash's line.
  return lead + (text.startsWith("\n") ? text.slice(lead.length + 1) : text);
}

/** The entries of a mapping that is not empty, one text each. */
export function blockMapping(mapping: object, indent: number, depth: number, style: Style): string[] {
  return entriesOf(mapping).map(([key, value]) => entryText(key, value, indent, depth, style));
}

function blockList(list: readonly unknown[], indent: number, around: Place, style: Style): string {
  return list.map((item) => itemText(item, indent, around, style)).join("\n");
}

function scalar(value: string | number | boolean | null, place: Place, style: Style): string {
  if (typeof value !== "string") return scalarText(value, false);
  const block = { pad: " ".repeat(place.indent + STEP), deeper: STEP };
  const literal = place.depth === 1 && style.literal.has(place.key);
  if ((literal || value.includes("\n")) && fitsBlock(value)) {
    const prose = !literal && value.indexOf("\n") === value.length - 1 && value.length > style.width;
    return (prose ? foldedBlock(value, block, style.width) : undefined) ?? literalBlock(value, block);
  }
  const line = scalarText(value, false);
  if (place.column + 1 + line.length <= style.width) return line;
  return value.includes("\n")
    ? doubleQuotedLines(value, block.pad)
    : (foldedBlock(value, block, style.width) ?? line);
}
