import { type Diagnostic, report, type Target, toPointer } from "../diagnostics/index.js";
import type { ExceptionsFile } from "../schema/index.js";

/** An exception list of the project, as far as its schema accepts it. */
export interface ExceptionsSource {
  readonly file: string;
  readonly authored: ExceptionsFile;
}

/**
 * Items of all exception lists: each has an id of its own, and value lists stand in items of their own.
 *
 * @param now when items that have an end are over; without it, none is said to be
 */
export function* exceptionItems(lists: Iterable<ExceptionsSource>, now?: Date): Iterable<Diagnostic> {
  const first = new Map<string, Target>();
  for (const { file, authored } of lists) {
    for (const [i, item] of (authored.items ?? []).entries()) {
      const at = (...path: (string | number)[]): Target => ({
        file,
        pointer: toPointer(["items", i, ...path]),
      });
      yield* repeated(item.item_id, at("item_id"), first);
      const types = (item.entries ?? []).map((entry) => entry.type);
      const other = types.findIndex((type) => type !== "list");
      if (types.includes("list") && other >= 0)
        yield report("reference/mixed-value-list", {}, at("entries", other));
      if (now !== undefined) yield* expired(item, at("expire_time"), now);
    }
  }
}

function* expired(
  { name, expire_time: time }: { readonly name?: string; readonly expire_time?: string },
  target: Target,
  now: Date,
): Iterable<Diagnostic> {
  if (time === undefined || !(Date.parse(time) <= now.getTime())) return;
  yield report("exception/expired", { name: name ?? "", time }, target);
}

function* repeated(
  item_id: string | undefined,
  target: Target,
  first: Map<string, Target>,
): Iterable<Diagnostic> {
  if (item_id === undefined) return;
  const other = first.get(item_id);
  if (other === undefined) first.set(item_id, target);
  else {
    const related = [{ message: "first used here", target: other }];
    yield report("reference/duplicate-item-id", { item_id }, target, { related });
  }
}
