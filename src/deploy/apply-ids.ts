import { listKey } from "./desired.js";
import type { Reference } from "./normalize.js";
import type { Body, SpacePlan, Write } from "./plan-types.js";

/** The ids that writes of one space need: those that the plan knew, and those of what was made since. */
export class Ids {
  readonly #lists: Map<string, string>;
  readonly #connectors: Map<string, string>;
  readonly #shared: Map<string, string>;

  /** @param shared ids of agnostic lists, common to the spaces of one apply */
  constructor(known: SpacePlan["ids"], shared: Map<string, string>) {
    this.#lists = new Map(Object.entries(known.lists));
    this.#connectors = new Map(Object.entries(known.connectors));
    this.#shared = shared;
  }

  addList(body: Body, id: string): void {
    const { list_id, namespace_type } = body as unknown as Reference;
    (namespace_type === "agnostic" ? this.#shared : this.#lists).set(
      listKey({ list_id, namespace_type }),
      id,
    );
  }

  addConnector(name: string, id: string): void {
    this.#connectors.set(name, id);
  }

  /** Fills in the ids of a rule; a text instead of a body says which one is not known. */
  fill({ body, connectors = [] }: Write): Body | string {
    const filled: Record<string, unknown> = { ...body };
    if (Array.isArray(body["exceptions_list"])) {
      const lists: Reference[] = [];
      for (const reference of body["exceptions_list"] as Reference[]) {
        const id =
          reference.id ?? this.#lists.get(listKey(reference)) ?? this.#shared.get(listKey(reference));
        if (id === undefined) return `the id of the exception list "${reference.list_id}" is not known`;
        lists.push({ ...reference, id });
      }
      filled["exceptions_list"] = lists;
    }
    if (Array.isArray(body["actions"])) {
      const actions: Body[] = [];
      for (const [i, action] of (body["actions"] as Body[]).entries()) {
        const name = connectors[i];
        const id = typeof name === "string" ? this.#connectors.get(name) : action["id"];
        if (id === undefined) return `the id of the connector "${name ?? ""}" is not known`;
        actions.push({ ...action, id });
      }
      filled["actions"] = actions;
    }
    return filled;
  }
}
