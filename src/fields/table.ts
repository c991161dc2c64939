import type { FieldInfo, Fields } from "./catalog.js";

/**
 * Fields by name. Below a `flattened` field every name is a keyword; `below` adds further prefixes under which any
 * name is a field, each with the type of what it holds (ECS's `labels` holds keywords).
 */
export class FieldTable implements Fields {
  readonly #fields: ReadonlyMap<string, FieldInfo>;
  readonly closed: boolean;
  readonly #below: ReadonlyMap<string, string>;

  constructor(
    fields: ReadonlyMap<string, FieldInfo>,
    closed: boolean,
    below: ReadonlyMap<string, string> = new Map(),
  ) {
    this.#fields = fields;
    this.closed = closed;
    this.#below = below;
  }

  find(name: string): FieldInfo | undefined {
    return this.#fields.get(name) ?? this.#underParent(name);
  }

  names(): Iterable<string> {
    return this.#fields.keys();
  }

  #underParent(name: string): FieldInfo | undefined {
    for (let dot = name.lastIndexOf("."); dot > 0; dot = name.lastIndexOf(".", dot - 1)) {
      const parent = name.slice(0, dot);
      const field = this.#fields.get(parent);
      const type = field?.type === "flattened" ? "keyword" : this.#below.get(parent);
      if (type !== undefined) return { name, type, source: field?.source ?? "ecs" };
    }
    return undefined;
  }
}
