import type { FieldInfo, Fields } from "../../fields/index.js";
import type { DocumentIndex } from "../store/document-index.js";

/** The fields of several indices as those of one search: of a field that they map differently, the first type counts. */
export function joinedFields(indices: readonly DocumentIndex[]): Fields {
  const all = [...new Set(indices.map(({ mapping }) => mapping.fields))];
  return all.length === 1 ? all[0]! : new JoinedFields(all);
}

class JoinedFields implements Fields {
  readonly closed: boolean;
  readonly #all: readonly Fields[];

  constructor(all: readonly Fields[]) {
    this.#all = all;
    this.closed = all.length > 0 && all.every((fields) => fields.closed);
  }

  find(name: string): FieldInfo | undefined {
    for (const fields of this.#all) {
      const found = fields.find(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  names(): Iterable<string> {
    return new Set(this.#all.flatMap((fields) => [...fields.names()]));
  }
}
