import type { Json } from "../../json/index.js";
import type { LiveItem, LiveList } from "../../kibana/endpoints/index.js";
import type { DesiredItem, DesiredList } from "../desired/desired.js";
import { differences, type FieldChange } from "./differ.js";
import { isSame } from "../form/canonical.js";
import { digestOf, type Fingerprint, isSameMark, type Mark, markOf } from "../form/mark.js";
import * as form from "../form/parts.js";
import { valueListsOf } from "../live/value-lists.js";
import { continues, type Lost } from "./left-behind.js";
import { judge, lastChange, type Ownership, ownershipOf, stateOf, type Verdict } from "./ownership.js";
import type { Body, Change, Conflict, Expected, Policy } from "./types.js";

/** Fields that the author may leave to Kibana and to analysts. */
const LEFT = ["tags", "os_types"] as const;
/** Kibana adds such a tag to the items of endpoint lists. */
const KIBANAS_TAG = /^ownerSpaceId:/;

/** Plans an exception list itself, without its items. */
export function planList(
  { list, file }: DesiredList,
  live: LiveList | undefined,
  space: string,
  policy: Policy,
): Change {
  const base: Base = {
    kind: "exception-list",
    key: `exception-list/${scopeOf(list, space)}/${list.list_id}`,
    id: list.list_id,
    name: list.name,
    file,
  };
  if (live !== undefined && live.type !== list.type) {
    return {
      ...base,
      action: "conflict",
      state: isOurs(live, policy) ? "changed" : "foreign",
      diff: [{ path: "type", before: live.type, after: list.type }],
      conflict: {
        code: "type-change",
        message: `exception list "${list.list_id}" is of type "${live.type}" there, which cannot change to "${list.type}"`,
        help: "delete the list in Kibana and apply again, or give yours another list_id",
      },
    };
  }
  return planObject({
    base,
    desired: list,
    wanted: { ...list },
    live,
    fields: LIST_FIELDS,
    core: listCore,
    put: { list_id: list.list_id, namespace_type: list.namespace_type, type: list.type },
    more: [],
    policy,
  });
}

/** What an item stands on: its list, and the value lists that it asks. */
export interface ItemContext {
  readonly list: Change;
  /** The changes of the project's value lists, by id. */
  readonly valueLists: ReadonlyMap<string, Change>;
  /** The ids of the value lists of the space; undefined where they were not looked at. */
  readonly liveValueLists: ReadonlySet<string> | undefined;
  /** The rule that is in conflict and would lose the item if it moved; undefined where there is none. */
  readonly waitsFor: string | undefined;
  /** The item as a run that did not come to its end deleted it; undefined where none did. */
  readonly lost?: Lost | undefined;
}

/** Plans one item of a list. Items that the file does not have are planned with the orphans, if they are ours. */
export function planItem(
  item: DesiredItem,
  file: string,
  live: LiveItem | undefined,
  space: string,
  policy: Policy,
  context: ItemContext,
): Change {
  const { list } = context;
  const base: Base = {
    kind: "exception-item",
    key: `exception-item/${scopeOf(item, space)}/${item.item_id}`,
    id: item.item_id,
    name: item.name,
    file,
    ...needsOf(item, context),
  };
  const blocked = valueListProblem(item, space, context);
  if (blocked !== undefined) {
    const state = live === undefined ? "new" : isOurs(live, policy) ? "in-sync" : "foreign";
    return { ...base, action: "conflict", state, diff: [], conflict: blocked };
  }
  const moves = live !== undefined && live.list_id !== item.list_id && isOurs(live, policy);
  if (list.conflict?.code === "type-change" || ((live === undefined || moves) && isOthers(list))) {
    return {
      ...base,
      action: "conflict",
      state: live === undefined ? "new" : isOurs(live, policy) ? "in-sync" : "foreign",
      diff: [],
      conflict: {
        code: "blocked",
        message: `its list is in conflict: ${list.conflict!.message}`,
        help: list.conflict!.help,
      },
    };
  }
  if (live !== undefined && moves) return planMove(item, live, base, policy, context.waitsFor);
  if (live !== undefined && live.list_id !== item.list_id) {
    return {
      ...base,
      action: "conflict",
      state: "foreign",
      diff: [],
      conflict: {
        code: "ambiguous",
        message: `the item_id "${item.item_id}" is taken by an item of the list "${live.list_id}"`,
        help: "give yours another item_id",
      },
    };
  }
  if (live === undefined && context.lost !== undefined) {
    const notes = [continues(context.lost)];
    const write = { body: movedBody(item, context.lost.before, policy) };
    return { ...base, action: "create", state: "new", diff: [], notes, write };
  }
  const comments = commentsOf(live);
  const said = new Set(comments.map((comment) => comment.comment));
  const added = (item.comments ?? []).filter(({ comment }) => !said.has(comment));
  return planObject({
    base,
    desired: item,
    wanted: { ...item },
    live,
    fields: ITEM_FIELDS,
    core: itemCore,
    put: {
      item_id: item.item_id,
      list_id: item.list_id,
      namespace_type: item.namespace_type,
      type: item.type,
      // What is there keeps its place: Kibana only ever lets one append.
      comments: [...comments, ...added],
    },
    more: added.map(({ comment }) => ({ path: "comments", after: comment })),
    policy,
  });
}

