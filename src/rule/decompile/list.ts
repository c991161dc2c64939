import type { Json } from "../../json/index.js";
import type { ImportNote } from "./context.js";
import { shallow } from "./depth.js";
import { isEmptyList, isJsonList, isStringList, without } from "./json.js";
import { inKeyOrder, ITEM_ORDER, LIST_ORDER, partsInOrder } from "./order.js";

/** What Kibana alone writes on lists and items. A list's `version` counts its saves. */
const RESPONSE_ONLY: readonly string[] = [
  "id", "_version", "tie_breaker_id", "created_at", "created_by", "updated_at", "updated_by", "immutable", "version",
]; // prettier-ignore

/** Texts that a comment has beside its own: who wrote it and when, which Kibana sets for whoever deploys it. */
const COMMENT_ONLY: readonly string[] = ["id", "created_at", "created_by", "updated_at", "updated_by"];

export interface DecompiledFile {
  readonly authored: Record<string, unknown>;
  readonly notes: ImportNote[];
}

/** The file of an exception list with its items, of an export or an answer of Kibana of any version. */
export function decompileList(list: Json, items: readonly Json[]): DecompiledFile {
  const notes: ImportNote[] = [];
  const what = `the list ${String(list["list_id"])}`;
  const fields = {
    ...filled(without(shallow(list, notes), ...RESPONSE_ONLY), {
      type: "detection",
      namespace_type: "single",
    }),
    items: items.map((item) => itemOf(item, notes)),
  };
  return { authored: known(fields, LIST_ORDER, what, notes), notes };
}

function itemOf(item: Json, notes: ImportNote[]): Record<string, unknown> {
  const what = `the item ${String(item["item_id"])}`;
  const { comments, entries, ...fields } = without(
    shallow(item, notes),
    ...RESPONSE_ONLY,
    "list_id",
    "namespace_type",
  );
  return known(
    {
      ...filled(fields, { type: "simple" }),
      ...(entries === undefined ? {} : { entries: partsInOrder(entries) }),
      ...(comments === undefined || isEmptyList(comments) ? {} : { comments: commentsOf(comments) }),
    },
    ITEM_ORDER,
    what,
    notes,
  );
}

function commentsOf(comments: unknown): unknown {
  if (!isJsonList(comments)) return comments;
  return comments.map((comment) => {
    const { comment: text, ...rest } = without(comment, ...COMMENT_ONLY);
    return typeof text === "string" && Object.keys(rest).length === 0 ? text : { comment: text, ...rest };
  });
}

/** The fields without those that have no value or the default one, and with what 7.10 kept in `_tags` where it is today. */
function filled({ _tags: old, ...fields }: Json, defaults: Json): Record<string, unknown> {
  const systems = isStringList(old) ? old.flatMap((tag) => /^os:(.+)$/.exec(tag)?.[1] ?? []) : [];
  const all = {
    ...fields,
    ...(systems.length > 0 && isNothing(fields["os_types"]) ? { os_types: systems } : {}),
  };
  const entries = Object.entries(all).filter(
    ([field, value]) =>
      value !== null &&
      value !== defaults[field] &&
      !(["os_types", "tags"].includes(field) && isNothing(value)),
  );
  return Object.fromEntries(entries);
}

function isNothing(value: unknown): boolean {
  return value == null || isEmptyList(value);
}

/** The fields that a file has a place for, in order. */
function known(
  fields: Json,
  order: readonly string[],
  what: string,
  notes: ImportNote[],
): Record<string, unknown> {
  const unknown = Object.keys(fields).filter((field) => !order.includes(field));
  for (const field of unknown)
    notes.push({ code: "import/cannot-keep", params: { field, what }, pointer: `/${field}` });
  return inKeyOrder(without(fields, ...unknown), order);
}
