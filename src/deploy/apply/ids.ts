import { listKey } from "../desired/desired.js";
import type { Reference } from "../form/comparable.js";
import type { Body, Write } from "../plan/types.js";

/** The ids of what was made in one space since the plan, for the writes that refer to it. */
export class Ids {
  readonly #lists = new Map<string, string>();
  readonly #connectors = new Map<string, string>();
  readonly #shared: Map<string, string>;

  /** @param shared ids of agnostic lists, common to the spaces of one apply */
  constructor(shared: Map<string, string>) {
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
        const id = action["id"] ?? this.#connectors.get(name ?? "");
        if (id === undefined) return `the id of the connector "${name ?? ""}" is not known`;
        actions.push({ ...action, id });
      }
      filled["actions"] = actions;
    }
    return filled;
  }
}
