/** What each request to Kibana may consist of, from the description of its API: nothing else, and nothing less. */
import * as t from "io-ts";
import { decodeWith, type Decoded } from "../../src/kibana/wire/decode.js";
import { form, freeObject, texts } from "../../src/kibana/wire/form.js";
import { nonBlankText, sized, wholeNumber } from "../../src/kibana/wire/scalars.js";
import {
  decodeConnectorCreate,
  decodeConnectorSavedObject,
  decodeConnectorUpdate,
  decodeExportedItem,
  decodeExportedList,
  decodeExportedRule,
  decodeItemCreate,
  decodeItemUpdate,
  decodeListCreate,
  decodeListUpdate,
  decodeRuleCreate,
  decodeRulePatch,
  decodeRuleUpdate,
  decodeValueListCreate,
  decodeValueListUpdate,
} from "../../src/kibana/wire.js";

export type Query = Readonly<Record<string, string>>;
type Check = (value: unknown) => string[];

export interface Shape {
  readonly request: RegExp;
  /** Parameters that may be there; one that ends in `!` must be. */
  readonly query?: readonly string[];
  /** What else is to hold of the query. */
  readonly together?: (query: Query) => string[];
  /** What the JSON body must be; absent: there is none. */
  readonly body?: Check;
  /** Whether the body may be absent. */
  readonly bodyOptional?: true;
  /** What the uploaded file must be; absent: there is none. */
  readonly file?: (name: string, text: string) => string[];
  readonly internal?: "plain" | "versioned";
}

const by =
  (decode: (value: unknown) => Decoded<unknown>): Check =>
  (value) => {
    const decoded = decode(value);
    return decoded.ok ? [] : decoded.errors;
  };
const strict = (codec: t.Mixed): Check =>
  by((value) => decodeWith(codec as t.Type<unknown>, value, "reject"));

const one =
  (...names: string[]) =>
  (query: Query): string[] =>
    names.filter((name) => name in query).length === 1
      ? []
      : [`exactly one of ${names.join(" and ")} is wanted`];

const sorted = (query: Query): string[] =>
  "sort_field" in query === "sort_order" in query ? [] : ["sort_field and sort_order go together"];

const parts = (text = ""): number => text.split(",").length;
const paired = (query: Query): string[] =>
  parts(query["list_id"]) === parts(query["namespace_type"])
    ? sorted(query)
    : ["list_id and namespace_type have as many parts"];

const MOST_EXPORTED = 10_000;
const MOST_IMPORTED = 9_999;
const IMPORT_BYTES = 10_485_760;
const VALUES_BYTES = 9_000_000;

const space = form(
  { id: t.string, name: nonBlankText },
  {
    description: t.string,
    color: t.string,
    initials: t.string,
    imageUrl: t.string,
    disabledFeatures: texts,
    solution: t.keyof({ security: null, oblt: null, es: null, classic: null }),
  },
);

const whole = { ids: sized(t.string, 1, 100), query: t.string };
const edits = t.array(
  t.union([
    form(
      {
        type: t.keyof({
          add_tags: null,
          delete_tags: null,
          set_tags: null,
          add_index_patterns: null,
          delete_index_patterns: null,
          set_index_patterns: null,
        }),
        value: texts,
      },
      { overwrite_data_views: t.boolean },
    ),
    form(
      { type: t.literal("set_schedule"), value: form({ interval: t.string, lookback: t.string }, {}) },
      {},
    ),
  ]),
);
const bulk: Check = (value) => {
  const { action, ids, query } = value as { action?: unknown; ids?: unknown; query?: unknown };
  const own =
    action === "edit"
      ? form({ action: t.literal("edit"), edit: edits }, whole)
      : action === "duplicate"
        ? form(
            {
              action: t.literal("duplicate"),
              duplicate: form({ include_exceptions: t.boolean, include_expired_exceptions: t.boolean }, {}),
            },
            whole,
          )
        : form({ action: t.keyof({ enable: null, disable: null, delete: null, export: null }) }, whole);
  return [
    ...strict(own)(value),
    // Neither means every rule of the space: nothing here ever wants that.
    ...((ids === undefined) === (query === undefined) ? ["exactly one of ids and query is wanted"] : []),
  ];
};

