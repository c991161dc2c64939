/** Exporting, importing and copying exception lists with their items. */
import type { ExceptionItemResponse, ExceptionListResponse } from "../../kibana/exceptions.js";
import type { Actor } from "../rules/write.js";
import { itemLine, listLine } from "../validate/exceptions.js";
import { type Infer, parse } from "../validate/schema.js";
import { addItem, deleteItem, entriesProblem } from "./items.js";
import { addList, exceptionsOf, isExpired, overwriteList } from "./lists.js";

/** A list and its items, as the lines of an export. */
export function exportedList(
  actor: Actor,
  list: ExceptionListResponse,
  includeExpired: boolean,
): ExceptionItemResponse[] {
  const items = exceptionsOf(actor, list.namespace_type).items.inGroup(list.list_id);
  return includeExpired ? items : items.filter((item) => !isExpired(actor.kernel, item));
}

export function exportSummary(lists: number, items: number) {
  return {
    exported_exception_list_count: lists,
    exported_exception_list_item_count: items,
    missing_exception_list_item_count: 0,
    missing_exception_list_items: [],
    missing_exception_lists: [],
    missing_exception_lists_count: 0,
  };
}

/** Copies a list and its items under new ids. */
export function duplicateList(
  actor: Actor,
  list: ExceptionListResponse,
  includeExpired: boolean,
): ExceptionListResponse {
  const { list_id: _, ...body } = list;
  const copy = addList(actor, { ...body, name: `${list.name} [Duplicate]` });
  for (const { item_id: __, ...item } of exportedList(actor, list, includeExpired))
    addItem(actor, copy, item);
  return copy;
}

/** A problem with one line of an import. */
export interface LineError {
  readonly list_id?: string;
  readonly item_id?: string;
  readonly error: { readonly status_code: number; readonly message: string };
}

type ListLine = Infer<typeof listLine>;
type ItemLine = Infer<typeof itemLine>;

export interface ExceptionImport {
  readonly errors: readonly LineError[];
  readonly success: boolean;
  readonly success_count: number;
  readonly success_exception_lists: boolean;
  readonly success_count_exception_lists: number;
  readonly success_exception_list_items: boolean;
  readonly success_count_exception_list_items: number;
}

interface ImportOptions {
  readonly overwrite: boolean;
  readonly asNewList: boolean;
}

const error = (status_code: number, message: string): LineError["error"] => ({ status_code, message });

/**
 * Imports list and item lines, each already a JSON object or an error of its own. With `overwrite` an existing list
 * loses its items first, as in Kibana.
 */
export function importExceptions(
  actor: Actor,
  lines: readonly (Readonly<Record<string, unknown>> | Error)[],
  options: ImportOptions,
): ExceptionImport {
  const listErrors: LineError[] = [];
  const itemErrors: LineError[] = [];
  const lists = new Map<string, ListLine>();
  const items = new Map<string, ItemLine>();
  for (const line of lines) {
    if (line instanceof Error) {
      listErrors.push({ list_id: "(unknown list_id)", error: error(400, line.message) });
    } else if ("entries" in line || "item_id" in line) readItem(actor, line, items, itemErrors);
    else readList(actor, line, lists, listErrors);
  }
  const renamed = new Map<string, string>();
  const importedLists = importLists(actor, lists, options, renamed, listErrors);
  const importedItems = importItems(actor, items, options, renamed, itemErrors);
  return {
    errors: [...listErrors, ...itemErrors],
    success: listErrors.length + itemErrors.length === 0,
    success_count: importedLists + importedItems,
    success_exception_lists: listErrors.length === 0,
    success_count_exception_lists: importedLists,
    success_exception_list_items: itemErrors.length === 0,
    success_count_exception_list_items: importedItems,
  };
}

