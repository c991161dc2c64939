import type { LiveItem, LiveList, LiveRule } from "../../kibana/endpoints/index.js";
import { type Desired, listKey } from "../desired/desired.js";
import { referencesOf } from "../form/comparable.js";
import { isMarkedBy } from "../form/mark.js";
import type { Actual, LiveValues } from "../live/actual.js";
import { itemKey, liveKey, liveListKey } from "../live/keys.js";
import { valueListsOf } from "../live/value-lists.js";
import { ruleUses, type Used } from "../users/uses.js";
import { type Usage, usageOf, type User } from "../users/users.js";
import { leavesList } from "./actions.js";
import { expectedOf, ownershipOfOrphan, scopeOf } from "./exceptions.js";
import { lastChange, type Ownership } from "./ownership.js";
import type { InvalidFiles } from "./invalid-files.js";
import { ambiguous, isMarked, ownershipOfRuleOrphan } from "./rule.js";
import type { Change, Conflict, Expected, Policy } from "./types.js";
import { expectedOf as expectedOfValues, ownershipOfValues } from "./value-list.js";

/** What a project has files for besides what goes to the spaces of a plan: nothing of it is an orphan. */
export interface Files {
  /** rule_ids of rules that the stack keeps from being deployed. */
  readonly withheldRules: ReadonlySet<string>;
  /** `agnostic:list_id` and `agnostic:item_id` of what all spaces share, whichever spaces want it. */
  readonly agnostic: ReadonlySet<string>;
  /** Files that cannot be used: what they declare, or may declare, stays as it is. */
  readonly invalid: InvalidFiles;
}

export interface OrphanContext {
  readonly desired: Desired;
  readonly actual: Actual;
  readonly policy: Policy;
  readonly files: Files;
  /** What is planned for the space already. */
  readonly changes: readonly Change[];
}

type Base = Pick<Change, "kind" | "key" | "id" | "name" | "file" | "diff">;

/**
 * What bears this project's mark in a space and no file wants there any more: rules, items, lists, value lists, in the
 * order in which they are deleted. With `prune` they are, unless somebody else changed them or something that
 * stays needs them. Connectors are never deleted: Kibana does not tell who else uses them.
 */
export function planOrphans(context: OrphanContext): Change[] {
  return new Orphans(context).all();
}

class Orphans {
  readonly #context: OrphanContext;
  readonly #rules: readonly Change[];
  /** Of items and rules that go, by `namespace:item_id` and rule_id, the keys of their changes. */
  readonly #goneItems = new Map<string, string>();

  constructor(context: OrphanContext) {
    this.#context = context;
    this.#rules = this.#orphanedRules();
  }

  all(): Change[] {
    const { actual, desired, policy } = this.#context;
    const wantedLists = new Set(desired.lists.map(({ list }) => listKey(list)));
    const lists = [...actual.lists.values()].filter(
      (list) => isMarkedBy(list, policy.project) && !this.#isWanted(wantedLists, liveListKey(list)),
    );
    const stuck = new Map<string, Conflict>();
    for (const list of lists) {
      const conflict = policy.prune === true ? this.#listInUse(list) : undefined;
      if (conflict !== undefined) stuck.set(liveListKey(list), conflict);
    }
    const wantedItems = new Set(desired.lists.flatMap(({ items }) => items.map(itemKey)));
    const items = [...actual.items.values()]
      .filter((item) => isMarkedBy(item, policy.project) && !this.#isWanted(wantedItems, itemKey(item)))
      .map((item) => this.#item(item, stuck.get(listKey(liveKey(item)))));
    return [
      ...this.#rules,
      ...items,
      ...lists.map((list) => this.#list(list, stuck.get(liveListKey(list)))),
      ...this.#valueLists(),
    ];
  }

  #isWanted(wanted: ReadonlySet<string>, key: string): boolean {
    return wanted.has(key) || this.#context.files.agnostic.has(key);
  }

  #orphanedRules(): Change[] {
    const { desired, actual, policy, files } = this.#context;
    const wanted = new Set(desired.rules.map(({ rule }) => rule.rule_id));
    return [...actual.rules].flatMap(([ruleId, live]) => {
      const [rule] = live;
      if (rule === undefined || wanted.has(ruleId) || !isMarked(rule, policy.project)) return [];
      const base = {
        kind: "rule" as const,
        key: `rule/${desired.space}/${ruleId}`,
        id: ruleId,
        name: rule.name,
        file: "",
        diff: [],
      };
      if (files.withheldRules.has(ruleId)) {
        const notes = ["its file is not for this stack, so it is left as it is"];
        return [{ ...base, action: "unchanged" as const, state: "in-sync" as const, notes }];
      }
      const conflict = live.length > 1 ? ambiguous(ruleId, live.length) : undefined;
      const expected = { id: rule.id, revision: Number(rule["revision"] ?? 0) };
      const change = this.#planned(
        base,
        rule,
        ownershipOfRuleOrphan(rule, policy.project),
        expected,
        conflict,
      );
      const notes = this.#defaultListNotes(rule);
      return [change.action === "delete" && notes.length > 0 ? { ...change, notes } : change];
    });
  }

