import { isJson } from "../../json/index.js";
import type { Call, Client } from "../client.js";
import { encodedPart } from "../client-url.js";
import { type Dialect, dialectOf } from "../dialect.js";
import { isKibanaError } from "../errors.js";
import { incomplete, objects, unexpected, withStrings } from "./values.js";

const SPACES = "/api/spaces/space";

export interface Status {
  readonly dialect: Dialect;
  /** `available`, `degraded`, `unavailable`, … */
  readonly level: string | undefined;
}

/**
 * `GET /api/status`: version, flavour and health. Kibana answers without the version when it does not accept the credentials;
 * the next call then says so. The first contact: a refused connection is reported at once.
 */
export async function getStatus(client: Client): Promise<Status> {
  const call: Call = {
    method: "GET",
    path: "/api/status",
    doing: "read its status",
    repeat: "repeatable",
    impatient: true,
  };
  const body = await client.json(call);
  // Strangers get the level alone.
  if (!isJson(body) || !(isJson(body["version"]) || isJson(body["status"]))) throw unexpected(call);
  const build = isJson(body["version"]) ? body["version"] : {};
  const { number: version, build_flavor: flavour } = build;
  const overall = isJson(body["status"]) ? body["status"]["overall"] : undefined;
  const level = isJson(overall) ? overall["level"] : undefined;
  return {
    dialect: dialectOf(
      typeof version === "string" ? version : undefined,
      // Before 8.10 there is no such field, and no serverless.
      flavour === "serverless" ? "serverless" : "traditional",
    ),
    level: typeof level === "string" ? level : undefined,
  };
}

/**
 * `GET /api/spaces/space`: the ids of the spaces that the credentials may see. Asked for before anything else goes to a
 * space, because Kibana lets a privileged user create objects in a space that does not exist.
 */
export async function listSpaces(client: Client): Promise<string[]> {
  const call: Call = {
    method: "GET",
    path: SPACES,
    doing: "list the spaces",
    privilege: "access to at least one space",
    repeat: "repeatable",
  };
  return objects(await client.json(call), call).map((space) => withStrings(space, call, "id").id);
}

/**
 * `GET /api/spaces/space/{id}`, for a space that the list of spaces lacks: that one tells no total. A space that is there, or
 * that these credentials may see, has to be in the list.
 *
 * @throws KibanaError of kind `incomplete` where the space is there
 */
export async function confirmMissing(client: Client, id: string): Promise<void> {
  const call: Call = {
    method: "GET",
    path: `${SPACES}/${encodedPart(id)}`,
    doing: `look for space "${id}"`,
    repeat: "repeatable",
  };
  try {
    withStrings(await client.json(call), call, "id");
  } catch (error) {
    if (isKibanaError(error, "not-found", "no-api", "privilege")) return;
    throw error;
  }
  throw incomplete(
    { method: "GET", path: SPACES, doing: call.doing },
    `it lacks the space "${id}", which is there`,
  );
}

/** `POST /api/spaces/space`: makes a space. */
export async function createSpace(
  client: Client,
  space: { readonly id: string; readonly name: string },
): Promise<void> {
  const call: Call = {
    method: "POST",
    path: SPACES,
    body: space,
    doing: `create space "${space.id}"`,
    privilege: "to manage spaces",
    repeat: "refused-only",
  };
  withStrings(await client.json(call), call, "id");
}
