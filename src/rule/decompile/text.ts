import { fitsBlock } from "../../yaml/emit/block.js";

/**
 * A text for a field that is compiled without the newline at the end of a block: with one more newline where it has several lines, which
 * is how a block reads best, and where it ends in one, which is then kept.
 */
export function blockOf(text: string): string {
  return text.includes("\n") ? `${text}\n` : text;
}

/**
 * A query with the newline of the block that it is written as. Between quotes a query is compiled to the letter, so one that no block can
 * hold stays as it is.
 */
export function queryBlock(query: string): string {
  return fitsBlock(query) ? `${query}\n` : query;
}
