import { isJson } from "../../json/index.js";
import type { Call, Client } from "../client.js";
import { orUndefined } from "./read-back.js";
import { unexpected } from "./values.js";

/**
 * `GET /api/timeline`: whether a space has a timeline template, or a timeline, of this id. Rules name templates by the id
 * that these have in every space, and other timelines by Kibana's own.
 */
export async function hasTimeline(client: Client, space: string, id: string): Promise<boolean> {
  return (
    (await isThere(client, space, { template_timeline_id: id })) || (await isThere(client, space, { id }))
  );
}

async function isThere(
  client: Client,
  space: string,
  query: Readonly<Record<string, string>>,
): Promise<boolean> {
  const call: Call = {
    method: "GET",
    path: "/api/timeline",
    space,
    query,
    doing: "read a timeline",
    privilege: "Security: Timeline, read",
    repeat: "repeatable",
  };
  const body = await orUndefined(client.json(call));
  if (body === undefined) return false;
  if (!isJson(body)) throw unexpected(call);
  // Up to 8.x what is missing is an empty answer, and what is there is wrapped.
  const wrapped = isJson(body["data"]) ? body["data"]["getOneTimeline"] : body;
  return isJson(wrapped) && typeof wrapped["savedObjectId"] === "string";
}
