import type { Fields } from "../../fields/index.js";
import type { dsl, Event } from "../../query/index.js";
import { toMillis } from "../../query/index.js";
import type { ExceptionItem } from "../types.js";
import { listItemTest } from "./after-search.js";
import type { ListEntry } from "./item.js";
import type { Lists } from "./lists.js";
import { itemQuery } from "./query.js";

/** The exceptions of a run: what is part of the search, and what is compared with its results. */
export class Exceptions {
  /** Matches what the items are about; documents that it matches give no alert. */
  readonly query: dsl.Dsl | undefined;
  /** Items whose entries say nothing: Kibana stores none, since they would silence the rule. */
  readonly empty: readonly string[];
  readonly #after: readonly (readonly ListEntry[])[];
  readonly #afterNames: readonly string[];
  readonly #lists: Lists;

  constructor(items: readonly ExceptionItem[], lists: Lists) {
    const isEmpty = (item: ExceptionItem): boolean => item.entries.length === 0;
    const ofLists = (item: ExceptionItem): boolean =>
      item.entries.some((entry) => entry.type === "list" && !lists.isSearchable(entry));
    const usable = items.filter((item) => !isEmpty(item));
    const searched = usable.filter((item) => !ofLists(item)).map((item) => itemQuery(item, lists));
    const compared = usable.filter(ofLists);
    this.query = searched.length === 0 ? undefined : { bool: { should: searched, minimum_should_match: 1 } };
    this.empty = items.filter(isEmpty).map(nameOf);
    this.#after = compared.map(({ entries }) => entries.filter((entry) => entry.type === "list"));
    this.#afterNames = compared.map(nameOf);
    this.#lists = lists;
  }

  /** The items that are no part of the search, which most types of rules do not apply. */
  get unsearched(): readonly string[] {
    return this.#afterNames;
  }

  /** Whether an item that is no part of the search is about an event. */
  afterSearch(fields: Fields): (event: Event) => boolean {
    const tests = this.#after.map((entries) => listItemTest(entries, this.#lists, fields));
    return (event) => tests.some((test) => test(event));
  }
}

/** The items that have an effect on a run at a time. `endpoint` says whether those of Elastic Defend's list have. */
export function activeItems(items: readonly ExceptionItem[], at: number, endpoint: boolean): ExceptionItem[] {
  return items.filter(({ expire_time, list_type }) => {
    if (list_type === "endpoint" && !endpoint) return false;
    return expire_time === undefined || !((toMillis(expire_time) ?? Infinity) < at);
  });
}

const nameOf = ({ name, item_id }: ExceptionItem): string => name ?? item_id ?? "unnamed item";
