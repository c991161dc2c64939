import { isJson, type Json } from "../../json/index.js";
import {
  createValueList,
  deleteValue,
  getValueList,
  importValues,
  type LiveValueList,
  updateValueList,
} from "../../kibana/endpoints/index.js";
import { isSameMark, markOf, UNFINISHED } from "../form/mark.js";
import type { Body, Change } from "../plan/types.js";
import { inPool } from "./pool.js";
import { updated } from "./updated.js";
import type { Writing } from "./write.js";

type Named = Body & { readonly id: string; readonly name: string; readonly description: string };

/**
 * Makes or updates a value list and its values. The list and its values are not written at once: until all of them are
 * there the list's mark has no digest, so that one that was cut off is not taken for one that somebody edited.
 */
export async function writeValueList(
  change: Change,
  { client, space, streams }: Pick<Writing, "client" | "space" | "streams">,
): Promise<void> {
  const { body, values = { add: [], remove: [] } } = change.write!;
  const { id, name, description, type } = body as Named & { type: string };
  const meta = isJson(body["meta"]) ? body["meta"] : {};
  const inWork = values.add.length + values.remove.length > 0 ? unfinished(meta) : meta;
  const isOurs = (sent: Json) => (found: LiveValueList) => isSameMark(markOf(found["meta"]), markOf(sent));
  const put = (as: Json, _version?: string): Promise<LiveValueList> =>
    updated(
      updateValueList(client, space, {
        id,
        name,
        description,
        meta: as,
        ...(_version === undefined ? {} : { _version }),
      }),
      () => getValueList(client, space, id),
      isOurs(as),
    );

  if (change.action === "create") {
    await streams();
    await createValueList(client, space, { id, name, description, type, meta: inWork }, isOurs(inWork));
  } else {
    await put(inWork, change.expected?._version);
  }
  await importValues(client, space, id, values.add);
  await inPool(values.remove, client.concurrency, (value) => deleteValue(client, space, id, value));
  if (inWork !== meta) await put(meta);
}

function unfinished(meta: Json): Json {
  const mark = markOf(meta);
  return mark === undefined ? meta : { ...meta, kdac: { ...mark, digest: UNFINISHED } };
}