/**
 * An item of ours that another of our lists shall have. Kibana moves no item, and knows one of an item_id alone: it is
 * deleted and made again.
 */
function planMove(
  item: DesiredItem,
  live: LiveItem,
  base: Base,
  policy: Policy,
  waitsFor: string | undefined,
): Change {
  const wanted: Json = { ...item };
  const ownership = ownershipOfOrphan("exception-item", live, policy.project);
  const diff = [
    { path: "list_id", before: live.list_id, after: item.list_id },
    ...differences(itemCore(live), itemCore(wanted)),
  ];
  const state = stateOf(ownership, true, true);
  const seen = { ...base, state, diff, ...lastChange(state, live) };
  const verdict = judge(ownership, `exception item "${item.item_id}"`, policy);
  const judged = { ...seen, ...("drift" in verdict ? { drift: verdict.drift } : {}) };
  if (!verdict.allowed) return { ...judged, action: "conflict", conflict: verdict.conflict };
  if (waitsFor !== undefined) {
    const conflict: Conflict = {
      code: "blocked",
      message: `it moves to the list "${item.list_id}" with the rule "${waitsFor}", which is in conflict and would lose it`,
      help: "resolve that conflict first",
    };
    return { ...judged, action: "conflict", conflict };
  }
  return {
    ...judged,
    action: "replace",
    expected: expectedOf(live),
    notes: [`Kibana moves no exception: it is deleted from the list "${live.list_id}" and made again`],
    write: { body: movedBody(item, live, policy) },
  };
}

/** What a POST sends for an item that takes the place of one that was deleted, whose comments and other keys of `meta` it keeps. */
function movedBody(item: DesiredItem, before: Json, { project }: Policy): Body {
  const wanted: Json = { ...item };
  const texts = commentsOf(before).map(({ comment }) => comment);
  const added = (item.comments ?? []).filter(({ comment }) => !texts.includes(comment));
  const mark: Mark = { project, digest: digestIn(item, wanted, itemCore) };
  return {
    ...wanted,
    ...carried(wanted, before),
    comments: [...texts.map((comment) => ({ comment })), ...added],
    meta: { ...jsonOf(before["meta"]), ...jsonOf(wanted["meta"]), kdac: mark },
  };
}

function needsOf(item: DesiredItem, { list, valueLists }: ItemContext): { needs?: string[] } {
  const needs = [
    ...(list.action === "create" ? [list.key] : []),
    ...valueListsOf(item).flatMap((id) => {
      const change = valueLists.get(id);
      return change?.action === "create" || change?.action === "update" ? [change.key] : [];
    }),
  ];
  return needs.length === 0 ? {} : { needs };
}

/** An item whose value list is not there takes nothing out, or breaks its rules. */
function valueListProblem(
  item: DesiredItem,
  space: string,
  { valueLists, liveValueLists }: ItemContext,
): Conflict | undefined {
  for (const id of valueListsOf(item)) {
    const change = valueLists.get(id);
    if (change?.conflict?.code === "type-change") {
      const { message, help } = change.conflict;
      return { code: "blocked", message: `its value list is in conflict: ${message}`, help };
    }
    if (change !== undefined || liveValueLists === undefined || liveValueLists.has(id)) continue;
    return {
      code: "missing-reference",
      message: `its value list "${id}" exists neither in space "${space}" nor in the project`,
      help: "write a *.values.yml for it, or correct the id",
    };
  }
  return undefined;
}

