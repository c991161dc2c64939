/** The indices that a query may read: documents and fields by name. */
import {
  ecsFields,
  type FieldInfo,
  type Fields,
  type FieldsInput,
  fieldsOf,
} from "../../../../fields/index.js";
import { compileWildcard, leaves, parseDate } from "../../../match/index.js";
import { type Document, Documents, sourceOf } from "./documents.js";
import { PAGE_SIZE } from "./page.js";

export interface IndicesInput {
  /** Documents by the name of their index: sources, or hits with `_id`, `_index`, `_version` and `_source`. */
  readonly indices?: Readonly<Record<string, Iterable<Document>>> | undefined;
  /** The fields of each index. Without them what the documents hold, with ECS' types where ECS has the field. */
  readonly mappings?: Readonly<Record<string, FieldsInput>> | undefined;
  /** Further names of indices, or of patterns of them. */
  readonly aliases?: Readonly<Record<string, readonly string[] | string>> | undefined;
}

/** One index. */
export interface Index {
  readonly name: string;
  readonly fields: Fields;
  /** The documents, some at a time. */
  chunks(): Iterable<Documents>;
}

/**
 * Indices whose documents are read once for any number of queries: columns that one query reads are there for the next.
 * The documents must not change.
 */
export class Indices {
  readonly #indices: ReadonlyMap<string, Index>;
  readonly #aliases: ReadonlyMap<string, readonly string[]>;

  constructor({ indices = {}, mappings = {}, aliases = {} }: IndicesInput, kept: boolean) {
    this.#indices = new Map(
      Object.entries(indices).map(([name, documents]) => [name, open(name, documents, mappings[name], kept)]),
    );
    this.#aliases = new Map(
      Object.entries(aliases).map(([name, of]) => [name, typeof of === "string" ? [of] : of]),
    );
  }

  /** The indices that a list of names, patterns, aliases and exclusions stands for; undefined where a name is unknown. */
  resolve(text: string): readonly Index[] | { readonly unknown: string } {
    const found = new Map<string, Index>();
    for (const part of text.split(",").map((each) => each.trim())) {
      const isExcluded = part.startsWith("-") && found.size > 0;
      const pattern = isExcluded ? part.slice(1) : part;
      const matching = this.#matching(pattern);
      if (matching.length === 0 && !isExcluded) return { unknown: pattern };
      for (const index of matching) {
        if (isExcluded) found.delete(index.name);
        else found.set(index.name, index);
      }
    }
    return [...found.values()];
  }

  #matching(written: string): readonly Index[] {
    const [pattern = "", selector = "data"] = written.split("::");
    if (selector === "failures") return [];
    const exact = this.#indices.get(pattern);
    if (exact !== undefined) return [exact];
    const matches = compileWildcard(pattern);
    const local = compileWildcard(pattern.replace(/^[^:]*:/, ""));
    const own = [...this.#indices.values()].filter(({ name }) => matches(name) || local(name));
    const byAlias = [...this.#aliases].filter(([alias]) => matches(alias) || local(alias));
    const others = byAlias.flatMap(([alias, names]) =>
      names.filter((name) => name !== alias).flatMap((name) => this.#matching(name)),
    );
    return [...new Set([...own, ...others])];
  }
}

function open(
  name: string,
  documents: Iterable<Document>,
  mapping: FieldsInput | undefined,
  kept: boolean,
): Index {
  const list = mapping === undefined && !Array.isArray(documents) ? [...documents] : documents;
  const fields = mapping === undefined ? fieldsIn(list) : fieldsOf(mapping);
  const all = kept ? [...chunksOf(name, list, fields)] : undefined;
  return { name, fields, chunks: () => all ?? chunksOf(name, list, fields) };
}

function* chunksOf(name: string, documents: Iterable<Document>, fields: Fields): Generator<Documents> {
  let chunk: Document[] = [];
  let first = 0;
  for (const document of documents) {
    chunk.push(document);
    if (chunk.length < PAGE_SIZE) continue;
    yield new Documents(chunk, name, fields, first);
    first += chunk.length;
    chunk = [];
  }
  if (chunk.length > 0) yield new Documents(chunk, name, fields, first);
}

/** The fields that the documents hold. A name that they do not hold has the type that ECS gives it, or none. */
function fieldsIn(documents: Iterable<Document>): Fields {
  const ecs = ecsFields();
  const found = new Map<string, FieldInfo>();
  for (const document of documents) {
    for (const [name, value] of leaves(sourceOf(document))) {
      if (found.has(name)) continue;
      const known = ecs.find(name);
      found.set(name, known ?? { name, type: typeOfValue(value), source: "given" });
    }
  }
  return {
    closed: false,
    find: (name) => found.get(name) ?? ecs.find(name),
    names: () => found.keys(),
  };
}

/** The type that Elasticsearch gives a field that it sees for the first time; texts are keywords. */
function typeOfValue(value: unknown): string {
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return Number.isInteger(value) ? "long" : "double";
  if (typeof value === "bigint") return "long";
  const isDate = value instanceof Date || (typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) && parseDate(value, 0) !== undefined); // prettier-ignore
  return isDate ? "date" : "keyword";
}
