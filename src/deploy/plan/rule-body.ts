import { isJson, type Json } from "../../json/index.js";
import type { LiveRule } from "../../kibana/endpoints/index.js";
import { FIELDS_BY_TYPE } from "../../kibana/rule.js";
import { actionsOf, withLiveUuids } from "../form/actions.js";
import { isSame } from "../form/canonical.js";
import { type DesiredRule, listKey } from "../desired/desired.js";
import { differences, type FieldChange } from "./differ.js";
import { type Mark, markOf } from "../form/mark.js";
import {
  comparable,
  LEFT_TO_KIBANA,
  type Reference,
  referencesOf,
  unknownFields,
} from "../form/comparable.js";
import type { Ownership } from "./ownership.js";
import type { Body } from "./types.js";
import type { References } from "./references.js";

/** What goes from Kibana when the file that brought it has it no more; `enabled` and `version` stay as they are. */
const GOES_WITH_FILE = new Set<string>(["actions", "response_actions"]);

/** What a POST sends. */
export function createBody(desired: DesiredRule, mark: Mark, references: References): Body {
  const { rule } = desired;
  return {
    ...rule,
    ...(rule.exceptions_list === undefined
      ? {}
      : { exceptions_list: references.resolve(referencesOf({ ...rule })) }),
    ...(rule.actions === undefined ? {} : { actions: references.actions(desired) }),
    meta: { ...rule.meta, kdac: mark },
  };
}

/**
 * What a PUT sends and what it changes. PUT replaces: every field that the type has is ours, and sent, or reset by its
 * absence. Carried over from the live rule is what is not ours: fields that this version of kdac does not know, the
 * actions' uuids, lists that analysts attached, the other keys of `meta`, and `version`, `actions` and
 * `response_actions` where the file leaves them to Kibana; `enabled` then is added from the last look before the write.
 * What the last apply set and the file has no more goes: a list, the actions, a key of `meta`.
 *
 * @param held keys of lists that stay although the last apply attached them and the file has them no more
 */
export function ruleUpdate(
  desired: DesiredRule,
  live: LiveRule,
  ownership: Ownership,
  mark: Mark,
  references: References,
  held: ReadonlySet<string>,
): { body: Body; diff: FieldChange[] } {
  const { rule } = desired;
  const sent: Json = { ...rule };
  const attached = referencesOf(live);
  const ours = references.resolve(referencesOf(sent));
  const own = new Set(ours.map(listKey));
  const kept = attached.filter(
    (list) =>
      !own.has(listKey(list)) && (held.has(listKey(list)) || !isDetached(list, ownership, references)),
  );
  const liveMeta = isJson(live["meta"]) ? live["meta"] : {};
  // Kibana keeps an `enabled` that is left out; what it is may change between plan and write without a new revision.
  const applied = ownership.kind === "ours" ? ownership.options : undefined;
  const left = LEFT_TO_KIBANA.filter((name) => name !== "enabled" && live[name] !== undefined);
  const gone = left.filter(
    (name) => GOES_WITH_FILE.has(name) && sent[name] === undefined && applied?.has(name) === true,
  );
  const goneMeta = Object.keys(liveMeta).filter(
    (key) => rule.meta?.[key] === undefined && applied?.has(`meta:${key}`) === true,
  );
  const body: Record<string, unknown> = {
    ...unknownFields(live),
    ...Object.fromEntries(left.map((name) => [name, live[name]])),
    ...Object.fromEntries(gone.map((name) => [name, []])),
    ...sent,
    exceptions_list: [...ours, ...kept],
    meta: { ...without(liveMeta, goneMeta), ...rule.meta, kdac: mark },
  };
  if (sent["actions"] !== undefined) {
    body["actions"] = withLiveUuids(references.actions(desired), actionsOf(live));
  }
  const names = desired.connectors;
  const diff = [
    ...differences(
      view(live, () => undefined, references),
      view(
        { enabled: live["enabled"], ...body },
        (i) => (sent["actions"] === undefined ? undefined : names[i]),
        references,
      ),
    ),
    ...differences(listView(attached, attached), listView([...ours, ...kept], attached)),
    ...extraChanges(sent, live, ownership),
    ...metaChanges(rule.meta ?? {}, liveMeta, goneMeta),
  ];
  return { body, diff };
}

