import type { LiveItem } from "../../kibana/endpoints/index.js";
import type { Actual } from "../live/actual.js";
import { liveKey } from "../live/keys.js";
import { actionsOf } from "../form/actions.js";
import { type DesiredRule, listKey } from "../desired/desired.js";
import { type Reference, referencesOf } from "../form/comparable.js";
import type { Body, Change, Conflict, Write } from "./types.js";

/** What the rules of one space refer to, and how far the plan gets with it. */
export interface ReferenceContext {
  readonly space: string;
  readonly actual: Actual;
  /** The changes of the project's lists by `namespace:list_id`: the list's first, then its items'. */
  readonly lists: ReadonlyMap<string, readonly Change[]>;
  /** The changes of the project's connectors by name. */
  readonly connectors: ReadonlyMap<string, Change>;
  /** The ids of the connectors of this space, by name. */
  readonly connectorIds: ReadonlyMap<string, string>;
}

/** Kibana makes this list by itself with its first rule; its object id is its `list_id` everywhere. */
export const ENDPOINT_LIST = "agnostic:endpoint_list";

/** What a list's items may be in conflict about while the rule is as well protected as before. */
const HARMLESS = new Set(["drift", "not-ours", "other-project"]);

/** Resolves the references of rules to the ids of one space, and tells which of them cannot be had. */
export class References {
  readonly #context: ReferenceContext;
  readonly #names: ReadonlyMap<string, string>;

  constructor(context: ReferenceContext) {
    this.#context = context;
    this.#names = new Map([...context.connectorIds].map(([name, id]) => [id, name]));
  }

  /** What stands in the way of writing a rule, if anything: it must never be live without what it refers to. */
  problem(desired: DesiredRule): Conflict | undefined {
    for (const reference of referencesOf({ ...desired.rule })) {
      const problem = this.#listProblem(reference);
      if (problem !== undefined) return problem;
    }
    for (const name of desired.connectors) {
      const problem = name === undefined ? undefined : this.#connectorProblem(name);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  #listProblem(reference: Reference): Conflict | undefined {
    const key = listKey(reference);
    const changes = this.#context.lists.get(key) ?? [];
    const live = this.#context.actual.lists.get(key);
    const stuck = changes.find(
      (change) => change.conflict !== undefined && !HARMLESS.has(change.conflict.code),
    );
    if (stuck !== undefined) {
      return blocked(
        `its ${stuck.kind.replace("-", " ")} "${stuck.id}" is in conflict: ${stuck.conflict?.message}`,
      );
    }
    if (live === undefined && changes.length === 0 && key !== ENDPOINT_LIST) {
      return {
        code: "missing-reference",
        message: `its exception list "${reference.list_id}" (${reference.namespace_type}) exists neither in space "${this.#context.space}" nor in the project`,
        help: "write a *.exceptions.yml for it, or correct the list_id",
      };
    }
    if (live !== undefined && live.type !== reference.type) {
      return blocked(
        `its exception list "${reference.list_id}" is of type "${live.type}" there, not "${reference.type}"`,
      );
    }
    return undefined;
  }

  #connectorProblem(name: string): Conflict | undefined {
    const change = this.#context.connectors.get(name);
    if (change?.conflict !== undefined)
      return blocked(`its connector is in conflict: ${change.conflict.message}`);
    if (change !== undefined || this.#context.connectorIds.has(name)) return undefined;
    const same = this.#context.actual.connectors.filter((connector) => connector.name === name).length;
    return {
      code: same === 0 ? "missing-reference" : "ambiguous",
      message:
        same === 0
          ? `its connector "${name}" exists neither in space "${this.#context.space}" nor in the project`
          : `space "${this.#context.space}" has ${same} connectors named "${name}"`,
      help:
        same === 0
          ? "write a *.connector.yml for it, or create it in Kibana"
          : "rename all but one of them in Kibana, or refer to one by its id",
    };
  }

  /** The changes that have to be made before a rule is written. */
  needsOf(desired: DesiredRule): { needs?: string[] } {
    const lists = referencesOf({ ...desired.rule }).flatMap(
      (list) => this.#context.lists.get(listKey(list)) ?? [],
    );
    const connectors = desired.connectors.flatMap((name) => this.#context.connectors.get(name ?? "") ?? []);
    const needs = [...lists, ...connectors]
      .filter(({ action }) => action === "create" || action === "update" || action === "replace")
      .map((change) => change.key);
    return needs.length === 0 ? {} : { needs: [...new Set(needs)] };
  }

  /** References with the ids of this space; without one where the list is yet to be made. */
  resolve(references: readonly Reference[]): Reference[] {
    return references.map(({ list_id, type, namespace_type }) => {
      const key = listKey({ list_id, namespace_type });
      const live = this.#context.actual.lists.get(key);
      const known = live?.id ?? (key === ENDPOINT_LIST ? list_id : undefined);
      return { ...(known === undefined ? {} : { id: known }), list_id, type, namespace_type };
    });
  }

  /** A rule's actions with the ids of this space's connectors; without one where the connector is yet to be made. */
  actions({ rule, connectors }: DesiredRule): Readonly<Record<string, unknown>>[] {
    return actionsOf({ ...rule }).map((action, i) => {
      const name = connectors[i];
      if (name === undefined) return action;
      const { id: _, ...rest } = action;
      const id = this.#context.connectorIds.get(name);
      return id === undefined ? rest : { id, ...rest };
    });
  }

  /** A body with what apply needs to fill in the ids that are not known yet. */
  write(body: Body, { rule, connectors }: DesiredRule): Write {
    if (rule.actions === undefined || connectors.every((name) => name === undefined)) return { body };
    return { body, connectors: connectors.map((name) => name ?? null) };
  }

  /** How a connector is called in a diff. */
  connectorLabel(id: unknown): string {
    return this.#names.get(String(id)) ?? String(id);
  }

  /** Whether the project has the file of a list. */
  isProjectList(key: string): boolean {
    return this.#context.lists.has(key);
  }

  /** The items that a list has in Kibana. */
  itemsOf(key: string): LiveItem[] {
    return [...this.#context.actual.items.values()].filter((item) => listKey(liveKey(item)) === key);
  }

  keyOf(ruleId: string): string {
    return `rule/${this.#context.space}/${ruleId}`;
  }
}

function blocked(message: string): Conflict {
  return {
    code: "blocked",
    message,
    help: "resolve that conflict first; a rule is not written without what it refers to",
  };
}
