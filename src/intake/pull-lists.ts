import type { Json } from "../json/index.js";
import { posix } from "node:path";
import { listKey } from "../deploy/index.js";
import { type Reference, referencesOf } from "../deploy/form/comparable.js";
import type { LiveList, LiveRule } from "../kibana/endpoints/index.js";
import type { KnownList } from "../rule/index.js";
import type { Around } from "./pull-around.js";
import { nameOf, pullIntoListFile, pullNewList } from "./pull-list.js";
import { hasDriftedList, itemsByList, meetList } from "./pull-list-meeting.js";
import type { Candidate } from "./pull-rule.js";

/** The rules that are pulled: into files that there are, and into new ones. */
export interface PulledRules {
  readonly candidates: readonly Candidate[];
  readonly fresh: ReadonlyMap<LiveRule, string>;
}

/** The lists that come with rules. */
export interface PulledLists {
  /** By `list_id`: what rules can call by its id alone. */
  readonly known: ReadonlyMap<string, KnownList>;
  /** Those that get a file, each with the file of a rule that it belongs to alone. */
  readonly fresh: ReadonlyMap<LiveList, string | undefined>;
  /** Those that have a file. */
  readonly existing: readonly LiveList[];
}

/** Finds the lists that rules have in the space, and unless only some rules are asked for those of the project too. */
export function referableLists(around: Around, { candidates, fresh: rules }: PulledRules): PulledLists {
  const { actual, project, desired, selection } = around.options;
  const known = new Map<string, KnownList>();
  const fresh = new Map<LiveList, string | undefined>();
  const existing = new Set<LiveList>();
  const meet = (reference: Reference, file: string): void => {
    const { list_id } = reference;
    const list = actual.lists.get(listKey(reference));
    if (list === undefined) return;
    const own = project.exceptionLists.get(list_id);
    const namespace = reference.namespace_type === "agnostic" ? "agnostic" : "single";
    if (own === undefined && !known.has(list_id)) {
      if (around.isBarred("exception-list", list_id, nameOf(list))) return;
      known.set(list_id, { type: list.type, namespace_type: namespace });
      fresh.set(list, list.type === "rule_default" ? file : undefined);
    } else if (
      (own?.authored.namespace_type ?? known.get(list_id)?.namespace_type ?? "single") === namespace
    ) {
      if (own?.broken === true) around.isBarred("exception-list", list_id, nameOf(list));
      else if (own !== undefined) existing.add(list);
    } else {
      around.about({ file: own?.file ?? file }, "pull/list-clash", {
        list_id,
        namespace,
        file: own?.file ?? "the pull",
      });
    }
  };
  for (const { live, source } of candidates) {
    const elsewhere = keptElsewhere(source.authored as unknown as Json, project.exceptionLists);
    for (const reference of referencesOf(live))
      if (!elsewhere.has(reference.list_id)) meet(reference, source.file);
  }
  for (const [rule, file] of rules) for (const reference of referencesOf(rule)) meet(reference, file);
  if (selection.kind !== "some")
    for (const { list } of desired.lists) {
      const live = actual.lists.get(listKey(list));
      if (live !== undefined) existing.add(live);
    }
  return { known, fresh, existing: [...existing] };
}

/** Lists that a file names with their type, which says that they live elsewhere. */
function keptElsewhere(authored: Json, declared: ReadonlyMap<string, unknown>): Set<string> {
  const named = [authored["exceptions"], authored["exceptions_list"]].flatMap((list) =>
    Array.isArray(list) ? (list as unknown[]) : [],
  );
  const ids = named.flatMap((reference) => {
    const { list_id } = (typeof reference === "object" ? (reference ?? {}) : {}) as Json;
    return typeof list_id === "string" && !declared.has(list_id) ? [list_id] : [];
  });
  return new Set(ids);
}

/** Pulls lists with their items; without a word about which rules, those of the project only where they drifted. */
export function pullLists(around: Around, { fresh, existing }: PulledLists): void {
  const { actual, out, selection } = around.options;
  const itemsOf = itemsByList(actual.items.values());
  for (const [list, rule] of fresh) {
    const name = nameOf(list);
    const place =
      rule === undefined
        ? { folder: posix.join(out, "_shared", "exceptions"), name }
        : { folder: posix.dirname(rule), name: posix.basename(rule, ".rule.yml") };
    const file = around.places.take({ ...place, id: list.list_id, kind: "exceptions" });
    pullNewList(around, list, itemsOf(list), file);
  }
  for (const list of existing) {
    const items = itemsOf(list);
    const meeting = meetList(around, list, items);
    if (selection.kind !== "drifted" || hasDriftedList(meeting))
      pullIntoListFile(around, list, items, meeting);
  }
}
