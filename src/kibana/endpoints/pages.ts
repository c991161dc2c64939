import { isJson, type Json } from "../../json/index.js";
import type { Call, Client } from "../client.js";
import { isKibanaError } from "../errors.js";
import { incomplete, objects, unexpected } from "./values.js";

/** A list that Kibana gives in pages. */
export interface Paged {
  /** Without `page` and `per_page`. */
  readonly call: Call;
  /** Entries of a page. */
  readonly size: number;
  /** How many entries pages reach at most; all unless told otherwise. */
  readonly reach?: number;
  /** Whether `total` may end at the search's window, and a cursor leads to the pages behind it, as with value lists. */
  readonly isCapped?: boolean;
}

/** Where Elasticsearch stops counting, unless it is asked to count all. */
export const WINDOW = 10_000;
/** Readings of a list, which somebody may change while its pages are read. */
const READS = 3;

/**
 * All entries of a list, or those that its pages reach, and how many there are. Proves that they are whole: each page has as
 * many entries as `total` promises, `total` is the same on all pages, and no entry comes twice. A list that does not hold that
 * is read again, because it may have been changed in between.
 *
 * @throws KibanaError of kind `incomplete`
 */
export async function readPages(client: Client, paged: Paged): Promise<{ total: number; entries: Json[] }> {
  for (let reads = 1; ; reads++) {
    try {
      return await readOnce(client, paged);
    } catch (error) {
      if (!isKibanaError(error, "incomplete") || reads === READS) throw error;
    }
  }
}

async function readOnce(
  client: Client,
  { call, size, reach = Number.POSITIVE_INFINITY, isCapped = false }: Paged,
): Promise<{ total: number; entries: Json[] }> {
  const entries: Json[] = [];
  const ids = new Set<string>();
  let total: number | undefined;
  let cursor: string | undefined;
  for (let page = 1; ; page++) {
    const query = { ...call.query, page, per_page: size, cursor };
    const found = pageIn(await pageOf(client, { ...call, query }, page), call, size);
    if (found.page !== undefined && found.page !== page)
      throw incomplete(call, `it is page ${found.page}, and not page ${page}`);
    if (total !== undefined && found.total !== total)
      throw incomplete(call, `its total went from ${total} to ${found.total} while its pages were read`);
    total = found.total;
    // From there on `total` may mean "at least so many".
    const isOpen = isCapped && total >= WINDOW;
    const last = Math.min(total, reach);
    const promised = Math.min(found.size, last - entries.length);
    const { data } = found;
    if (isOpen ? data.length > found.size : data.length !== promised)
      throw incomplete(
        call,
        `page ${page} has ${data.length} of the ${promised} entries that its total ${total} promises`,
      );
    for (const { id } of data) {
      if (typeof id !== "string") continue;
      if (ids.has(id)) throw incomplete(call, `the entry "${id}" comes twice`);
      ids.add(id);
    }
    entries.push(...data);
    if (isOpen ? data.length < found.size : entries.length >= last) {
      if (entries.length < last)
        throw incomplete(call, `it has ${entries.length} entries, and its total is ${total}`);
      return { total: Math.max(total, entries.length), entries };
    }
    cursor = found.cursor;
  }
}

/** A page behind the first one is there as long as its list is. */
async function pageOf(client: Client, call: Call, page: number): Promise<unknown> {
  try {
    return await client.json(call);
  } catch (error) {
    if (page > 1 && isKibanaError(error, "not-found")) throw incomplete(call, `page ${page} is not there`);
    throw error;
  }
}

interface Page {
  readonly page: number | undefined;
  /** As many entries as a page has: a Kibana may give fewer than it was asked for. */
  readonly size: number;
  readonly total: number;
  readonly data: readonly Json[];
  readonly cursor: string | undefined;
}

function pageIn(body: unknown, call: Call, asked: number): Page {
  if (!isJson(body)) throw unexpected(call);
  const { total, page, perPage, per_page: granted = perPage, cursor } = body;
  if (!isCount(total)) throw unexpected(call);
  return {
    page: isCount(page) ? page : undefined,
    size: isCount(granted) && granted > 0 ? Math.min(granted, asked) : asked,
    total,
    data: objects(body["data"], call),
    cursor: typeof cursor === "string" ? cursor : undefined,
  };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
