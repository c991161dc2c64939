import type { dsl } from "../../query/index.js";
import { RunError } from "../run-error.js";
import type { ValueList } from "../types.js";
import type { ListEntry } from "./item.js";

/** Lists of these types can become part of a search. */
const SEARCHABLE: ReadonlySet<string> = new Set(["keyword", "ip", "ip_range"]);
const MOST_VALUES = 65_536;
const MOST_RANGES = 200;

/** The value lists of a space. */
export class Lists {
  readonly #lists: Readonly<Record<string, ValueList>>;

  constructor(lists: Readonly<Record<string, ValueList>>) {
    this.#lists = lists;
  }

  find({ list }: ListEntry): { readonly type: string; readonly values: readonly string[] } {
    const found = Object.hasOwn(this.#lists, list.id) ? this.#lists[list.id] : undefined;
    if (found === undefined) throw new RunError(`the value list \`${list.id}\` was not found`);
    return { type: found.type, values: found.values ?? found.items ?? [] };
  }

  /** Whether Kibana makes the list part of the search; longer ones and other types it compares with what was found. */
  isSearchable(entry: ListEntry): boolean {
    const { type, values } = this.find(entry);
    if (!SEARCHABLE.has(type) || values.length > MOST_VALUES) return false;
    return type !== "ip_range" || values.filter(isDashed).length <= MOST_RANGES;
  }

  /** Whether a field has one of the list's values. */
  queryOf(entry: ListEntry): dsl.Dsl {
    const { type, values } = this.find(entry);
    const { field } = entry;
    if (type !== "ip_range") return { terms: { [field]: values } };
    const ranges = values.filter(isDashed).map((range) => {
      const [gte, lte] = range.split("-");
      return { range: { [field]: { gte, lte } } };
    });
    const networks = { terms: { [field]: values.filter((value) => !isDashed(value)) } };
    return { bool: { should: [networks, ...ranges], minimum_should_match: 1 } };
  }
}

const isDashed = (value: string): boolean => value.includes("-");
