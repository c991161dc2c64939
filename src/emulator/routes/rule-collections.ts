/** `/api/detection_engine/rules/_…`: many rules at a time. */
import { SiemError } from "../http/errors.js";
import { linesOf, uploaded } from "../http/multipart.js";
import { ndjson } from "../http/responses.js";
import type { Call, Route } from "../http/call.js";
import { checkedBody, checkedQuery } from "../http/route.js";
import { bulkAction } from "../rules/bulk.js";
import { exportLines } from "../rules/export.js";
import { findRules } from "../rules/find.js";
import { importRules } from "../rules/import.js";
import type { StoredRule } from "../store/state.js";
import { array, booleanText, nullable, object, string, withDefault } from "../validate/schema.js";
import { RULES } from "./rules.js";

const MOST_EXPORTED = 10_000;
const MOST_IMPORT_BYTES = 10_485_760;

const off = withDefault(booleanText(), () => false);

const exportQuery = object({
  exclude_export_details: off,
  file_name: withDefault(string(), () => "export.ndjson"),
});
const exportBody = nullable(object({ objects: array(object({ rule_id: string() })) }));

function exportRules(call: Call): Response {
  const query = checkedQuery(call, exportQuery);
  const body = checkedBody(call, exportBody);
  const { rules } = call.space;
  if (rules.size > MOST_EXPORTED || (body?.objects.length ?? 0) > MOST_EXPORTED) {
    throw new SiemError(400, `Can't export more than ${MOST_EXPORTED} rules`);
  }
  const wanted = body?.objects.map((object) => object.rule_id);
  // Before they could be customised, prebuilt rules were told to be missing.
  const isExported = (rule: StoredRule | undefined): rule is StoredRule =>
    rule !== undefined && (!rule.immutable || call.kernel.has("prebuiltCustomization"));
  const candidates = wanted?.map((id) => rules.named(id)) ?? [...rules.values()];
  const found = candidates.filter(isExported);
  const missing = wanted?.filter((id) => !isExported(rules.named(id))) ?? [];
  const lines = exportLines(call, found, { rulesOnly: query.exclude_export_details, missing });
  return ndjson(lines, query.file_name);
}

const importQuery = object({
  overwrite: off,
  overwrite_exceptions: off,
  overwrite_action_connectors: off,
  as_new_list: off,
});

/** The lines of an uploaded export. Throws a `SiemError` where its name has another ending. */
export async function uploadedLines(call: Call): Promise<string[]> {
  const { name, text } = await uploaded(call.bytes, call.contentType);
  const extension = /\.[^.]*$/.exec(name)?.[0] ?? "";
  if (extension.toLowerCase() !== ".ndjson") throw new SiemError(400, `Invalid file extension ${extension}`);
  return linesOf(text);
}

export const ruleCollectionRoutes: readonly Route[] = [
  { method: "GET", path: `${RULES}/_find`, privilege: "read", handle: findRules },
  { method: "POST", path: `${RULES}/_export`, privilege: "read", readOnly: true, handle: exportRules },
  {
    method: "POST",
    path: `${RULES}/_import`,
    privilege: "write",
    upload: true,
    maxBytes: MOST_IMPORT_BYTES,
    handle: async (call) => {
      const flags = checkedQuery(call, importQuery);
      return importRules(call, await uploadedLines(call), flags);
    },
  },
  { method: "POST", path: `${RULES}/_bulk_action`, privilege: "read", handle: bulkAction },
  {
    method: "GET",
    path: "/api/detection_engine/tags",
    privilege: "read",
    handle: ({ space }) => [...new Set([...space.rules.values()].flatMap((rule) => rule.tags))],
  },
];
