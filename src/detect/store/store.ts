import { covers } from "../../fields/index.js";
import { type Event, reader } from "../../query/index.js";
import { type DocumentInput, isHit } from "./document.js";
import { DocumentIndex } from "./document-index.js";
import { type Mappings } from "./mappings.js";

/** The index of documents of which nothing says where they are: every pattern finds it. */
const ANYWHERE = "events";

/** All documents, by index. */
export class Store {
  readonly #mappings: Mappings;
  readonly #indices = new Map<string, DocumentIndex>();
  #anywhere: DocumentIndex | undefined;
  #count = 0;

  constructor(mappings: Mappings) {
    this.#mappings = mappings;
    for (const name of mappings.names) this.#index(name);
  }

  add(documents: Iterable<DocumentInput>): void {
    for (const document of documents) {
      const source = isHit(document) ? document._source : document;
      const { _id: id, _index: given } = isHit(document) ? document : {};
      const name = given ?? dataStreamOf(source);
      const index = name === undefined ? (this.#anywhere ??= this.#index(ANYWHERE, true)) : this.#index(name);
      index.put(id ?? `doc-${this.#count}`, source);
      this.#count++;
    }
  }

  /** The indices that a rule's patterns stand for. Without patterns all that are not hidden. */
  matching(patterns: readonly string[] | undefined): DocumentIndex[] {
    const isMeant = patterns === undefined ? isVisible : meantBy(patterns);
    return this.all().filter((index) => index.isAnywhere || [index.name, ...index.aliases].some(isMeant));
  }

  /** An index without documents, which is there because its mapping is. */
  empty(name: string): DocumentIndex {
    return new DocumentIndex(name, this.#mappings.of(name));
  }

  all(): DocumentIndex[] {
    return [...this.#indices.values()];
  }

  /** Adds an index that something else fills. */
  attach(index: DocumentIndex): void {
    this.#indices.set(index.name, index);
  }

  #index(name: string, isAnywhere = false): DocumentIndex {
    let index = this.#indices.get(name);
    if (index === undefined) {
      index = new DocumentIndex(name, this.#mappings.of(name), { isAnywhere });
      this.#indices.set(name, index);
    }
    return index;
  }
}

const isVisible = (name: string): boolean => !name.startsWith(".");

/** Lists in one text are taken apart; `-pattern` takes out; a pattern finds hidden indices only where it begins with a dot. */
function meantBy(patterns: readonly string[]): (name: string) => boolean {
  const all = patterns.flatMap((entry) => entry.split(",")).map((pattern) => pattern.trim());
  const isIn = (name: string, pattern: string): boolean =>
    covers(pattern, name) && (isVisible(name) || pattern.startsWith("."));
  return (name) => {
    let meant = false;
    for (const pattern of all) {
      if (pattern.startsWith("-")) meant &&= !covers(pattern.slice(1), name);
      else meant ||= isIn(name, pattern);
    }
    return meant;
  };
}

const DATA_STREAM = ["type", "dataset", "namespace"].map((part) => reader(`data_stream.${part}`));

/** The data stream that a document says it is of. */
function dataStreamOf(source: Event): string | undefined {
  const parts = DATA_STREAM.map((read) => read(source));
  return parts.every((part) => typeof part === "string") ? parts.join("-") : undefined;
}