/** Whether a list is somebody else's: an item of ours in it would silence rules that we know nothing of. */
function isOthers({ conflict }: Change): boolean {
  return conflict?.code === "not-ours" || conflict?.code === "other-project";
}

type Base = Pick<Change, "kind" | "key" | "id" | "name" | "file" | "needs">;

interface Planned {
  readonly base: Base;
  /** What the spaces share. */
  readonly desired: object;
  readonly wanted: Json;
  readonly live: (Json & { readonly id: string }) | undefined;
  /** The fields that are always ours, and their comparable form. */
  readonly fields: readonly string[];
  readonly core: (object: Json) => Json;
  /** What identifies the object in a PUT, and what has to be in it anyhow. */
  readonly put: Body;
  /** Differences that the comparable form does not show. */
  readonly more: readonly FieldChange[];
  readonly policy: Policy;
}

function planObject(planned: Planned): Change {
  const { base, desired, wanted, live, core, put, more, policy } = planned;
  const authored = authoredOf(wanted);
  const digest = digestIn(desired, wanted, core);
  const mark: Mark = { project: policy.project, digest };
  const authoredMeta = jsonOf(wanted["meta"]);
  if (live === undefined) {
    return {
      ...base,
      action: "create",
      state: "new",
      diff: [],
      write: { body: { ...wanted, meta: { ...authoredMeta, kdac: mark } } },
    };
  }
  const liveMeta = jsonOf(live["meta"]);
  if (isPlainlyInSync(planned, live, authored, mark)) {
    return { ...base, state: "in-sync", diff: [], action: "unchanged" };
  }
  const diff = [
    ...differences(
      { ...core(live), ...optionsOf(live, authored) },
      { ...core(wanted), ...optionsOf(wanted, authored) },
    ),
    ...more,
    ...metaChanges(authoredMeta, liveMeta),
  ];
  const ownership = ownershipOf(
    { meta: liveMeta, fingerprint: fingerprintOf(live, core, LEFT), likely: new Set(authored) },
    policy.project,
  );
  const state = stateOf(ownership, diff.length > 0, markOf(liveMeta)?.digest !== mark.digest);
  const seen = { ...base, state, diff, ...lastChange(state, live) };
  // What is as the file says is left alone, whoever made it, but for a mark that is out of date or asked for.
  const stamps =
    diff.length === 0 && (state === "drifted" || (ownership.kind === "unmarked" && policy.adopt === true));
  if (diff.length === 0 && !stamps) return { ...seen, action: "unchanged" };
  const verdict: Verdict =
    stamps && state === "drifted"
      ? { allowed: true }
      : judge(ownership, `${base.kind.replace("-", " ")} "${base.id}"`, policy);
  const judged = { ...seen, ...("drift" in verdict ? { drift: verdict.drift } : {}) };
  if (!verdict.allowed) return { ...judged, action: "conflict", conflict: verdict.conflict };
  const { comments: _, ...fields } = wanted;
  return {
    ...judged,
    action: "update",
    ...(stamps ? { diff: [{ path: "meta.kdac", after: mark }] } : {}),
    ...("adopts" in verdict ? { adopts: verdict.adopts } : {}),
    expected: expectedOf(live),
    write: {
      body: {
        ...fields,
        ...carried(wanted, live),
        ...put,
        meta: { ...liveMeta, ...authoredMeta, kdac: mark },
        ...(typeof live["_version"] === "string" ? { _version: live["_version"] } : {}),
      },
    },
  };
}

/** Digests of the lists and items of the project, which its spaces share. */
const digests = new WeakMap<object, string>();

function digestIn(desired: object, wanted: Json, core: (object: Json) => Json): string {
  const digest = digests.get(desired) ?? digestOf(fingerprintOf(wanted, core, authoredOf(wanted)));
  digests.set(desired, digest);
  return digest;
}

function authoredOf(wanted: Json): string[] {
  return LEFT.filter((name) => wanted[name] !== undefined);
}

