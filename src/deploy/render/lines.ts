import { structuredPatch } from "diff";
import type { FieldChange } from "../plan/differ.js";

/** A line of a rendered difference: what it does, and how deep it stands. */
export interface Line {
  readonly sign: "+" | "-" | "~" | " ";
  readonly depth: number;
  readonly text: string;
}

/** Beyond this a value is written over several lines. */
const LONG = 80;
const CONTEXT = 2;
/** Edits after which two texts count as different altogether; it bounds the work on hostile ones. */
const MOST_EDITS = 2_000;

/** A field's change as lines: short values on one line, texts as a diff of their lines, anything else as JSON. */
export function linesOf({ path, before, after }: FieldChange): Line[] {
  if (isText(before) && isText(after)) return textChange(path, before, after);
  if (before !== undefined && after !== undefined) {
    const [old, young] = [JSON.stringify(before), JSON.stringify(after)];
    if (old.length + young.length <= LONG)
      return [{ sign: "~", depth: 0, text: `${path}: ${old} → ${young}` }];
    return [{ sign: "~", depth: 0, text: path }, ...valueLines("-", before), ...valueLines("+", after)];
  }
  const [sign, value] = before === undefined ? (["+", after] as const) : (["-", before] as const);
  const short = JSON.stringify(value) ?? "";
  if (short.length <= LONG) return [{ sign, depth: 0, text: `${path}: ${short}` }];
  return [{ sign, depth: 0, text: path }, ...valueLines(sign, value)];
}

/** Text that is worth a diff of its own. */
function isText(value: unknown): value is string {
  return typeof value === "string" && (value.includes("\n") || value.length > LONG / 2);
}

function textChange(path: string, before: string, after: string): Line[] {
  const patch = structuredPatch("", "", before, after, "", "", {
    context: CONTEXT,
    maxEditLength: MOST_EDITS,
  });
  const title: Line = { sign: "~", depth: 0, text: path };
  if (patch === undefined) return [title, ...valueLines("-", before), ...valueLines("+", after)];
  // Said only where it is a difference: most queries end without a line break on both sides.
  const saysEnd = before.endsWith("\n") !== after.endsWith("\n");
  const lines = patch.hunks.flatMap((hunk, i) => [
    ...(i === 0 ? [] : [{ sign: " " as const, depth: 1, text: "…" }]),
    ...hunk.lines.flatMap((line): Line[] => {
      if (!line.startsWith("\\"))
        return [{ sign: line.charAt(0) as Line["sign"], depth: 1, text: line.slice(1) }];
      return saysEnd ? [{ sign: " ", depth: 1, text: "(no line break at the end)" }] : [];
    }),
  ]);
  return [title, ...lines];
}

function valueLines(sign: "+" | "-", value: unknown): Line[] {
  const text = typeof value === "string" ? value : JSON.stringify(value, undefined, 2);
  return text.split("\n").map((line) => ({ sign, depth: 1, text: line }));
}
