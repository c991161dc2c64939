import { isJson, type Json } from "../../json/index.js";
import { listKey } from "../desired/desired.js";
import { type Reference, referencesOf } from "../form/comparable.js";
import { ENDPOINT_LIST } from "../plan/references.js";
import type { Body, Expected, ValueChange, Write } from "../plan/types.js";
import { connectorState, valueListState } from "../form/state.js";
import type { LiveConnector } from "../../kibana/endpoints/index.js";
import type { SnapshotObject } from "./types.js";
import { commentsOf, viewOf } from "./view.js";

/** What is known of the exception lists of a space when references to them are restored. */
export interface ListIds {
  /** Keys of lists that the rollback makes again, whose ids are not known yet. */
  readonly made: ReadonlySet<string>;
  /** The ids of lists that are there, by key. */
  readonly live: ReadonlyMap<string, string>;
  /** Keys of lists with exceptions that others made or changed since the apply made or attached the list: they stay attached. */
  readonly extended: ReadonlySet<string>;
  /** Keys of such lists that were there before the apply, and that `--overwrite-drift` takes off. */
  readonly detached: ReadonlySet<string>;
  /** Whether a rule goes back without a list that is gone. */
  readonly overwriteDrift: boolean;
}

/**
 * What has to be sent to give an object its old fields back: a PUT over the live one, or a POST where there is none.
 *
 * @param values the live values of a value list
 */
export function restoring(
  object: SnapshotObject,
  live: Json | undefined,
  values: readonly string[],
  lists: ListIds,
): Write {
  const before = object.before!;
  const view = viewOf(object.kind, before);
  const token = typeof live?.["_version"] === "string" ? { _version: live["_version"] } : {};
  const meta = { meta: view["meta"] ?? {} };
  const named = (...names: string[]): Json => Object.fromEntries(names.map((name) => [name, before[name]]));
  switch (object.kind) {
    case "rule":
      return { body: { ...view, exceptions_list: referencesTo(object, live, lists) } };
    case "exception-list":
      return { body: { ...view, ...meta, ...named("list_id", "namespace_type"), ...token } };
    case "exception-item": {
      const lost = live === undefined ? commentsOf(before) : lostComments(before, live);
      const isNew = live === undefined || isMoved(before, live);
      return {
        body: {
          ...view,
          ...meta,
          ...named("item_id", "list_id", "namespace_type", "type"),
          // A comment that is there keeps its place: Kibana only ever lets one append.
          comments: [
            ...(isNew ? newComments(commentsOf(live ?? null)) : oldComments(live)),
            ...newComments(lost),
          ],
          ...(isNew ? {} : token),
        },
      };
    }
    case "value-list":
      return { body: { ...view, ...meta, id: object.id, ...token }, values: valuesTo(object, values) };
    case "connector":
      // Secrets are in no snapshot: those that the apply set come from the environment again.
      return { body: { ...view, id: before["id"], secrets: secretsOf(object) } };
  }
}

/**
 * The references of a rule as they were, with the ids that lists have now, and those that somebody attached since or whose
 * exceptions are not the apply's alone: those would stop to apply.
 */
function referencesTo({ before, wrote }: SnapshotObject, live: Json | undefined, lists: ListIds): Body[] {
  const old = referencesOf(before!);
  const was = new Set(old.map(listKey));
  const written = new Set(referencesOf(wrote?.body ?? {}).map(listKey));
  const attached = referencesOf(live ?? {})
    .filter((list) => !was.has(listKey(list)))
    .filter((list) => !written.has(listKey(list)) || lists.extended.has(listKey(list)));
  const back = lists.overwriteDrift ? old.filter((list) => !isLost(list, live, lists)) : old;
  return [...back, ...attached].map(({ id, ...list }: Reference) => {
    const key = listKey(list);
    if (lists.made.has(key)) return list;
    return { id: lists.live.get(key) ?? id, ...list };
  });
}

/** Whether a list is neither there nor made again. */
export function isGone(list: Reference, { made, live }: ListIds): boolean {
  const key = listKey(list);
  return !made.has(key) && !live.has(key) && key !== ENDPOINT_LIST;
}

/** Whether a rule had a list that cannot be given back. What it refers to all the same is no loss. */
export function isLost(list: Reference, rule: Json | undefined, lists: ListIds): boolean {
  return isGone(list, lists) && !referencesOf(rule ?? {}).some((other) => listKey(other) === listKey(list));
}

/** The values that bring a value list back. */
export function valuesTo({ values: old = [] }: SnapshotObject, live: readonly string[]): ValueChange {
  const [was, is] = [new Set(old), new Set(live)];
  return {
    add: [...was].filter((value) => !is.has(value)),
    remove: [...is].filter((value) => !was.has(value)),
  };
}

/** Whether an item is in another list than it was. */
export function isMoved(before: Json, live: Json): boolean {
  return before["list_id"] !== live["list_id"];
}

/** Comments of the snapshot that a live item does not have. */
export function lostComments(before: Json, live: Json): string[] {
  const said = commentsOf(live);
  return commentsOf(before).filter((comment) => {
    const at = said.indexOf(comment);
    if (at >= 0) said.splice(at, 1);
    return at < 0;
  });
}

function newComments(texts: readonly string[]): Json[] {
  return texts.map((comment) => ({ comment }));
}

function oldComments(live: Json): Json[] {
  const comments = live["comments"];
  return Array.isArray(comments) ? comments.filter(isJson).map(({ id, comment }) => ({ id, comment })) : [];
}

/** Names of variables, as the connector's file gave them. */
export function secretsOf({ wrote }: SnapshotObject): Json {
  const secrets = wrote?.body["secrets"];
  return isJson(secrets) ? secrets : {};
}

/** What a live object is planned on. */
export function expectedOf({ kind }: SnapshotObject, live: Json, values: readonly string[]): Expected {
  const id = String(live["id"]);
  const token = typeof live["_version"] === "string" ? { _version: live["_version"] } : {};
  switch (kind) {
    case "rule":
      return { id, revision: Number(live["revision"] ?? 0) };
    case "connector":
      return { id, state: connectorState(live as LiveConnector) };
    case "value-list":
      return { id, ...token, state: valueListState(live, values) };
    default:
      return { id, ...token };
  }
}