/**
 * Whether a live object is beyond doubt as it was last applied and as git wants it: its mark is the one that it would get,
 * and all that counts is as the file has it, to the letter.
 */
function isPlainlyInSync(
  { wanted, fields, more }: Planned,
  live: Json,
  authored: readonly string[],
  mark: Mark,
): boolean {
  const meta = jsonOf(live["meta"]);
  return (
    more.length === 0 &&
    isSameMark(markOf(meta), mark) &&
    [...fields, ...authored].every((name) => isSame(wanted[name], live[name])) &&
    metaChanges(jsonOf(wanted["meta"]), meta).length === 0
  );
}

const LIST_FIELDS = ["name", "description", "type"];

function listCore({ name, description, type }: Json): Json {
  return { name, description, type };
}

const ITEM_FIELDS = ["name", "description", "entries", "expire_time"];

function itemCore({ name, description, entries, expire_time }: Json): Json {
  return { name, description, entries: entriesForm(entries), expire_time: instant(expire_time) };
}

/** What is known of a list or an item that no file wants. */
export function ownershipOfOrphan(
  kind: "exception-list" | "exception-item",
  live: Json,
  project: string,
): Ownership {
  const core = kind === "exception-list" ? listCore : itemCore;
  const taken = fingerprintOf(live, core, LEFT);
  return ownershipOf({ meta: live["meta"], fingerprint: taken, likely: new Set() }, project);
}

function fingerprintOf(object: Json, core: (object: Json) => Json, options: readonly string[]): Fingerprint {
  return { core: core(object), options: optionsOf(object, options) };
}

function optionsOf(object: Json, names: readonly string[]): Json {
  return Object.fromEntries(names.map((name) => [name, form.set(withoutKibanas(object[name] ?? []))]));
}

function withoutKibanas(value: unknown): unknown {
  return Array.isArray(value)
    ? value.filter((tag) => typeof tag !== "string" || !KIBANAS_TAG.test(tag))
    : value;
}

/** What a PUT would reset although it is not ours. */
function carried(wanted: Json, live: Json): Json {
  const kept: Record<string, unknown> = {};
  for (const name of LEFT)
    if (wanted[name] === undefined && live[name] !== undefined) kept[name] = live[name];
  const [ours, theirs] = [wanted["tags"], live["tags"]];
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    const kibanas = theirs.filter(
      (tag: unknown) => typeof tag === "string" && KIBANAS_TAG.test(tag) && !ours.includes(tag),
    );
    kept["tags"] = [...(ours as unknown[]), ...(kibanas as unknown[])];
  }
  return kept;
}

/** Entries are joined by AND and the values of `match_any` by OR: neither has an order. */
const entriesForm: form.Form = (value) =>
  form.set(
    Array.isArray(value)
      ? value.map((entry: Json) => ({
          ...entry,
          ...(Array.isArray(entry["value"]) ? { value: form.set(entry["value"]) } : {}),
          ...(Array.isArray(entry["entries"]) ? { entries: entriesForm(entry["entries"]) } : {}),
        }))
      : value,
  );

/** One text for one instant, however it is written. */
function instant(value: unknown): unknown {
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? value : new Date(time).toISOString();
}

function commentsOf(live: Json | undefined): { id: string; comment: string }[] {
  const comments = live?.["comments"];
  return Array.isArray(comments)
    ? comments.map((comment: Json) => ({ id: String(comment["id"]), comment: String(comment["comment"]) }))
    : [];
}

function metaChanges(wanted: Json, live: Json): FieldChange[] {
  return Object.entries(wanted)
    .filter(([key, value]) => !isSame(live[key], value))
    .map(([key, after]) => ({
      path: `meta.${key}`,
      ...(live[key] === undefined ? {} : { before: live[key] }),
      after,
    }));
}

function isOurs(live: Json, { project }: Policy): boolean {
  return markOf(live["meta"])?.project === project;
}

export function expectedOf(live: Json & { readonly id: string }): Expected {
  return { id: live.id, ...(typeof live["_version"] === "string" ? { _version: live["_version"] } : {}) };
}

/** The part of a key that says where an object is: a space, or all of them. */
export function scopeOf(object: object, space: string): string {
  return "namespace_type" in object && object.namespace_type === "agnostic" ? "*" : space;
}

function jsonOf(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
