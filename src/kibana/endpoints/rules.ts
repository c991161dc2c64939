import { isJson, type Json } from "../../json/index.js";
import type { Call, Client } from "../client.js";
import { isKibanaError, type KibanaError } from "../errors.js";
import { createWithReadBack, orUndefined } from "./read-back.js";
import { readExport } from "./export-lines.js";
import { readPages, WINDOW } from "./pages.js";
import { type Asked, incomplete, unexpected, withStrings } from "./values.js";

const RULES = "/api/detection_engine/rules";
const READ = "Security: Rules, read";
const WRITE = "Security: Rules, all";
const PAGE = 1_000;
const FIND = { method: "GET", path: `${RULES}/_find`, doing: "find rules" } as const;

/** A rule as Kibana returns it: at least these, whatever else its version adds. */
export type LiveRule = Json & { readonly id: string; readonly rule_id: string; readonly name: string };

/** A rule's name in Kibana's API: by the id that the author chose, or by the one that Kibana made. */
export type RuleKey = { readonly rule_id: string } | { readonly id: string };

/** `GET /rules`; undefined when there is no such rule. */
export async function getRule(client: Client, space: string, key: RuleKey): Promise<LiveRule | undefined> {
  return orUndefined(
    one(client, {
      ...at(space, READ),
      method: "GET",
      query: "rule_id" in key ? { rule_id: key.rule_id } : { id: key.id },
      doing: `read rule ${quoted(key)}`,
      repeat: "repeatable",
    }),
  );
}

/**
 * `POST /rules`. A 409, or a connection that breaks, is followed by a read: the rule found counts as created when `isOurs`
 * says that it is this one.
 */
export function createRule(
  client: Client,
  space: string,
  rule: Json & { readonly rule_id: string },
  isOurs: (found: LiveRule) => boolean,
): Promise<LiveRule> {
  return createWithReadBack<LiveRule>(client, {
    create: () =>
      one(client, {
        ...at(space, WRITE),
        method: "POST",
        body: rule,
        doing: `create rule ${quoted(rule)}`,
        repeat: "refused-only",
      }),
    read: () => getRule(client, space, { rule_id: rule.rule_id }),
    isOurs,
  });
}

/** `PUT /rules`: replaces every field; what is left out returns to its default, but for `enabled` and `version`. */
export function updateRule(
  client: Client,
  space: string,
  rule: Json & { readonly rule_id: string },
): Promise<LiveRule> {
  return one(client, {
    ...at(space, WRITE),
    method: "PUT",
    body: rule,
    doing: `update rule ${quoted(rule)}`,
    repeat: "repeatable",
  });
}

/** `PATCH /rules`: changes the fields that are sent. It cannot clear a field; PUT can. */
export function patchRule(
  client: Client,
  space: string,
  patch: Json & { readonly rule_id: string },
): Promise<LiveRule> {
  return one(client, {
    ...at(space, WRITE),
    method: "PATCH",
    body: patch,
    doing: `change rule ${quoted(patch)}`,
    repeat: "repeatable",
  });
}

/** `DELETE /rules`: the rule as it was; undefined where it is gone already, which counts as deleted. */
export function deleteRule(client: Client, space: string, key: RuleKey): Promise<LiveRule | undefined> {
  return orUndefined(
    one(client, {
      ...at(space, WRITE),
      method: "DELETE",
      query: "rule_id" in key ? { rule_id: key.rule_id } : { id: key.id },
      doing: `delete rule ${quoted(key)}`,
      repeat: "repeatable",
    }),
  );
}

export interface FindRules {
  /** KQL on saved-object attributes, such as `alert.attributes.params.ruleId: "x"`. */
  readonly filter?: string;
  /** Rules of a page; 1,000, some megabytes, unless told otherwise. */
  readonly perPage?: number;
  readonly sort?: { readonly field: "created_at"; readonly order: "asc" | "desc" };
}