const preview: Check = (value) => {
  const { invocationCount, timeframeEnd, ...rule } = value as Record<string, unknown>;
  const run = form({ invocationCount: wholeNumber(1), timeframeEnd: t.string }, {});
  const isIso = typeof timeframeEnd === "string" && !Number.isNaN(Date.parse(timeframeEnd));
  return [
    ...strict(run)({ invocationCount, timeframeEnd }),
    ...(isIso ? [] : ["timeframeEnd: not an ISO date-time"]),
    ...by(decodeRuleCreate)(rule),
  ];
};

/** The lines of a bundle, told apart as Kibana does. */
function bundle(name: string, text: string): string[] {
  const lines = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const isRule = (line: Record<string, unknown>): boolean =>
    !["exported_count", "list_id", "item_id", "entries", "attributes"].some((key) => key in line);
  return [
    ...(name.toLowerCase().endsWith(".ndjson") ? [] : [`file ${name}: not .ndjson`]),
    ...(Buffer.byteLength(text) > IMPORT_BYTES ? ["the bundle is too large"] : []),
    ...(lines.filter(isRule).length > MOST_IMPORTED ? ["too many rules"] : []),
    ...lines.flatMap((line) => {
      if ("exported_count" in line) return [];
      if ("item_id" in line || "entries" in line)
        return by((value) => decodeExportedItem(value, "reject"))(line);
      if ("list_id" in line) return by((value) => decodeExportedList(value, "reject"))(line);
      if ("attributes" in line) return by((value) => decodeConnectorSavedObject(value, "reject"))(line);
      return by((value) => decodeExportedRule(value, "reject"))(line);
    }),
  ];
}

function valuesFile(name: string, text: string): string[] {
  return [
    ...(/\.(?:txt|csv)$/i.test(name) ? [] : [`file ${name}: neither .txt nor .csv`]),
    ...(Buffer.byteLength(text) > VALUES_BYTES ? ["the file is too large"] : []),
  ];
}

const exported = form({}, { objects: sized(form({ rule_id: t.string }, {}), 1, MOST_EXPORTED) });

const RULES = "/api/detection_engine/rules";
const LISTS = "/api/exception_lists";
const ITEMS = `${LISTS}/items`;
const VALUES = "/api/lists";
const CONNECTOR = "/api/actions/connector";
/** A UUID: other ids are refused for connectors, which hold secrets. */
const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
const PAGES = ["page", "per_page", "sort_field", "sort_order", "filter"];
const exactly = (method: string, path: string): RegExp => new RegExp(`^${method} ${path}$`);

