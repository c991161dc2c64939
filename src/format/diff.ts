import { structuredPatch } from "diff";

/** Lines around a change that are shown with it. */
const CONTEXT = 1;
/** Edits after which two texts count as different altogether; it bounds the work. */
const MOST_EDITS = 2_000;

/** What changes in a file, as lines that begin with `+`, `-`, a space, or `@@`; undefined where almost everything does. */
export function diffLines(before: string, after: string): string[] | undefined {
  const patch = structuredPatch("", "", before, after, "", "", {
    context: CONTEXT,
    maxEditLength: MOST_EDITS,
  });
  return patch?.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    ...lines.map((line) => line.replace(/\r$/, "␍")),
  ]);
}
