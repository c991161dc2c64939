import type { FieldInfo, Fields } from "./catalog.js";
import { metadataField } from "./metadata.js";
import { nearestParent } from "./parents.js";

/**
 * Fields by name, over those of `base`. Below a `flattened` field every name is a keyword. Each document's own fields
 * (`_id`) are there too, though not among the names.
 */
export class FieldTable implements Fields {
  readonly #fields: ReadonlyMap<string, FieldInfo>;
  readonly closed: boolean;
  readonly base: Fields | undefined;

  constructor(fields: ReadonlyMap<string, FieldInfo>, closed: boolean, base?: Fields) {
    this.#fields = fields;
    this.closed = closed;
    this.base = base;
  }

  find(name: string): FieldInfo | undefined {
    return (
      this.#fields.get(name) ?? this.base?.find(name) ?? metadataField(name) ?? this.#underFlattened(name)
    );
  }

  /** The names but for those of the base. */
  ownNames(): Iterable<string> {
    return this.#fields.keys();
  }

  *names(): Iterable<string> {
    yield* this.#fields.keys();
    for (const name of this.base?.names() ?? []) if (!this.#fields.has(name)) yield name;
  }

  #underFlattened(name: string): FieldInfo | undefined {
    const parent = nearestParent(name, (above) => this.#fields.get(above)?.type === "flattened");
    return parent === undefined
      ? undefined
      : { name, type: "keyword", source: this.#fields.get(parent)!.source };
  }
}
