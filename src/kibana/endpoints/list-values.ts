import type { Call, Client } from "../client.js";
import { isKibanaError, KibanaError } from "../errors.js";
import { backOff } from "../retry.js";
import { readPages, WINDOW } from "./pages.js";
import { orUndefined } from "./read-back.js";
import { incomplete, objects, withStrings } from "./values.js";

const ITEMS = "/api/lists/items";
const READ = 'Security, read, and read on the indices ".lists-*" and ".items-*"';
const WRITE = 'Security, all, and write on the indices ".lists-*" and ".items-*"';
/** Kibana takes 9,000,000 bytes in one import; the rest is left to the form around the file. */
const LARGEST_IMPORT = 8_900_000;
/** Reads of the list until what was written is seen, half a second to a few seconds apart. */
const READS = 5;
/** Readings of a list and its count until the two agree. */
const COUNTS = 3;
/** Sends of one chunk. */
const SENDS = 3;

/**
 * `POST /api/lists/items/_export`: the values of a list, one a line of the answer, in no order. The export has no summary, so
 * its lines are counted against the values that a search finds; a last line without its end is a value that is cut. The two are asked for one after the other: where somebody
 * changes the list in between, both are asked again.
 *
 * @throws KibanaError of kind `incomplete` where the counts do not agree
 */
export async function exportValues(client: Client, space: string, id: string): Promise<string[]> {
  const call: Call = {
    ...at(space, `${ITEMS}/_export`, READ),
    method: "POST",
    query: { list_id: id },
    doing: `read the values of value list "${id}"`,
    repeat: "repeatable",
    large: true,
  };
  for (let reads = 1; ; reads++) {
    const { text } = await client.send(call);
    const values = text.split(/\r?\n/).filter((line) => line !== "");
    const count = await countValues(client, space, id, values.length);
    const isEnded = text === "" || text.endsWith("\n");
    if (isEnded && count === values.length) return values;
    if (reads === COUNTS)
      throw incomplete(
        call,
        isEnded
          ? `it has ${values.length} values, and the list "${id}" has ${count}`
          : "it ends within a line",
      );
    await client.clock.sleep(backOff(reads, client.random));
  }
}

/**
 * `GET /api/lists/items/_find`: how many values a list has. A search may stop counting at its window; then the values behind
 * it are counted page by page.
 */
async function countValues(client: Client, space: string, id: string, exported: number): Promise<number> {
  const call: Call = {
    ...at(space, `${ITEMS}/_find`, READ),
    method: "GET",
    query: { list_id: id },
    doing: `count the values of value list "${id}"`,
    repeat: "repeatable",
    large: true,
  };
  const { total } = await readPages(client, { call, size: 1, reach: 1 });
  if (total < WINDOW || total === exported) return total;
  return (await readPages(client, { call, size: WINDOW, isCapped: true })).entries.length;
}

/**
 * `POST /api/lists/items/_import` into a list that exists: adds values, in chunks that Kibana accepts. Kibana adds what it is
 * sent without looking whether the list has it, so nothing is sent twice blindly (trap 24): after a failure that may have
 * had an effect the list is read until it stands still, and only what is missing is sent again.
 *
 * Kibana also drops values that do not fit the list's type without a word, so the list is read back in the end.
 *
 * @param values each at most once, and not in the list yet; none with a line break
 * @throws KibanaError of kind `validation` that names values which Kibana did not store
 */
export async function importValues(
  client: Client,
  space: string,
  id: string,
  values: readonly string[],
): Promise<void> {
  const wanted = [...new Set(values)];
  if (wanted.length === 0) return;
  for (const chunk of chunksOf(wanted)) await importChunk(client, space, id, chunk);
  await verify(client, space, id, wanted);
}

/** Lists of these types find by a value also what is merely like it: texts that contain it, ranges that meet it. */
const FINDS_MORE = /^text$|_range$|^geo_|^shape$/;

/** Deletes a value from a list, all copies of it and nothing else; one that is gone already counts as deleted. */
export async function deleteValue(
  client: Client,
  space: string,
  list: { readonly id: string; readonly type: string },
  value: string,
): Promise<void> {
  if (!FINDS_MORE.test(list.type)) return deleteBy(client, space, list.id, { list_id: list.id, value });
  for (const id of await itemsOf(client, space, list.id, value))
    await deleteBy(client, space, list.id, { id });
}

/** Deletes all copies of a value but one. Where it is gone, or there once, nothing is deleted. */
export async function deleteCopies(
  client: Client,
  space: string,
  list: string,
  value: string,
): Promise<void> {
  for (const id of (await itemsOf(client, space, list, value)).slice(1))
    await deleteBy(client, space, list, { id });
}