/**
 * What a POST sends for a rule that takes the place of one of another type: what the file says, and of the old one what is
 * not the file's: whether it is enabled, its version and actions where those are left to Kibana, the lists that analysts
 * attached, the keys of `meta`.
 */
export function replacementBody({ rule }: DesiredRule, live: LiveRule, update: Body): Body {
  const fields = new Set<string>([...FIELDS_BY_TYPE[rule.type], "exceptions_list", "meta"]);
  const known = Object.entries({ enabled: live["enabled"], ...update }).filter(
    ([name, value]) => value !== undefined && (fields.has(name) || name in rule),
  );
  return Object.fromEntries(known);
}

/**
 * Whether a rule without a mark was once saved in Kibana's form: the form sends `meta` with its own address alone, and a
 * save of a rule counts as a revision. What somebody makes in the form gets a random rule_id, so a rule with these
 * traces and the rule_id of a file is the file's.
 */
export function wasSavedInKibana(live: LiveRule): boolean {
  const meta = live["meta"];
  return (
    isJson(meta) &&
    "kibana_siem_app_url" in meta &&
    markOf(meta) === undefined &&
    Number(live["revision"] ?? 0) > 0
  );
}

/**
 * Whether a list that the file does not name is to be taken off the rule. One that the last apply attached is; where that
 * is not known, because the rule was changed since, the project's own lists are. Whatever else is attached, and
 * the rule's default list always, was attached by somebody in Kibana.
 */
function isDetached(list: Reference, ownership: Ownership, references: References): boolean {
  if (list.type === "rule_default") return false;
  if (ownership.kind === "ours" && ownership.options !== undefined) {
    return ownership.options.has(`list:${listKey(list)}`);
  }
  return references.isProjectList(listKey(list));
}

/** The lists that an update would take off a rule. */
export function detachedLists(
  { rule }: DesiredRule,
  live: LiveRule,
  ownership: Ownership,
  references: References,
): Reference[] {
  const own = new Set(referencesOf({ ...rule }).map(listKey));
  return referencesOf(live).filter(
    (list) => !own.has(listKey(list)) && isDetached(list, ownership, references),
  );
}

/** The comparable fields, with actions that name their connectors. */
function view(rule: Json, nameOf: (i: number) => string | undefined, references: References): Json {
  return comparable({ ...rule, actions: namedActions(rule, nameOf, references) });
}

/** A rule's actions with the names of their connectors for the ids, which differ from space to space. */
export function namedActions(
  rule: Json,
  nameOf: (i: number) => string | undefined,
  references: References,
): Json[] {
  return actionsOf(rule).map((action, i) => {
    const { id, ...rest } = action;
    return { ...rest, connector: nameOf(i) ?? references.connectorLabel(id) };
  });
}

/** References without order. Ids count where both sides have one: a list that was made anew has another. */
function listView(lists: readonly Reference[], attached: readonly Reference[]): Json {
  const before = new Map(attached.map((list) => [listKey(list), list.id]));
  const entries = lists
    .map(({ id, list_id, type, namespace_type }) => {
      const old = before.get(listKey({ list_id, namespace_type }));
      return { list_id, type, namespace_type, ...(id === undefined || old === undefined ? {} : { id }) };
    })
    .sort((a, b) => (listKey(a) < listKey(b) ? -1 : 1));
  return { exceptions_list: entries };
}

/**
 * Fields of `extra`. When the digest says that the same ones were sent before, Kibana has done with them what
 * it does, which may be to drop them: sending them again would change nothing.
 */
function extraChanges(sent: Json, live: LiveRule, ownership: Ownership): FieldChange[] {
  if (ownership.kind === "ours" && ownership.options?.has("extra") === true) return [];
  return Object.entries(unknownFields(sent))
    .filter(([name, value]) => !isSame(live[name], value))
    .map(([path, after]) =>
      live[path] === undefined ? { path, after } : { path, before: live[path], after },
    );
}

/** The keys of `meta` that the file has, and those that it had; those of others stay as they are. */
function metaChanges(wanted: Json, live: Json, gone: readonly string[]): FieldChange[] {
  const before = Object.fromEntries([...Object.keys(wanted), ...gone].map((key) => [key, live[key]]));
  return differences({ meta: before }, { meta: wanted });
}

function without(value: Json, keys: readonly string[]): Json {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}