function readList(
  actor: Actor,
  line: Readonly<Record<string, unknown>>,
  lists: Map<string, ListLine>,
  errors: LineError[],
): void {
  const outcome = parse(listLine, line, actor.kernel.words);
  const listId = typeof line["list_id"] === "string" ? line["list_id"] : "(unknown list_id)";
  if (!outcome.ok) {
    errors.push({ list_id: listId, error: error(400, outcome.text) });
    return;
  }
  if (lists.has(listId)) {
    const message = `More than one exception list with list_id: "${listId}" found in imports. The last list will be used.`;
    errors.push({ list_id: listId, error: error(400, message) });
  }
  lists.set(listId, outcome.value);
}

function readItem(
  actor: Actor,
  line: Readonly<Record<string, unknown>>,
  items: Map<string, ItemLine>,
  errors: LineError[],
): void {
  const outcome = parse(itemLine, line, actor.kernel.words);
  const itemId = typeof line["item_id"] === "string" ? line["item_id"] : "(unknown item_id)";
  const listId = typeof line["list_id"] === "string" ? { list_id: line["list_id"] } : {};
  const problem = outcome.ok ? entriesProblem(outcome.value.entries) : outcome.text;
  if (!outcome.ok || problem !== undefined) {
    errors.push({ ...listId, item_id: itemId, error: error(400, problem ?? "") });
    return;
  }
  if (items.has(itemId)) {
    const message = `More than one exception list item with item_id: "${itemId}" found in imports. The last item will be used.`;
    errors.push({ item_id: itemId, error: error(400, message) });
  }
  items.set(itemId, outcome.value);
}

function importLists(
  actor: Actor,
  lists: ReadonlyMap<string, ListLine>,
  { overwrite, asNewList }: ImportOptions,
  renamed: Map<string, string>,
  errors: LineError[],
): number {
  let imported = 0;
  for (const [listId, line] of lists) {
    const { lists: stored, items } = exceptionsOf(actor, line.namespace_type);
    const existing = stored.named(listId);
    if (asNewList) {
      renamed.set(listId, addList(actor, { ...line, list_id: actor.kernel.uuid() }).list_id);
    } else if (existing === undefined) {
      addList(actor, line);
    } else if (overwrite) {
      for (const item of items.inGroup(listId)) deleteItem(actor, item);
      overwriteList(actor, existing, line);
    } else {
      const message = `Found that list_id: "${listId}" already exists. Import of list_id: "${listId}" skipped.`;
      errors.push({ list_id: listId, error: error(409, message) });
      continue;
    }
    imported++;
  }
  return imported;
}

function importItems(
  actor: Actor,
  items: ReadonlyMap<string, ItemLine>,
  { overwrite, asNewList }: ImportOptions,
  renamed: ReadonlyMap<string, string>,
  errors: LineError[],
): number {
  let imported = 0;
  for (const [itemId, line] of items) {
    const listId = renamed.get(line.list_id) ?? line.list_id;
    const store = exceptionsOf(actor, line.namespace_type);
    const fail = (message: string): void =>
      void errors.push({ list_id: listId, item_id: itemId, error: error(409, message) });
    const existing = asNewList ? undefined : store.items.named(itemId);
    if (store.lists.named(listId) === undefined) {
      fail(
        `Exception list with list_id: "${listId}", not found for exception list item with item_id: "${itemId}"`,
      );
    } else if (existing !== undefined && !overwrite) {
      fail(`Found that item_id: "${itemId}" already exists. Import of item_id: "${itemId}" skipped.`);
    } else if (existing !== undefined && existing.list_id !== listId) {
      fail(
        `Error trying to update item_id: "${itemId}" and list_id: "${listId}". The item already exists under list_id: ${existing.list_id}`,
      );
    } else {
      if (existing !== undefined) deleteItem(actor, existing);
      const id = asNewList ? actor.kernel.uuid() : itemId;
      addItem(actor, { list_id: listId, namespace_type: line.namespace_type }, { ...line, item_id: id });
      imported++;
    }
  }
  return imported;
}
