import { type Diagnostic, fromPointer, meansInvalid } from "../diagnostics/index.js";

/**
 * The parts of a document that its schema accepts: a copy without the values that findings point at. A file with a
 * mistake in one field can then still be checked in all others, so that one run finds everything.
 *
 * The pointers that were taken out are returned too: a later finding about one of them would only repeat the first.
 */
export function prune(
  data: Readonly<Record<string, unknown>>,
  findings: readonly Diagnostic[],
): { kept: Record<string, unknown>; pruned: readonly string[] } {
  const pruned = findings
    .filter((finding) => meansInvalid(finding.code) && (finding.target.pointer ?? "") !== "")
    .map((finding) => finding.target.pointer!);
  if (pruned.length === 0) return { kept: { ...data }, pruned };
  const kept = structuredClone(data) as Record<string, unknown>;
  // Later list items first, so that the indexes of earlier ones stay true.
  for (const pointer of pruned.toSorted(byIndexDescending)) remove(kept, fromPointer(pointer));
  return { kept, pruned };
}

/** Whether a pointer names, or lies below, one that was taken out. */
export function isPruned(pointer: string | undefined, pruned: ReadonlySet<string>): boolean {
  for (let at = pointer ?? ""; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
    if (pruned.has(at)) return true;
  }
  return false;
}

function remove(root: unknown, path: readonly string[]): void {
  let at: unknown = root;
  for (const segment of path.slice(0, -1)) {
    if (typeof at !== "object" || at === null) return;
    at = (at as Record<string, unknown>)[segment];
  }
  const last = path.at(-1)!;
  if (Array.isArray(at)) at.splice(Number(last), 1);
  else if (typeof at === "object" && at !== null) delete (at as Record<string, unknown>)[last];
}

/** Made once: `localeCompare` would make one for each comparison. */
const NUMERIC = new Intl.Collator("en", { numeric: true });

function byIndexDescending(a: string, b: string): number {
  return NUMERIC.compare(b, a);
}
