import type { LocatedDocument } from "../yaml/index.js";
import { textRegions } from "./text-regions.js";

/**
 * The text without spaces at line ends, without empty lines at its start and end, with one empty line at most between others, and
 * with a line break at its end. White space that belongs to a value stays. For documents with line breaks of LF alone.
 */
export function tidyWhiteSpace(document: LocatedDocument): string {
  const { text } = document;
  if (!/[ \t]\n|\n\n\n|^\n|[^\n]$|\n\n$|[ \t]$/.test(text)) return text;
  const regions = textRegions(document);
  const lines: string[] = [];
  let next = 0;
  let blank = true;
  for (let start = 0; start < text.length;) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    while (next < regions.length && regions[next]!.end < start) next++;
    const region = regions[next];
    const inside = region !== undefined && region.start < start;
    const kept = text.slice(start, keptUntil(text, start, end, regions, next));
    const isBlank = kept === "" && !inside;
    if (!isBlank || !blank) lines.push(kept);
    blank = isBlank;
    start = end + 1;
  }
  if (blank && lines.length > 0) lines.pop();
  return `${lines.join("\n")}\n`;
}

/** Where the line ends without the spaces that mean nothing. */
function keptUntil(
  text: string,
  start: number,
  end: number,
  regions: ReturnType<typeof textRegions>,
  from: number,
): number {
  let floor = start;
  for (let i = from; i < regions.length && regions[i]!.start < end; i++) {
    if (end < regions[i]!.end) return end;
    floor = Math.max(floor, regions[i]!.end);
  }
  let kept = end;
  while (kept > floor && (text[kept - 1] === " " || text[kept - 1] === "\t")) kept--;
  return kept;
}
