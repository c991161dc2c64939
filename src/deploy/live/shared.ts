import type { Client } from "../../kibana/client.js";
import { findItems, findLists, listConnectors } from "../../kibana/endpoints/index.js";
import type { Desired } from "../desired/desired.js";
import { type Actual, wantedConnectors, wantedLists } from "./actual.js";
import { itemKey, liveKey, liveListKey } from "./keys.js";

/**
 * What a space will have as soon as it is made, as far as the desired state concerns it: the lists that all spaces share with
 * their items, and the connectors of the server's own configuration. They are seen through a space that is there.
 *
 * @param through a space that exists
 */
export async function readShared(client: Client, desired: Desired, through: string): Promise<Actual> {
  const wanted = wantedLists(desired).filter(({ namespace_type }) => namespace_type === "agnostic");
  const [lists, connectors] = await Promise.all([
    wanted.length === 0 ? [] : findLists(client, through, wanted),
    wantedConnectors(desired).length === 0 ? [] : listConnectors(client, through),
  ]);
  const items = lists.length === 0 ? [] : await findItems(client, through, lists.map(liveKey));
  return {
    space: desired.space,
    rules: new Map(),
    lists: new Map(lists.map((list) => [liveListKey(list), list])),
    items: new Map(items.map((item) => [itemKey(item), item])),
    connectors: connectors.filter((connector) => connector["is_preconfigured"] === true),
  };
}
