import type { Json } from "../json/index.js";
import type { LiveItem, LiveList } from "../kibana/endpoints/index.js";
import { decompileList } from "../rule/decompile/index.js";
import { stableJson } from "../rule/stable-json.js";
import { merge, parseDocument } from "../yaml/index.js";
import type { Around } from "./pull-around.js";
import { commentsOf, type ListMeeting } from "./pull-list-meeting.js";
import { partForFile } from "./pull-live.js";
import type { PulledObject } from "./pull-model.js";
import { named, type Standing } from "./pull-standing.js";
import { fileText, ORDERS, STYLES } from "./text.js";

/** Writes a file for a list that has none. */
export function pullNewList(around: Around, list: LiveList, items: readonly LiveItem[], file: string): void {
  const { authored, notes } = decompileList(partForFile(list), items.map(partForFile));
  around.notes(notes, file);
  const text = fileText("exceptions", authored, around.options.schemaLine(file, "exceptions"));
  const written = parseDocument(text, file);
  around.settle({ ...objectOf(list, file), action: "create" }, written);
}

/** Takes what the space has of a list into its file: its fields, new items and comments, changes of items. */
export function pullIntoListFile(
  around: Around,
  live: LiveList,
  liveItems: readonly LiveItem[],
  meeting: ListMeeting,
): void {
  const { document, file } = around.options.project.exceptionLists.get(live.list_id)!;
  const object = objectOf(live, file);
  const own = document.data as Json;
  const { authored, notes } = decompileList(partForFile(live), liveItems.map(partForFile));
  around.notes(notes, file);
  const merging = new ListMerging(around, file);
  const fields = merging.allowed("exception list", object.name, meeting.list);
  const before = (own["items"] ?? []) as Json[];
  const items = merging.items(before, authored["items"] as Json[], meeting);
  const data = { ...withFields(own, authored, fields), items };
  const text = merge(document, data, { order: ORDERS.exceptions, emitOptions: STYLES.exceptions });
  if (text === document.text) return around.settle({ ...object, action: merging.untouched });
  const written = parseDocument(text, file);
  const changed = stableJson(items) === stableJson(before) ? [] : ["items"];
  around.settle({ ...object, action: "update", fields: [...fields, ...changed] }, written);
}

class ListMerging {
  readonly #around: Around;
  readonly #file: string;
  /** What the list's file is where nothing is taken into it. */
  untouched: "kept" | "refused" | "unchanged" = "unchanged";

  constructor(around: Around, file: string) {
    this.#around = around;
    this.#file = file;
  }

  /** The fields that are taken from the space; a finding says why the others are not. */
  allowed(kind: string, name: string, { is, fields }: Standing): readonly string[] {
    const { force, selection } = this.#around.options;
    if (is === "same" || is === "space-changed" || force) return fields;
    const params = { kind, name, fields: named(fields) };
    const target = { file: this.#file };
    if (is === "both-changed") {
      this.untouched = "refused";
      this.#around.about(target, "pull/both-changed", params);
      return [];
    }
    if (is === "unknown" && selection.kind !== "drifted") return fields;
    if (this.untouched === "unchanged") this.untouched = "kept";
    this.#around.about(target, is === "unknown" ? "pull/not-ours" : "pull/file-ahead", params);
    return [];
  }

  /** The items of the file with what is taken, then those that only the space has. */
  items(own: readonly Json[], made: readonly Json[], { items, missing }: ListMeeting): Json[] {
    const theirs = new Map(made.map((item) => [String(item["item_id"]), item]));
    const gone = new Set(missing);
    const kept = own.flatMap((item): Json[] => {
      const id = String(item["item_id"]);
      if (gone.has(id)) return this.#missing(item, id);
      const there = theirs.get(id);
      const standing = items.get(id);
      if (there === undefined || standing === undefined) return [item];
      theirs.delete(id);
      const fields = this.allowed("exception item", String(item["name"]), standing);
      return [withComments(withFields(item, there, fields), there)];
    });
    return [...kept, ...theirs.values()];
  }

  #missing(item: Json, item_id: string): Json[] {
    if (this.#around.options.force) return [];
    this.#around.about({ file: this.#file }, "pull/item-not-there", { item_id });
    return [item];
  }
}

/** The file's data with these fields as the space has them. Of `meta` the file's keys alone; comments are added apart. */
function withFields(own: Json, made: Json, fields: readonly string[]): Json {
  const data: Record<string, unknown> = { ...own };
  for (const field of fields) {
    if (field === "comments") continue;
    delete data[field];
    const value =
      field === "meta" ? metaOf(own["meta"] as Json, made["meta"] as Json | undefined) : made[field];
    if (value !== undefined) data[field] = value;
  }
  return data;
}

function metaOf(own: Json, made: Json | undefined): Json | undefined {
  const keys = Object.keys(own).filter((key) => made?.[key] !== undefined);
  return keys.length === 0 ? undefined : Object.fromEntries(keys.map((key) => [key, made![key]]));
}

/** Comments are only ever added to: those of the space come before those that were never applied. */
function withComments(item: Json, made: Json): Json {
  const own = (item["comments"] ?? []) as unknown[];
  const [said, there] = [commentsOf(item), commentsOf(made)];
  if (there.every((comment) => said.includes(comment))) return item;
  const theirs = (made["comments"] as unknown[]).map((comment, i) => {
    const at = said.indexOf(there[i]!);
    return at < 0 ? comment : own[at];
  });
  return { ...item, comments: [...theirs, ...own.filter((_, i) => !there.includes(said[i]!))] };
}

function objectOf(list: LiveList, file: string): PulledObject {
  return {
    kind: "exception-list",
    id: list.list_id,
    name: nameOf(list),
    file,
    action: "unchanged",
    fields: [],
  };
}

export function nameOf({ list_id, name }: LiveList): string {
  return typeof name === "string" ? name : list_id;
}
