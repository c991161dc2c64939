import { isJson } from "../../json/index.js";
import type { Call, Client } from "../client.js";
import { objects, unexpected, withStrings } from "./values.js";

/** `GET /api/data_views`: the ids of the data views of a space. */
export async function listDataViews(client: Client, space: string): Promise<string[]> {
  const call: Call = {
    method: "GET",
    path: "/api/data_views",
    space,
    doing: "list the data views",
    privilege: "Data View Management, read",
    repeat: "repeatable",
  };
  const body = await client.json(call);
  if (!isJson(body)) throw unexpected(call);
  return objects(body["data_view"], call).map((view) => withStrings(view, call, "id").id);
}