/** Kibana's ids of the copies of a value, always in one order. */
async function itemsOf(client: Client, space: string, list: string, value: string): Promise<string[]> {
  const call: Call = {
    ...at(space, ITEMS, READ),
    method: "GET",
    query: { list_id: list, value },
    doing: `read a value of value list "${list}"`,
    repeat: "repeatable",
  };
  const found = await orUndefined(client.json(call));
  if (found === undefined) return [];
  return objects([found].flat(), call)
    .map((item) => withStrings(item, call, "id", "value"))
    .filter((item) => item.value === value)
    .map(({ id }) => id)
    .sort();
}

async function deleteBy(
  client: Client,
  space: string,
  list: string,
  query: Readonly<Record<string, string>>,
): Promise<void> {
  const call: Call = {
    ...at(space, ITEMS, WRITE),
    method: "DELETE",
    query,
    doing: `delete a value of value list "${list}"`,
    repeat: "repeatable",
  };
  const deleted = await orUndefined(client.json(call));
  // All copies of the value, or the one that there was.
  if (deleted !== undefined) for (const one of [deleted].flat()) withStrings(one, call, "id", "list_id");
}

async function importChunk(
  client: Client,
  space: string,
  id: string,
  chunk: readonly string[],
): Promise<void> {
  let missing = chunk;
  for (let sends = 1; missing.length > 0; sends++) {
    try {
      await sendChunk(client, space, id, missing);
      return;
    } catch (error) {
      if (!isKibanaError(error) || sends === SENDS) throw error;
      if (isKibanaError(error, "throttled", "unavailable") && error.effect !== "unknown") {
        await client.clock.sleep(Math.max(error.retryAfter ?? 0, backOff(sends, client.random)));
      } else if (error.effect === "unknown") {
        missing = lacking(missing, await settled(client, space, id));
      } else throw error;
    }
  }
}

async function sendChunk(
  client: Client,
  space: string,
  id: string,
  values: readonly string[],
): Promise<void> {
  const form = new FormData();
  const text = values.map((value) => `${value}\n`).join("");
  form.append("file", new Blob([text], { type: "text/plain" }), "kdac.txt");
  const call: Call = {
    ...at(space, `${ITEMS}/_import`, WRITE),
    method: "POST",
    query: { list_id: id },
    form,
    doing: `add ${values.length} values to value list "${id}"`,
    repeat: "never",
    large: true,
  };
  withStrings(await client.json(call), call, "id", "name", "type");
}

/** The list's values when two readings agree: Kibana may still be at work on a request whose connection broke. */
async function settled(client: Client, space: string, id: string): Promise<readonly string[]> {
  let before: readonly string[] | undefined;
  for (let reads = 1; ; reads++) {
    // Elasticsearch shows what was written after a second; a shorter look would take a busy list for a quiet one.
    await client.clock.sleep(1000 + backOff(reads, client.random));
    const now = await exportValues(client, space, id);
    if (before?.length === now.length || reads === READS) return now;
    before = now;
  }
}

/** Reads the list until it has the values: Elasticsearch shows what was written after a second or so. */
async function verify(client: Client, space: string, id: string, wanted: readonly string[]): Promise<void> {
  for (let reads = 1; ; reads++) {
    const missing = lacking(wanted, await exportValues(client, space, id));
    if (missing.length === 0) return;
    if (reads === READS) throw notStored(id, missing);
    await client.clock.sleep(backOff(reads, client.random));
  }
}

function lacking(wanted: readonly string[], stored: readonly string[]): string[] {
  const there = new Set(stored.map((value) => value.trim()));
  return wanted.filter((value) => !there.has(value.trim()));
}

function notStored(id: string, missing: readonly string[]): KibanaError {
  const some = missing
    .slice(0, 3)
    .map((value) => JSON.stringify(value))
    .join(", ");
  return new KibanaError({
    kind: "validation",
    problem: `value list "${id}" did not take ${missing.length} value${missing.length === 1 ? "" : "s"}: ${some}${missing.length > 3 ? ", …" : ""}`,
    help: "check that they fit the list's type",
    effect: "answered",
  });
}

/** Values in order, in as few parts as the limit on an import permits. */
function* chunksOf(values: readonly string[]): Generator<string[]> {
  let chunk: string[] = [];
  let bytes = 0;
  for (const value of values) {
    const size = Buffer.byteLength(value) + 1;
    if (bytes + size > LARGEST_IMPORT && chunk.length > 0) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(value);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}

function at(space: string, path: string, privilege: string): Pick<Call, "path" | "space" | "privilege"> {
  return { path, space, privilege };
}
