import { isJson, type Json } from "../../json/index.js";
import type { Call, Client } from "../client.js";
import { isKibanaError } from "../errors.js";
import { createWithReadBack, orUndefined } from "./read-back.js";
import { ndjson, objects, unexpected, withStrings } from "./values.js";

const RULES = "/api/detection_engine/rules";
const READ = "Security: Rules, read";
const WRITE = "Security: Rules, all";

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

/** `DELETE /rules`; a rule that is gone already counts as deleted. */
export async function deleteRule(client: Client, space: string, key: RuleKey): Promise<void> {
  await orUndefined(
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
  /** From 1. */
  readonly page?: number;
  /** At most 10,000, the search's own limit. */
  readonly perPage?: number;
  readonly sort?: { readonly field: "created_at"; readonly order: "asc" | "desc" };
}

/** `GET /rules/_find`: one page of rules, and how many there are. */
export async function findRules(
  client: Client,
  space: string,
  find: FindRules,
): Promise<{ total: number; rules: LiveRule[] }> {
  const doing = "find rules";
  const body = await client.json({
    ...at(space, READ),
    path: `${RULES}/_find`,
    method: "GET",
    query: {
      filter: find.filter,
      page: find.page,
      per_page: find.perPage,
      sort_field: find.sort?.field,
      sort_order: find.sort?.order,
    },
    doing,
    repeat: "repeatable",
    large: true,
  });
  if (!isJson(body) || typeof body["total"] !== "number") throw unexpected(doing);
  return { total: body["total"], rules: objects(body["data"]).map((rule) => live(rule, doing)) };
}

/**
 * `POST /rules/_export`: rules with the exception lists, items and connectors that they refer to, as the lines of
 * the file. Prebuilt rules are left out before 8.18. Not more than 10,000 rules may be asked for, or exist in the space.
 *
 * @param keep what is kept of a line, each of which is given to it when it is read, so that an estate need not be held whole
 */
export async function exportRules(
  client: Client,
  space: string,
  ruleIds?: readonly string[],
  keep?: (line: Json) => Json,
): Promise<Json[]> {
  const doing = "export rules";
  const answer = await client.send({
    ...at(space, READ),
    path: `${RULES}/_export`,
    method: "POST",
    ...(ruleIds === undefined ? {} : { body: { objects: ruleIds.map((rule_id) => ({ rule_id })) } }),
    doing,
    repeat: "repeatable",
    large: true,
  });
  return ndjson(answer.bytes ?? answer.text, doing, keep);
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
  const doing = "import rules";
  const body = await client.json({
    ...at(space, WRITE),
    path: `${RULES}/_import`,
    method: "POST",
    query: {
      overwrite: options.overwrite,
      overwrite_exceptions: options.overwriteExceptions,
      overwrite_action_connectors: options.overwriteConnectors,
    },
    form,
    doing,
    repeat: "never",
    large: true,
  });
  if (!isJson(body)) throw unexpected(doing);
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
  const doing = `${action} rules`;
  const body = await client.json({
    ...at(space, WRITE),
    path: `${RULES}/_bulk_action`,
    method: "POST",
    body: { action, ids },
    doing,
    repeat: "refused-only",
    accept: [500],
  });
  if (!isJson(body) || !isJson(body["attributes"])) throw unexpected(doing);
  return body;
}

function at(space: string, privilege: string): Pick<Call, "path" | "space" | "privilege"> {
  return { path: RULES, space, privilege };
}

async function one(client: Client, call: Call): Promise<LiveRule> {
  return live(await client.json(call), call.doing);
}

function live(value: unknown, doing: string): LiveRule {
  return withStrings(value, doing, "id", "rule_id", "name");
}

function quoted(key: object): string {
  return `"${String("rule_id" in key ? key.rule_id : "id" in key ? key.id : "")}"`;
}