export const SHAPES: readonly Shape[] = [
  { request: exactly("GET", "/api/status") },
  { request: exactly("GET", "/api/features") },
  { request: exactly("GET", "/api/data_views") },
  { request: exactly("GET", "/api/timeline"), query: ["id", "template_timeline_id"] },
  { request: exactly("GET", "/internal/security/me"), internal: "plain" },
  { request: exactly("GET", "/api/licensing/info"), internal: "plain" },
  { request: exactly("GET", "/api/spaces/space(/[^/]+)?") },
  { request: exactly("POST", "/api/spaces/space"), body: strict(space) },

  { request: exactly("GET", "/api/detection_engine/privileges") },
  { request: exactly("GET", "/api/detection_engine/index") },
  { request: exactly("GET", RULES), query: ["id", "rule_id"], together: one("id", "rule_id") },
  { request: exactly("DELETE", RULES), query: ["id", "rule_id"], together: one("id", "rule_id") },
  { request: exactly("POST", RULES), body: by(decodeRuleCreate) },
  { request: exactly("PUT", RULES), body: by(decodeRuleUpdate) },
  { request: exactly("PATCH", RULES), body: by((value) => decodeRulePatch(value)) },
  { request: exactly("GET", `${RULES}/_find`), query: [...PAGES, "fields"], together: sorted },
  {
    request: exactly("POST", `${RULES}/_export`),
    query: ["exclude_export_details", "file_name"],
    body: strict(exported),
    bodyOptional: true,
  },
  {
    request: exactly("POST", `${RULES}/_import`),
    query: ["overwrite", "overwrite_exceptions", "overwrite_action_connectors", "as_new_list"],
    file: bundle,
  },
  { request: exactly("POST", `${RULES}/_bulk_action`), query: ["dry_run"], body: bulk },
  { request: exactly("POST", `${RULES}/preview`), query: ["enable_logged_requests"], body: preview },
  {
    request: exactly("POST", "/internal/search/(es|ese)"),
    body: strict(form({ params: freeObject }, {})),
    internal: "versioned",
  },
  {
    request: exactly("POST", "/api/console/proxy"),
    query: ["method!", "path!"],
    body: strict(freeObject),
    internal: "plain",
  },

  {
    request: exactly("(GET|DELETE)", LISTS),
    query: ["id", "list_id", "namespace_type"],
    together: one("id", "list_id"),
  },
  { request: exactly("POST", LISTS), body: by(decodeListCreate) },
  { request: exactly("PUT", LISTS), body: by(decodeListUpdate) },
  { request: exactly("GET", `${LISTS}/_find`), query: [...PAGES, "namespace_type"], together: sorted },
  {
    request: exactly("(GET|DELETE)", ITEMS),
    query: ["id", "item_id", "namespace_type"],
    together: one("id", "item_id"),
  },
  { request: exactly("POST", ITEMS), body: by(decodeItemCreate) },
  { request: exactly("PUT", ITEMS), body: by(decodeItemUpdate) },
  {
    request: exactly("GET", `${ITEMS}/_find`),
    query: [...PAGES, "list_id!", "namespace_type", "search"],
    together: paired,
  },

  { request: exactly("GET", VALUES), query: ["id!"] },
  // Never deleteReferences: Kibana then deletes whole exception items.
  { request: exactly("DELETE", VALUES), query: ["id!"] },
  { request: exactly("POST", VALUES), body: by(decodeValueListCreate) },
  { request: exactly("PUT", VALUES), body: by(decodeValueListUpdate) },
  { request: exactly("GET", `${VALUES}/_find`), query: [...PAGES, "cursor"], together: sorted },
  { request: exactly("(GET|POST)", `${VALUES}/index`) },
  { request: exactly("GET", `${VALUES}/privileges`) },
  {
    request: exactly("GET", `${VALUES}/items/_find`),
    query: [...PAGES, "list_id!", "cursor"],
    together: sorted,
  },
  { request: exactly("DELETE", `${VALUES}/items`), query: ["list_id!", "value!"] },
  {
    request: exactly("POST", `${VALUES}/items`),
    body: strict(form({ list_id: nonBlankText, value: t.string }, { id: nonBlankText, meta: freeObject })),
  },
  { request: exactly("POST", `${VALUES}/items/_export`), query: ["list_id!"] },
  { request: exactly("POST", `${VALUES}/items/_import`), query: ["list_id!"], file: valuesFile },

  { request: exactly("GET", "/api/actions/connectors") },
  { request: exactly("(GET|DELETE)", `${CONNECTOR}/[^/]+`) },
  { request: exactly("POST", `${CONNECTOR}/${UUID}`), body: by(decodeConnectorCreate) },
  { request: exactly("PUT", `${CONNECTOR}/[^/]+`), body: by(decodeConnectorUpdate) },
];
