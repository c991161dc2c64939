import { isJson, type Json } from "../../json/index.js";
import type { LiveConnector } from "../../kibana/endpoints/index.js";
import { offlineId } from "../../project/compile.js";
import type { DesiredConnector } from "../desired/desired.js";
import { isSame } from "../form/canonical.js";
import { connectorState, withoutNulls } from "../form/state.js";
import { type FieldChange, differences } from "./differ.js";
import type { Change, Conflict, Policy } from "./types.js";

/**
 * Plans one connector of the project. A connector has no place for a mark, so its id is the mark: we make connectors
 * with an id that is derived from project, space and name, or with the id that the file gives. One that has such an id
 * is ours and follows its file. One that is found by its name alone is somebody else's: it is used as it is. Only when Kibana
 * misses its secrets, which happens after an import and makes every rule that uses it fail, it gets those, and only where
 * its settings are the file's: nothing of it is overwritten, and no secret goes to an address that the file does not name.
 *
 * Only the settings that the file names are compared, because Kibana adds defaults of its own. Secrets cannot be
 * read, so they cannot be compared: a change of a secret alone is no change.
 */
export function planConnector(
  desired: DesiredConnector,
  inSpace: readonly LiveConnector[],
  space: string,
  { project }: Policy,
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
  const ids = ownIds(desired, project, space);
  const named = inSpace.filter((connector) => connector.name === name);
  const own = inSpace.find((connector) => ids.includes(connector.id));
  const inConflict = (conflict: Conflict): { change: Change } => ({
    change: { ...base, action: "conflict", state: own === undefined ? "foreign" : "changed", conflict },
  });
  if (own !== undefined) {
    if (own.connector_type_id !== type) return inConflict(typeChange(name, own.connector_type_id, type));
    if (named.some((connector) => connector !== own) && own.name !== name)
      return inConflict(ambiguous(name, space, named.length + 1));
    return { change: { ...base, ...planOwn(desired, own) }, id: own.id };
  }
  if (named.length === 0) {
    const body = bodyOf(desired, ids[0]!, {});
    return { change: { ...base, action: "create", state: "new", write: { body } } };
  }
  const fitting = named.filter((connector) => connector.connector_type_id === type);
  const live = fitting.length === 1 ? fitting[0] : undefined;
  if (live === undefined) {
    return inConflict(
      fitting.length > 1
        ? ambiguous(name, space, fitting.length)
        : typeChange(name, named[0]!.connector_type_id, type),
    );
  }
  return { change: { ...base, ...planForeign(desired, live) }, id: live.id };
}

/** The ids by which a connector is known to be ours: first the one that it gets, last the one that bundles give. */
function ownIds({ id, name }: DesiredConnector, project: string, space: string): string[] {
  return [
    ...(id === undefined ? [] : [id]),
    offlineId(`${project}/${space}/${name}`),
    offlineId(`${project}/${name}`),
  ];
}

function planOwn(
  desired: DesiredConnector,
  live: LiveConnector,
): Pick<Change, "action" | "state" | "diff" | "notes" | "expected" | "write"> {
  const { name, config } = desired;
  const current = configOf(live);
  const before = Object.fromEntries(Object.keys(config).map((key) => [key, current[key]]));
  const bare = missesSecrets(desired, live);
  const diff = [
    ...differences({ name: live.name, config: withoutNulls(before) }, { name, config: withoutNulls(config) }),
    ...(bare ? [secretsChange(desired)] : []),
  ];
  if (diff.length === 0) return { action: "unchanged", state: "in-sync", diff };
  return { action: "update", state: "changed", diff, ...(bare ? BARE : {}), ...writeOf(desired, live) };
}

function planForeign(
  desired: DesiredConnector,
  live: LiveConnector,
): Pick<Change, "action" | "state" | "diff" | "notes" | "expected" | "write"> {
  const different = Object.keys(desired.config).filter(
    (key) => !isSame(desired.config[key] ?? undefined, configOf(live)[key] ?? undefined),
  );
  const bare = missesSecrets(desired, live);
  if (different.length === 0) {
    if (!bare) return { action: "unchanged", state: "foreign", diff: [] };
    const diff = [secretsChange(desired)];
    return { action: "update", state: "foreign", diff, ...BARE, ...writeOf(desired, live) };
  }
  const others = `the connector in Kibana was not made by this project and has another ${different.join(", ")}; it is used as it is`;
  const notes = bare ? [others, "it misses its secrets: enter them in Kibana"] : [others];
  return { action: "unchanged", state: "foreign", diff: [], notes };
}

const BARE = { notes: ["Kibana has the connector without its secrets"] };

function missesSecrets(desired: DesiredConnector, live: LiveConnector): boolean {
  return live["is_missing_secrets"] === true && Object.keys(desired.secrets).length > 0;
}

/** Names alone: values are never here. */
function secretsChange({ secrets }: DesiredConnector): FieldChange {
  return { path: "secrets", after: Object.keys(secrets) };
}

function writeOf(desired: DesiredConnector, live: LiveConnector): Pick<Change, "expected" | "write"> {
  return {
    expected: { id: live.id, state: connectorState(live) },
    write: { body: bodyOf(desired, live.id, withoutNulls(configOf(live))) },
  };
}

/** What is sent; secrets stay names of environment variables until they are. What the file does not set is carried over. */
function bodyOf(
  { name, connector_type_id, config, secrets }: DesiredConnector,
  id: string,
  live: Json,
): Json {
  return { id, name, connector_type_id, config: { ...live, ...config }, secrets };
}

function ambiguous(name: string, space: string, count: number): Conflict {
  return {
    code: "ambiguous",
    message: `space "${space}" has ${count} connectors named "${name}"`,
    help: "rename all but one of them in Kibana, or set the id of the right one in the connector's file",
  };
}

function typeChange(name: string, from: string, to: string): Conflict {
  return {
    code: "type-change",
    message: `connector "${name}" is of type "${from}" there, which cannot change to "${to}"`,
    help: "rename yours, or the one in Kibana",
  };
}

function configOf(live: LiveConnector): Json {
  const { config } = live;
  return isJson(config) ? config : {};
}
