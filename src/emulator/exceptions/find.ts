/** Finding lists and items: namespaces, KQL filters, order and pages. */
import type { ExceptionItemResponse, ExceptionListResponse, NamespaceType } from "../../kibana/exceptions.js";
import { SiemError } from "../http/errors.js";
import { type Attributes, compileFilter, KqlError } from "../kql/filter.js";
import type { Actor } from "../rules/write.js";
import type { findItemsQuery, findQuery } from "../validate/exceptions.js";
import type { Infer } from "../validate/schema.js";
import { exceptionsOf } from "./lists.js";
import { textOf } from "../text.js";

type Thing = ExceptionListResponse | ExceptionItemResponse;

const SAVED_OBJECT = { single: "exception-list", agnostic: "exception-list-agnostic" } as const;
const DATES = new Set(["created_at", "updated_at"]);
const TEXTS = new Set(["name", "description"]);

/** A page of what was found. */
export interface Found<T> {
  readonly data: readonly T[];
  readonly page: number;
  readonly per_page: number;
  readonly total: number;
}

interface Paging {
  readonly page?: number | undefined;
  readonly per_page?: number | undefined;
  readonly sort_field?: string | undefined;
  readonly sort_order?: "asc" | "desc" | undefined;
}

const DEFAULT_PER_PAGE = 20;

function pageOf<T extends Thing>(things: readonly T[], paging: Paging): Found<T> {
  const { page = 1, per_page = DEFAULT_PER_PAGE, sort_field: field, sort_order: order = "asc" } = paging;
  const sorted = field === undefined ? things : [...things].sort(byField(field, order === "asc" ? 1 : -1));
  return { data: sorted.slice((page - 1) * per_page, page * per_page), page, per_page, total: things.length };
}

/** `sort_field` may carry the saved object's type (`exception-list.created_at`). */
function byField(field: string, sign: number): (a: Thing, b: Thing) => number {
  const name = field
    .replace(/^exception-list(?:-agnostic)?\.(?:attributes\.)?/, "")
    .replace(/\.keyword$/, "");
  const key = (thing: Thing): string =>
    textOf((thing as unknown as Record<string, unknown>)[name]).toLowerCase();
  return (a, b) => (key(a) < key(b) ? -sign : key(a) > key(b) ? sign : 0);
}

/** Whether a thing passes a filter such as `exception-list.attributes.name: "x"`. */
function thingFilter(filter: string | undefined): (thing: Thing) => boolean {
  if (filter === undefined) return () => true;
  try {
    return compileFilter(filter, THING_ATTRIBUTES);
  } catch (error) {
    if (error instanceof KqlError) throw new SiemError(400, error.message);
    throw error;
  }
}

const PREFIX = /^exception-list(?:-agnostic)?\.attributes\./;

const THING_ATTRIBUTES: Attributes<Thing> = {
  check(field) {
    if (field !== undefined && PREFIX.test(field)) return;
    throw new SiemError(
      400,
      `This key '${field ?? ""}' need to be wrapped by a saved object type like exception-list,exception-list-agnostic: Bad Request`,
    );
  },
  typeOf(field) {
    const [name = "", ...rest] = field.replace(PREFIX, "").split(".");
    const isText = rest.length === 0 ? TEXTS.has(name) : rest.at(-1) === "text";
    return isText ? "text" : DATES.has(name) ? "date" : "keyword";
  },
  valuesOf(thing, field) {
    const prefix = `${SAVED_OBJECT[thing.namespace_type]}.attributes.`;
    if (!field.startsWith(prefix)) return [];
    const [name = "", ...rest] = field.slice(prefix.length).split(".");
    if (name === "list_type") return ["item_id" in thing ? "item" : "list"];
    let value: unknown = (thing as unknown as Record<string, unknown>)[name];
    const isMultiField = rest.at(-1) === "keyword" || rest.at(-1) === "text";
    for (const key of isMultiField ? rest.slice(0, -1) : rest) {
      value = ([value] as unknown[])
        .flat(9)
        .flatMap((each) => (each as Record<string, unknown> | undefined)?.[key] ?? []);
    }
    return ([value] as unknown[]).flat(9).filter((each) => each !== undefined && each !== null);
  },
};

function namespaces(text: string | undefined): NamespaceType[] {
  const names = (text ?? "single").split(",").map((name) => name.trim());
  const unknown = names.find((name) => name !== "single" && name !== "agnostic");
  if (unknown !== undefined) {
    throw new SiemError(400, `[request query]: namespace_type: Invalid value "${unknown}"`);
  }
  return names as NamespaceType[];
}

export function findLists(actor: Actor, query: Infer<typeof findQuery>): Found<ExceptionListResponse> {
  const passes = thingFilter(query.filter);
  const lists = [...new Set(namespaces(query.namespace_type))]
    .flatMap((namespace) => [...exceptionsOf(actor, namespace).lists.values()])
    .filter(passes);
  return pageOf(lists, query);
}

export function findItems(actor: Actor, query: Infer<typeof findItemsQuery>): Found<ExceptionItemResponse> {
  const ids = query.list_id.split(",").map((id) => id.trim());
  const spaces = namespaces(query.namespace_type ?? ids.map(() => "single").join(","));
  const filters =
    query.filter === undefined ? [] : ids.length === 1 ? [query.filter] : query.filter.split(",");
  mustMatch("namespace_id", "namespace_type", ids.length, spaces.length);
  if (filters.length > 0) mustMatch("filter", "filter", ids.length, filters.length);
  const known = ids.filter((id, i) => exceptionsOf(actor, spaces[i]!).lists.named(id) !== undefined);
  if (known.length === 0) throw new SiemError(404, `exception list id: "${query.list_id}" does not exist`);
  const items = ids.flatMap((id, i) =>
    exceptionsOf(actor, spaces[i]!).items.inGroup(id).filter(thingFilter(filters[i])),
  );
  return pageOf(items.filter(searchFilter(query.search)), query);
}

function mustMatch(what: string, name: string, ids: number, others: number): void {
  if (ids === others) return;
  throw new SiemError(
    400,
    `list_id and ${what} need to have the same comma separated number of values. Expected list_id length: ${ids} to equal ${name} length: ${others}`,
  );
}

/** The plain search of items: any word of it, in the name, the description or the values. */
function searchFilter(search: string | undefined): (item: ExceptionItemResponse) => boolean {
  if (search === undefined || search.trim() === "") return () => true;
  const wanted = search.toLowerCase().split(/\s+/);
  return (item) => {
    const text = [item.name, item.description, item.item_id, JSON.stringify(item.entries)]
      .join(" ")
      .toLowerCase();
    return wanted.some((word) => text.includes(word));
  };
}
