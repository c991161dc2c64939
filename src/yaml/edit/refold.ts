import { blockOfLines, fold, proseOf } from "../emit/block.js";

/** Of blocks with more lines than this, all is folded anew. */
const MOST_LINES = 1000;
/** What the last line of a part that is folded anew has to fill, so that the old lines below it may stay. */
const LEAST_FILL = 0.6;

/**
 * A folded block for a new text in which the lines of the old block, `block`, stay as they are at its beginning and its end, as far
 * as the text is the same. Undefined where the new text cannot be folded.
 */
export function refolded(block: string, next: string, pad: string, width: number): string | undefined {
  const prose = proseOf(next);
  if (prose === undefined) return undefined;
  const old = block.split(/\r\n|\r|\n/).map((line) => line.slice(pad.length));
  // Empty lines and deeper ones are no spaces in the text, so lines cannot be told from it alone.
  const lines = old.length <= MOST_LINES && old.every((line) => /^[^ \t]/.test(line)) ? old : [];
  const kept = sameAtStart(lines, prose);
  const rest = prose.slice(kept.reduce((length, line) => length + line.length + 1, 0));
  return blockOfLines(
    next,
    [...kept, ...foldBefore(lines.slice(kept.length), rest, width - pad.length)],
    pad,
  );
}

/** The lines that the prose begins with, each followed by more. */
function sameAtStart(lines: readonly string[], prose: string): string[] {
  const same: string[] = [];
  let at = 0;
  for (const line of lines) {
    const next = at + line.length + 1;
    if (!prose.startsWith(`${line} `, at) || !/[^ \t]/.test(prose[next] ?? "") || /[ \t]$/.test(line)) break;
    same.push(line);
    at = next;
  }
  return same;
}

/** Folds the beginning of `prose`, and keeps the most of the old lines that it ends with. */
function foldBefore(lines: readonly string[], prose: string, width: number): string[] {
  let suffix = lines.join(" ");
  for (const [i, line] of lines.entries()) {
    if (prose === suffix) return lines.slice(i);
    if (prose.endsWith(` ${suffix}`)) {
      const before = fold(prose.slice(0, -suffix.length - 1), width);
      if (/[^ \t]$/.test(before.at(-1)!) && before.at(-1)!.length >= width * LEAST_FILL)
        return [...before, ...lines.slice(i)];
    }
    suffix = suffix.slice(line.length + 1);
  }
  return fold(prose, width);
}
