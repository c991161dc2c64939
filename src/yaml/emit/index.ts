import { checkDepth } from "./depth.js";
import { entriesOf } from "./entries.js";
import { flowText } from "./flow.js";
import { type EmitOptions, styleOf } from "./options.js";
import { isScalar } from "./scalar.js";
import { blockMapping } from "./writer.js";

export type { EmitOptions } from "./options.js";

/**
 * Writes a value as YAML that a person would have written: keys in their order of insertion, text in blocks, short lists on one
 * line, quotes only where they are needed, two spaces of indentation, no anchors. `parseDocument(emit(value)).data` is the value
 * again, to the last character of every string. Keys that are `undefined` are left out.
 *
 * Takes what JSON can hold, and -0, infinities and NaN. Throws a RangeError for a value that is nested deeper than the reader
 * goes (99 levels).
 */
export function emit(value: unknown, options: EmitOptions = {}): string {
  checkDepth(value);
  return headerOf(options.header) + bodyOf(value, options);
}

function bodyOf(value: unknown, options: EmitOptions): string {
  if (isScalar(value) || Array.isArray(value) || entriesOf(value as object).length === 0)
    return `${flowText(value)}\n`;
  const keys = entriesOf(value as object).map(([key]) => key);
  const texts = blockMapping(value as object, 0, 0, styleOf(options));
  let body = "";
  for (const [i, text] of texts.entries()) {
    // An empty line below a block that keeps its last line breaks would become part of its text.
    if (i > 0 && options.spaced?.has(keys[i]!) && !body.endsWith("\n\n")) body += "\n";
    body += `${text}\n`;
  }
  return body;
}

function headerOf(header: string | undefined): string {
  if (header === undefined || header === "") return "";
  const lines = header.replace(/(?:\r\n|\r|\n)$/, "").split(/\r\n|\r|\n/);
  return lines
    .map((line) => `${/^(?:#|$)/.test(line) ? line : `# ${line}`}\n`)
    .join("")
    .replaceAll("\0", "\ufffd");
}