/** `GET /rules/_find`: the rules that a search reaches, which are {@link WINDOW} at most, and how many there are. */
export async function findRules(
  client: Client,
  space: string,
  { filter, perPage = PAGE, sort }: FindRules,
): Promise<{ total: number; rules: LiveRule[] }> {
  const call: Call = {
    ...at(space, READ),
    ...FIND,
    query: { filter, sort_field: sort?.field, sort_order: sort?.order },
    repeat: "repeatable",
    large: true,
  };
  const { total, entries } = await readPages(client, { call, size: perPage, reach: WINDOW });
  return { total, rules: entries.map((rule) => live(rule, call)) };
}

/** That searches did not bring all rules that the first one counted. */
export function incompleteRules(space: string, found: number, total: number): KibanaError {
  return incomplete({ ...FIND, space }, `its searches bring ${found} rules, and there are ${total}`);
}

/**
 * `POST /rules/_export`: rules with the exception lists, items and connectors that they refer to, as the lines of the file
 * without its summary, which has proven them whole. Prebuilt rules are left out before 8.18. Not more than 10,000 rules
 * may be asked for, or exist in the space.
 *
 * @param keep what is kept of a line, each of which is given to it when it is read, so that an estate need not be held whole
 */
export async function exportRules(
  client: Client,
  space: string,
  ruleIds?: readonly string[],
  keep?: (line: Json) => Json,
): Promise<Json[]> {
  const call: Call = {
    ...at(space, READ),
    path: `${RULES}/_export`,
    method: "POST",
    ...(ruleIds === undefined ? {} : { body: { objects: ruleIds.map((rule_id) => ({ rule_id })) } }),
    doing: "export rules",
    repeat: "repeatable",
    large: true,
  };
  const answer = await client.send(call);
  return readExport(answer.bytes ?? answer.text, call, ruleIds, keep);
}

/** Whether an export was refused because the space holds more rules than Kibana exports. */
export function isTooManyToExport(error: unknown): boolean {
  return (
    isKibanaError(error, "validation") &&
    error.messages.some((message) => message.startsWith("Can't export more than"))
  );
}

export interface ImportOptions {
  readonly overwrite?: boolean;
  readonly overwriteExceptions?: boolean;
  readonly overwriteConnectors?: boolean;
}

/** `POST /rules/_import`: sends a bundle, once. The answer is a report: it may name rules that failed. */
export async function importRules(
  client: Client,
  space: string,
  bundle: string,
  options: ImportOptions = {},
): Promise<Json> {
  const form = new FormData();
  form.append("file", new Blob([bundle], { type: "application/ndjson" }), "kdac.ndjson");
  const call: Call = {
    ...at(space, WRITE),
    path: `${RULES}/_import`,
    method: "POST",
    query: {
      overwrite: options.overwrite,
      overwrite_exceptions: options.overwriteExceptions,
      overwrite_action_connectors: options.overwriteConnectors,
    },
    form,
    doing: "import rules",
    repeat: "never",
    large: true,
  };
  const body = await client.json(call);
  if (!isJson(body) || typeof body["success"] !== "boolean") throw unexpected(call);
  return body;
}

/** What `_bulk_action` takes at most in one request. */
export const BULK_IDS = 100;

/**
 * `POST /rules/_bulk_action` on rules by Kibana's own ids, at most {@link BULK_IDS}. The 500 with which Kibana reports
 * that some rules failed is an answer here, not an error: see its `attributes`.
 */
export async function bulkAction(
  client: Client,
  space: string,
  action: "enable" | "disable" | "delete",
  ids: readonly string[],
): Promise<Json> {
  const call: Call = {
    ...at(space, WRITE),
    path: `${RULES}/_bulk_action`,
    method: "POST",
    body: { action, ids },
    doing: `${action} rules`,
    repeat: "refused-only",
    accept: [500],
  };
  const body = await client.json(call);
  if (!isJson(body) || !isJson(body["attributes"])) throw unexpected(call);
  return body;
}

function at(space: string, privilege: string): Pick<Call, "path" | "space" | "privilege"> {
  return { path: RULES, space, privilege };
}

async function one(client: Client, call: Call): Promise<LiveRule> {
  return live(await client.json(call), call);
}

function live(value: unknown, asked: Asked): LiveRule {
  return withStrings(value, asked, "id", "rule_id", "name");
}

function quoted(key: object): string {
  return `"${String("rule_id" in key ? key.rule_id : "id" in key ? key.id : "")}"`;
}
