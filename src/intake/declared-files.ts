import type { Json } from "../json/index.js";
import { posix } from "node:path";
import { decompileConnector, decompileList } from "../rule/decompile/index.js";
import { inKeyOrder, LIST_ORDER } from "../rule/decompile/order.js";
import type { FoundConnector, FoundList } from "./census.js";
import type { Destination } from "./destination.js";
import { meetExisting } from "./existing.js";
import type { Findings } from "./findings.js";
import type { PlannedFile } from "./model.js";
import type { Places } from "./places.js";
import { existingConnector } from "./references.js";
import { fileText } from "./text.js";

/** What is planned with. */
export interface Around {
  readonly destination: Destination;
  readonly force: boolean;
  readonly findings: Findings;
  readonly places: Places;
}

/** Where lists and connectors go: a folder that sorts before those of the rules. */
const SHARED = "_shared";

/** The file of an exception list with its items. */
export function planList(
  id: string,
  { list, items, origin }: FoundList,
  { destination, force, findings, places }: Around,
): PlannedFile {
  const { authored, notes } = decompileList(list, [...items.values()]);
  findings.notes(notes, origin);
  const name = nameOf(authored, id);
  const file = { kind: "exceptions" as const, id, name, origin };
  const existing = destination.project.exceptionLists.get(id);
  if (existing === undefined) {
    const folder = posix.join(destination.out, SHARED, "exceptions");
    const path = places.take({ folder, name, id, kind: "exceptions" });
    const text = fileText("exceptions", authored, destination.schemaLine(path, "exceptions"));
    return { ...file, path, text, action: "create" };
  }
  const { document, broken } = existing;
  const data = (document.data ?? {}) as Json;
  const meeting = {
    document,
    broken,
    theirs: broken ? {} : listMeaning(data),
    ours: listMeaning(authored),
    merged: (isSame: (field: string) => boolean) =>
      inKeyOrder(
        { ...authored, items: inOrderOf(data["items"], authored["items"]), ...pick(data, isSame) },
        LIST_ORDER,
      ),
  };
  return meetExisting(file, meeting, destination, force, findings);
}

/** The file of a connector. Its id and its secrets are the project's own business once it has a file. */
export function planConnector(
  found: FoundConnector,
  { destination, force, findings, places }: Around,
): PlannedFile {
  const { authored, notes } = decompileConnector(found.connector);
  const { id, name, origin } = found;
  const file = { kind: "connector" as const, id, name, origin };
  const existing = existingConnector(found, destination);
  if (existing === undefined) {
    findings.notes(notes, origin);
    const folder = posix.join(destination.out, SHARED, "connectors");
    const path = places.take({ folder, name, id, kind: "connector" });
    const text = fileText("connector", authored, destination.schemaLine(path, "connector"));
    return { ...file, path, text, action: "create" };
  }
  const { document, broken } = existing;
  const data = (document.data ?? {}) as Json;
  const { id: _id, secrets: _secrets, ...fields } = authored;
  const meeting = {
    document,
    broken,
    theirs: broken ? {} : connectorMeaning(data),
    ours: connectorMeaning(authored),
    merged: () => ({ ...data, ...fields }),
  };
  return meetExisting(file, meeting, destination, force, findings);
}

const nameOf = ({ name }: Json, id: string): string => (typeof name === "string" ? name : id);

/** A list's file without what goes without saying, its items in one order. */
function listMeaning({ items, ...list }: Json): Json {
  const all = ((Array.isArray(items) ? items : []) as Json[]).map(asStored);
  const { authored } = decompileList(list, all);
  const sorted = (authored["items"] as Json[]).toSorted((a, b) => compare(idOf(a), idOf(b)));
  return { ...authored, items: sorted };
}

/** An item with all its comments in the form that Kibana has: files may write some of them as plain text. */
function asStored({ comments, ...item }: Json): Json {
  if (!Array.isArray(comments)) return item;
  const stored = comments.map((comment: unknown) => (typeof comment === "string" ? { comment } : comment));
  return { ...item, comments: stored };
}

function connectorMeaning({ name, connector_type_id, config = {} }: Json): Json {
  return { name, connector_type_id, config };
}

/** Items in the order of those that the file has already, new ones at the end. */
function inOrderOf(before: unknown, items: unknown): unknown {
  if (!Array.isArray(before) || !Array.isArray(items)) return items;
  const ranks = new Map((before as Json[]).map((item, i) => [idOf(item), i]));
  const rank = (item: Json): number => ranks.get(idOf(item)) ?? before.length;
  return (items as Json[]).toSorted((a, b) => rank(a) - rank(b));
}

const idOf = ({ item_id }: Json): string => String(item_id);

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** The keys of a file that say what the source says, as the file has them. */
function pick(data: Json, isSame: (field: string) => boolean): Json {
  return Object.fromEntries(Object.entries(data).filter(([key]) => isSame(key)));
}
