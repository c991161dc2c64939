import type { LiveConnector } from "../../kibana/endpoints/index.js";
import { isSame } from "../form/canonical.js";
import type { DesiredConnector } from "../desired/desired.js";
import type { Change } from "./types.js";

/**
 * Plans one connector of the project. It is found by its name. A connector carries no mark, so one that exists is
 * used as it is: it is written only when Kibana misses its secrets, which happens after an import and makes every rule
 * that uses it fail.
 */
export function planConnector(
  desired: DesiredConnector,
  inSpace: readonly LiveConnector[],
  space: string,
): { change: Change; id?: string } {
  const { name, file, connector_type_id: type } = desired;
  const base = {
    kind: "connector" as const,
    key: `connector/${space}/${name}`,
    id: name,
    name,
    file,
    diff: [],
  };
  const named = inSpace.filter((connector) => connector.name === name);
  const fitting = named.filter((connector) => connector.connector_type_id === type);
  const live = fitting.length > 1 ? fitting.find((connector) => connector.id === desired.id) : fitting[0];
  if (named.length === 0) return { change: { ...base, action: "create", write: { body: bodyOf(desired) } } };
  if (live === undefined) {
    const conflict =
      fitting.length > 1
        ? {
            code: "ambiguous" as const,
            message: `space "${space}" has ${fitting.length} connectors named "${name}"`,
            help: "rename all but one of them in Kibana, or set the id of the right one in the connector's file",
          }
        : {
            code: "type-change" as const,
            message: `connector "${name}" is of type "${named[0]!.connector_type_id}" there, which cannot change to "${type}"`,
            help: "rename yours, or the one in Kibana",
          };
    return { change: { ...base, action: "conflict", conflict } };
  }
  if (live["is_missing_secrets"] === true && Object.keys(desired.secrets).length > 0) {
    const change: Change = {
      ...base,
      action: "update",
      diff: [{ path: "secrets", after: Object.keys(desired.secrets) }],
      notes: ["Kibana has the connector without its secrets"],
      expected: { id: live.id },
      write: { body: bodyOf(desired) },
    };
    return { change, id: live.id };
  }
  const different = Object.keys(desired.config).filter(
    (key) => !isSame(desired.config[key], configOf(live)[key]),
  );
  const notes =
    different.length === 0
      ? {}
      : {
          notes: [
            `the connector in Kibana has another ${different.join(", ")}; connectors that exist are not changed`,
          ],
        };
  return { change: { ...base, action: "unchanged", ...notes }, id: live.id };
}

/** What is sent; secrets stay names of environment variables until they are. */
function bodyOf({
  id,
  name,
  connector_type_id,
  config,
  secrets,
}: DesiredConnector): Readonly<Record<string, unknown>> {
  return { ...(id === undefined ? {} : { id }), name, connector_type_id, config, secrets };
}

function configOf(live: LiveConnector): Readonly<Record<string, unknown>> {
  const config = live["config"];
  return typeof config === "object" && config !== null ? (config as Record<string, unknown>) : {};
}