  /** Kibana leaves a rule's own exception list where it is when the rule goes. */
  #defaultListNotes(rule: LiveRule): string[] {
    return referencesOf(rule)
      .filter(({ type }) => type === "rule_default")
      .map((reference) => {
        const of = [...this.#context.actual.items.values()].filter(
          (item) => listKey(liveKey(item)) === listKey(reference),
        );
        return `its own exception list "${reference.list_id}" stays with ${of.length === 1 ? "1 item" : `${of.length} items`} of analysts, which then take nothing out any more`;
      });
  }

  #item(item: LiveItem, stuck: Conflict | undefined): Change {
    const { desired, policy } = this.#context;
    const ownership = ownershipOfOrphan("exception-item", item, policy.project);
    const base: Base = {
      kind: "exception-item",
      key: `exception-item/${scopeOf(item, desired.space)}/${item.item_id}`,
      id: item.item_id,
      name: nameOf(item, item.item_id),
      file: "",
      diff: [],
    };
    const change = this.#planned(base, item, ownership, expectedOf(item), stuck);
    if (change.action === "delete") this.#goneItems.set(itemKey(item), change.key);
    return change;
  }

  #list(list: LiveList, stuck: Conflict | undefined): Change {
    const { actual, desired, policy } = this.#context;
    const key = liveListKey(list);
    const base: Base = {
      kind: "exception-list",
      key: `exception-list/${scopeOf(list, desired.space)}/${list.list_id}`,
      id: list.list_id,
      name: nameOf(list, list.list_id),
      file: "",
      diff: [],
    };
    const items = [...actual.items.values()].filter((item) => listKey(liveKey(item)) === key);
    const leaving = (item: LiveItem): string | undefined =>
      this.#goneItems.get(itemKey(item)) ?? this.#moved(item)?.key;
    const kept = items.filter((item) => leaving(item) === undefined);
    const conflict =
      stuck ??
      (kept.length === 0
        ? undefined
        : inUse(
            `exception list "${list.list_id}" has ${kept.length === 1 ? "an item that is" : `${kept.length} items that are`} not this project's to delete`,
            "move the items elsewhere, or delete the list in Kibana",
          ));
    const ownership = ownershipOfOrphan("exception-list", list, policy.project);
    const change = this.#planned(base, list, ownership, expectedOf(list), conflict);
    const needs = [
      ...items.flatMap((item) => leaving(item) ?? []),
      ...this.#usersOf(key, this.#usageOf(usedList(list)).users).flatMap(({ change: user }) =>
        user === undefined ? [] : [user.key],
      ),
    ];
    return change.action === "delete" && needs.length > 0 ? { ...change, needs } : change;
  }

  /** The change that moves an item to another list. */
  #moved(item: LiveItem): Change | undefined {
    const key = itemKey(item);
    return this.#context.changes.find(
      (change) => change.action === "replace" && leavesList(change) && keyOfItem(change) === key,
    );
  }

  /** Why a list cannot go: a rule that stays, whoever's it is, refers to it, or may do so where nobody could look. */
  #listInUse(list: LiveList): Conflict | undefined {
    const what = `exception list "${list.list_id}"`;
    if (list["namespace_type"] === "agnostic")
      return inUse(
        `${what} is shared by all spaces, and rules of any of them may use it`,
        "delete it in Kibana when no space needs it",
      );
    const { users, unknown } = this.#usageOf(usedList(list));
    const staying = this.#usersOf(liveListKey(list), users).find(({ stays }) => stays);
    if (staying !== undefined)
      return inUse(`rule "${staying.name}" uses ${what}`, "take the list off the rule first");
    return unknown === undefined ? undefined : unknownUsers(what, unknown);
  }

  #usageOf(used: Used): Usage {
    const { users, space } = this.#context.actual;
    return users === undefined ? { users: [], unknown: "nobody looked" } : usageOf(used, space, users);
  }

  /** The rules that refer to a list now or after the plan, whether they still do then, and the change that frees it. */
  #usersOf(key: string, users: readonly User[]): { name: string; stays: boolean; change?: Change }[] {
    const { changes } = this.#context;
    const planned = new Map([...changes, ...this.#rules].filter(isRule).map((change) => [change.id, change]));
    const names = new Map(users.map(({ id, name }) => [id, name]));
    for (const { id, name, write } of planned.values()) {
      const refers = referencesOf(write?.body ?? {}).some((reference) => listKey(reference) === key);
      if (refers && !names.has(id)) names.set(id, name);
    }
    return [...names].map(([id, name]) => {
      const change = planned.get(id);
      if (change?.action === "delete") return { name, stays: false, change };
      if (change?.write === undefined) return { name, stays: true };
      const stays = referencesOf(change.write.body).some((reference) => listKey(reference) === key);
      return { name, stays, change };
    });
  }

  #valueLists(): Change[] {
    const { actual, desired, policy } = this.#context;
    const wanted = new Set(desired.valueLists.map(({ id }) => id));
    return [...(actual.valueLists?.values() ?? [])]
      .filter(({ list }) => isMarkedBy(list, policy.project) && !wanted.has(list.id))
      .map((live) => this.#valueList(live));
  }

  #valueList({ list, values }: LiveValues): Change {
    const { desired, policy } = this.#context;
    const base: Base = {
      kind: "value-list",
      key: `value-list/${desired.space}/${list.id}`,
      id: list.id,
      name: list.name,
      file: "",
      diff: [],
    };
    const what = `value list "${list.id}"`;
    const { users, unknown } = this.#usageOf({ kind: "value-list", id: list.id });
    const needs: string[] = [];
    let conflict = unknown === undefined ? undefined : unknownUsers(what, unknown);
    for (const user of users) {
      const freeing = this.#freeing(user, list.id);
      if (freeing !== undefined) needs.push(freeing);
      else
        conflict = inUse(
          user.kind === "rule"
            ? `rule "${user.name}" searches ${what}`
            : `exception item "${user.id.replace(/^[^:]*:/, "")}" asks ${what}`,
          `take the list out of the ${user.kind === "rule" ? "rule" : "item"} first`,
        );
    }
    // Without its values nothing is deleted anyway, and whether they drifted is not worth a request.
    const ownership: Ownership =
      values === undefined ? { kind: "ours" } : ownershipOfValues(list, values, policy.project);
    const change = this.#planned(base, list, ownership, expectedOfValues(list, values ?? []), conflict);
    return change.action === "delete" && needs.length > 0 ? { ...change, needs } : change;
  }

  /** The key of the change after which something that asks a value list does so no more. */
  #freeing({ kind, id }: User, list: string): string | undefined {
    if (kind === "exception-item") {
      const change = this.#context.changes.find((one) => one.kind === kind && keyOfItem(one) === id);
      const isFreed = change?.write !== undefined && !valueListsOf(change.write.body).includes(list);
      return this.#goneItems.get(id) ?? (isFreed ? change.key : undefined);
    }
    const used = { kind: "value-list", id: list } as const;
    const change = [...this.#context.changes, ...this.#rules].find(
      (one) => one.kind === kind && one.id === id,
    );
    const isFreed =
      change?.action === "delete" ||
      (change?.write !== undefined && !ruleUses(change.write.body, used, this.#context.desired.space));
    return isFreed ? change.key : undefined;
  }

  #planned(
    base: Base,
    live: Readonly<Record<string, unknown>>,
    ownership: Ownership,
    expected: Expected,
    conflict: Conflict | undefined,
  ): Change {
    const { policy, files } = this.#context;
    const held = files.invalid.holds(base.kind, base.id, live["list_id"]);
    if (held !== undefined) return { ...base, ...held, state: "changed", action: "conflict" };
    const drifted = ownership.kind === "drifted";
    const seen = {
      ...base,
      state: "orphaned" as const,
      ...(drifted ? { drift: true as const, ...lastChange("drifted", live) } : {}),
    };
    if (policy.prune !== true) return { ...seen, action: "orphan" };
    const inTheWay =
      conflict ?? (drifted && policy.overwriteDrift !== true ? changedOutside(base) : undefined);
    if (inTheWay !== undefined) return { ...seen, action: "conflict", conflict: inTheWay };
    return { ...seen, action: "delete", expected };
  }
}

function nameOf({ name }: Readonly<Record<string, unknown>>, id: string): string {
  return typeof name === "string" ? name : id;
}

function isRule({ kind }: Change): boolean {
  return kind === "rule";
}

function usedList(list: LiveList): Used {
  return { kind: "exception-list", ...liveKey(list), id: list.id };
}

/** {@link itemKey} of the item that a change is about. */
function keyOfItem({ kind, key, id }: Change): string {
  return itemKey({ item_id: id, namespace_type: key.startsWith(`${kind}/*/`) ? "agnostic" : "single" });
}

function unknownUsers(what: string, why: string): Conflict {
  return inUse(
    `who uses ${what} is not known (${why})`,
    "let the key read rules and exceptions there, or delete it in Kibana",
  );
}

function inUse(message: string, help: string): Conflict {
  return { code: "in-use", message, help };
}

function changedOutside({ kind, id }: Base): Conflict {
  return {
    code: "drift",
    message: `no file wants ${kind.replace("-", " ")} "${id}" any more, but it was changed outside git since it was last applied`,
    help: "take it back into git with kdac pull, or delete it with --overwrite-drift",
  };
}
