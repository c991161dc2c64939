import type { OffsetRange } from "../diagnostics/index.js";
import type { LocatedDocument } from "../yaml/index.js";

/**
 * The values of a text file, as Kibana's import takes them: one a line, to the letter, whatever the suffix. A CSV file is no
 * table there, and `#` begins no comment. Blank lines are left out; lines end at LF or CRLF.
 */
export function valuesOfText(text: string): { readonly values: string[]; readonly starts: number[] } {
  const values: string[] = [];
  const starts: number[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const end = text.indexOf("\n", at);
    const next = end < 0 ? text.length : end + 1;
    let stop = end < 0 ? text.length : end;
    if (text.charCodeAt(stop - 1) === 0x0d && stop > at) stop--;
    const value = text.slice(at, stop);
    if (value.trim() !== "") {
      values.push(value);
      starts.push(at);
    }
    at = next;
  }
  return { values, starts };
}

/** A text file as findings point into it: by range alone, since it has no structure. */
export function textDocument(text: string, file: string): LocatedDocument {
  return {
    file,
    text,
    data: undefined,
    diagnostics: [],
    rangeOf: ({ range }): OffsetRange => range ?? { start: 0, end: 0 },
    rawScalar: () => undefined,
    comments: () => [],
    entriesStartingIn: () => [],
  };
}
