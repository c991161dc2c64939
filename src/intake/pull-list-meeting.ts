import { type Change, listKey } from "../deploy/index.js";
import type { LiveItem, LiveList } from "../kibana/endpoints/index.js";
import type { Around } from "./pull-around.js";
import { digestIn, type Standing, standingOf } from "./pull-standing.js";

/** The items of a space by the list that they are in. */
export function itemsByList(items: Iterable<LiveItem>): (list: LiveList) => readonly LiveItem[] {
  const byList = new Map<string, LiveItem[]>();
  for (const item of items) {
    const same = byList.get(keyOf(item));
    if (same === undefined) byList.set(keyOf(item), [item]);
    else same.push(item);
  }
  return (list) => byList.get(keyOf(list)) ?? [];
}

function keyOf({ list_id, namespace_type }: LiveList | LiveItem): string {
  return listKey({ list_id, namespace_type: namespace_type === "agnostic" ? "agnostic" : "single" });
}

/** A list and its file: what is different in the list itself and in each item. */
export interface ListMeeting {
  readonly list: Standing;
  /** By `item_id`: those that are in the file and in the space. */
  readonly items: ReadonlyMap<string, Standing>;
  /** Whether the space has items or comments that the file has not. */
  readonly hasMore: boolean;
  /** Items of the file that the space does not have. */
  readonly missing: readonly string[];
}

/** Looks at a list that has a file. */
export function meetList(around: Around, live: LiveList, liveItems: readonly LiveItem[]): ListMeeting {
  const { project } = around.options;
  const wanted = around.declared.get(live.list_id)!;
  const owner = { project: project.settings.name };
  const changes = around.plan({ rules: [], lists: [wanted], connectors: [], valueLists: [] });
  const standing = (change: Change, meta: unknown): Standing =>
    standingOf(change, meta, () => digestIn(change), owner);
  const byId = new Map(liveItems.map((item) => [item.item_id, item]));
  const items = new Map<string, Standing>();
  const missing: string[] = [];
  for (const change of changes.filter(({ kind }) => kind === "exception-item")) {
    const item = byId.get(change.id);
    if (item === undefined) missing.push(change.id);
    else items.set(change.id, standing(change, item["meta"]));
  }
  const own = new Map(wanted.items.map((item) => [item.item_id, item]));
  const hasMore = liveItems.some((item) => {
    const said = own.get(item.item_id);
    return said === undefined || commentsOf(item).some((comment) => !commentsOf(said).includes(comment));
  });
  const list = changes.find(({ kind }) => kind === "exception-list")!;
  return { list: standing(list, live["meta"]), items, hasMore, missing };
}

/** Whether a list of the project was changed in Kibana, or may have been. */
export function hasDriftedList({ list, items, hasMore, missing }: ListMeeting): boolean {
  return (
    hasMore ||
    missing.length > 0 ||
    [list, ...items.values()].some(({ is }) => is !== "same" && is !== "file-changed")
  );
}

/** The texts of the comments of an item, of a file or of the space. */
export function commentsOf(item: object): string[] {
  const { comments } = item as { comments?: unknown };
  if (!Array.isArray(comments)) return [];
  return comments.map((comment: unknown) =>
    typeof comment === "string" ? comment : String((comment as { comment?: unknown }).comment),
  );
}
