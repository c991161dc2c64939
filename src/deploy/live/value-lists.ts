import { isJson } from "../../json/index.js";
import type { Client } from "../../kibana/client.js";
import { exportValues, findValueLists, type LiveItem } from "../../kibana/endpoints/index.js";
import { isKibanaError } from "../../kibana/errors.js";
import type { Desired } from "../desired/desired.js";
import { isMarkedBy } from "../form/mark.js";
import type { LiveValues, ReadFor } from "./actual.js";

/**
 * The value lists of a space, by id, with the values of those that are wanted, or that are this project's and may be
 * deleted. Undefined where nothing has to do with value lists: then none are asked for.
 */
export async function readValueLists(
  client: Client,
  desired: Desired,
  items: readonly LiveItem[],
  { project, prune = false }: ReadFor,
): Promise<ReadonlyMap<string, LiveValues> | undefined> {
  const { space, valueLists } = desired;
  const asked =
    prune ||
    valueLists.length > 0 ||
    desired.lists.some((list) => list.items.some((item) => valueListsOf(item).length > 0)) ||
    items.some((item) => valueListsOf(item).length > 0);
  if (!asked) return undefined;
  const wanted = new Set(valueLists.map(({ id }) => id));
  const read = (await findValueLists(client, space)).map(async (list): Promise<LiveValues> => {
    const isRead = wanted.has(list.id) || (prune && isMarkedBy(list, project));
    return isRead ? { list, values: await exportValues(client, space, list.id) } : { list };
  });
  return new Map((await Promise.all(read)).map((live) => [live.list.id, live]));
}

export interface WantedValueLists {
  readonly ids: readonly string[];
  /** Whether all others of the space are wanted too, as far as the credentials may see them. */
  readonly others: boolean;
}

/** Value lists of a space with their values, whoever owns them. Undefined, and no request, where none is wanted. */
export async function readWantedValueLists(
  client: Client,
  space: string,
  { ids, others }: WantedValueLists = { ids: [], others: false },
): Promise<ReadonlyMap<string, LiveValues> | undefined> {
  if (ids.length === 0 && !others) return undefined;
  const read = new Map<string, LiveValues>();
  try {
    for (const list of await findValueLists(client, space))
      if (others || ids.includes(list.id))
        read.set(list.id, { list, values: await exportValues(client, space, list.id) });
  } catch (error) {
    // Value lists need privileges of their own; who has none of them can pull the rules all the same.
    if (ids.length > 0 || !isKibanaError(error) || error.kind !== "privilege") throw error;
  }
  return read;
}

/** The ids of the value lists that an item asks. */
export function valueListsOf(item: object): string[] {
  const value = "entries" in item ? item.entries : undefined;
  const entries: unknown[] = Array.isArray(value) ? value : [];
  return entries.flatMap((entry) => {
    const list = isJson(entry) ? entry["list"] : undefined;
    return isJson(list) && typeof list["id"] === "string" ? [list["id"]] : [];
  });
}
