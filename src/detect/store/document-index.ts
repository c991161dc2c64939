import { type Event, reader, toMillis } from "../../query/index.js";
import { type Doc, searchable } from "./document.js";
import type { IndexMapping } from "./mappings.js";

/** The documents of one index. */
export class DocumentIndex {
  readonly name: string;
  readonly mapping: IndexMapping;
  /** Further names, of which patterns may match one. */
  readonly aliases: readonly string[];
  /** Whether every pattern finds it. */
  readonly isAnywhere: boolean;
  readonly #docs: Doc[] = [];
  readonly #places = new Map<string, number>();
  #writes = 0;
  #times = new Map<string, Float64Array>();
  readonly #has = new Map<string, number>();

  constructor(
    name: string,
    mapping: IndexMapping,
    {
      aliases = [],
      isAnywhere = false,
    }: { readonly aliases?: readonly string[]; readonly isAnywhere?: boolean } = {},
  ) {
    this.name = name;
    this.mapping = mapping;
    this.aliases = aliases;
    this.isAnywhere = isAnywhere;
  }

  get docs(): readonly Doc[] {
    return this.#docs;
  }

  /** Adds a document, in place of the one that has its id. */
  put(id: string, source: Event): void {
    const place = this.#places.get(id);
    const doc: Doc = {
      id,
      index: this.name,
      version: place === undefined ? 1 : this.#docs[place]!.version + 1,
      mapping: this.mapping,
      source,
      event: searchable(source, this.mapping),
    };
    this.#places.set(id, place ?? this.#docs.length);
    this.#docs[place ?? this.#docs.length] = doc;
    this.#times = new Map();
    this.#writes++;
  }

  /** How often a document was put into it. */
  get writes(): number {
    return this.#writes;
  }

  find(id: string): Doc | undefined {
    const place = this.#places.get(id);
    return place === undefined ? undefined : this.#docs[place];
  }

  /** A date field of each document in milliseconds since 1970; NaN where it has none. */
  times(field: string): Float64Array {
    let times = this.#times.get(field);
    if (times === undefined) {
      const read = reader(field);
      times = Float64Array.from(this.#docs, ({ event }) => {
        const value = read(event);
        return toMillis(Array.isArray(value) ? value[0] : value) ?? Number.NaN;
      });
      this.#times.set(field, times);
    }
    return times;
  }

  /** Whether the index maps a field: by its mapping, or because a document has it. */
  has(field: string): boolean {
    if (this.mapping.isOwn && this.mapping.fields.find(field) !== undefined) return true;
    const seen = this.#has.get(field) ?? 0;
    if (seen < 0) return true;
    const read = reader(field);
    for (let at = seen; at < this.#docs.length; at++)
      if (read(this.#docs[at]!.event) !== undefined) {
        this.#has.set(field, -1);
        return true;
      }
    this.#has.set(field, this.#docs.length);
    return false;
  }
}
