/** Creating, replacing and patching rules, as Kibana's rules client does. */
import type { ExceptionListReference } from "../../kibana/rule.js";
import { SiemError } from "../http/errors.js";
import type { Call } from "../http/call.js";
import type { StoredRule } from "../store/state.js";
import { durationMs, offsetFromNow } from "../validate/date-math.js";
import { type PatchBody, patchOfType, type RuleBody } from "../validate/rule.js";
import { parse } from "../validate/schema.js";
import { completeActions, type SentAction } from "./actions.js";
import { sourceOf } from "../prebuilt/source.js";
import { checkResponseActions } from "./response-actions.js";
import { changed, isRevised, serverPart, storedRule } from "./rule.js";

/** Who writes, and where. */
export type Actor = Pick<Call, "kernel" | "space" | "user">;

interface WriteOptions {
  /** An import that carries connectors takes those without secrets. */
  readonly allowMissingSecrets?: boolean;
}

const QUERY_TYPES = new Set<string>(["query", "saved_query"]);

export function checkMl(actor: Actor, type: unknown): void {
  if (type === "machine_learning" && !actor.kernel.allowsMl) {
    throw new SiemError(403, "Your license does not support machine learning. Please upgrade your license.");
  }
}

/** Checks that the alerting framework makes of any rule before it saves it. */
function checkAlerting(actor: Actor, rule: StoredRule, doing: "create" | "update"): void {
  if (durationMs(rule.interval) === undefined) {
    throw new SiemError(
      400,
      `Error validating ${doing} data - [schedule.interval]: string is not a valid duration: ${rule.interval}`,
    );
  }
  checkRunsPerMinute(actor, rule);
  const history = offsetFromNow(String(rule["history_window_start"]));
  const from = offsetFromNow(rule.from);
  if (rule.type === "new_terms" && history !== undefined && from !== undefined && history >= from) {
    throw new SiemError(
      400,
      "params invalid: History window size is smaller than rule interval + additional lookback, 'historyWindowStart' must be earlier than 'from'",
    );
  }
}

/** A rule runs with the key of who wrote it, and with an organisation's none can. */
function checkKey({ user }: Actor, { enabled }: StoredRule): void {
  if (!enabled || user.key?.organization !== true) return;
  throw new SiemError(400, "Organization-level API keys are not supported for rule operations");
}

const NO_ENCRYPTION =
  "Unable to create rule because the Encrypted Saved Objects plugin is missing encryption key. Please set xpack.encryptedSavedObjects.encryptionKey in the kibana.yml or use the bin/kibana-encryption-keys command.";

const MINUTE_MS = 60_000;

function runsPerMinute({ enabled, interval }: StoredRule): number {
  return enabled ? MINUTE_MS / (durationMs(interval) ?? MINUTE_MS) : 0;
}

/** The circuit breaker of alerting: the enabled rules of all spaces may only run so often. */
function checkRunsPerMinute({ kernel }: Actor, rule: StoredRule): void {
  const most = kernel.server.runsPerMinute;
  const runs = runsPerMinute(rule);
  if (most === undefined || runs === 0) return;
  let others = 0;
  for (const space of kernel.state.allData()) {
    for (const each of space.rules.values()) if (each.id !== rule.id) others += runsPerMinute(each);
  }
  const left = Math.max(0, most - others);
  if (runs <= left) return;
  throw new SiemError(
    400,
    `Error validating circuit breaker - Rule '${rule.name}' cannot be enabled. The maximum number of runs per minute would be exceeded. - The rule has ${runs} runs per minute; there are only ${left} runs per minute available. Before you can modify this rule, you must increase its check interval so that it runs less frequently. Alternatively, disable other rules or change their check intervals.`,
  );
}

function checkMinimumInterval({ kernel }: Actor, rule: StoredRule, doing: "creating" | "updating"): void {
  const least = kernel.server.minimumInterval;
  if (least === undefined || (durationMs(rule.interval) ?? 0) >= (durationMs(least) ?? 0)) return;
  throw new SiemError(
    400,
    `Error ${doing} rule: the interval is less than the allowed minimum interval of ${least}`,
  );
}

function sentActions(body: PatchBody): readonly SentAction[] | undefined {
  return body["actions"] as readonly SentAction[] | undefined;
}

function throttleOf(body: PatchBody): string | undefined {
  return body["throttle"] as string | undefined;
}

/** Stores a new rule. The caller has made sure that its `rule_id` is free. */
export function createRule(actor: Actor, body: RuleBody, options: WriteOptions = {}): StoredRule {
  const { kernel, space, user } = actor;
  const now = kernel.now();
  const draft = storedRule(body, {
    id: kernel.uuid(),
    rule_id: (body["rule_id"] as string | undefined) ?? kernel.uuid(),
    immutable: false,
    rule_source: { type: "internal" },
    revision: 0,
    created_at: now,
    created_by: user.username,
    updated_at: now,
    updated_by: user.username,
    alert_type: body.type,
    actions: [],
  });
  if (!kernel.server.encryptionKey) throw new SiemError(500, NO_ENCRYPTION);
  checkAlerting(actor, draft, "create");
  checkKey(actor, draft);
  const actions = completeActions(kernel, space, sentActions(body) ?? [], {
    throttle: throttleOf(body),
    interval: draft.interval,
    ...options,
  });
  checkMinimumInterval(actor, draft, "creating");
  const rule = actions.length === 0 ? draft : changed(draft, { actions });
  space.rules.put(rule);
  return rule;
}

/** Replaces a rule: what the body leaves out returns to its default or goes, but for `enabled` and `version`. */
export function replaceRule(
  actor: Actor,
  existing: StoredRule,
  body: RuleBody,
  options: WriteOptions = {},
): StoredRule {
  checkMl(actor, body.type);
  checkPrebuilt(existing, { author: body["author"], license: body["license"] });
  const kept = { version: existing.version, enabled: existing.enabled };
  const draft = storedRule({ ...kept, ...body }, serverPart(existing));
  return saveUpdate(actor, existing, draft, sentActions(body) ?? [], throttleOf(body), options);
}

/** Changes the fields that the body has. */
export function patchRule(actor: Actor, existing: StoredRule, body: PatchBody): StoredRule {
  checkMl(actor, body["type"] ?? existing.type);
  const outcome = parse(patchOfType(existing.type), body, actor.kernel.words);
  if (!outcome.ok) throw new SiemError(400, outcome.text);
  checkPrebuilt(existing, {
    author: body["author"] ?? existing["author"],
    license: body["license"] ?? existing["license"],
  });
  const draft = storedRule(
    { ...existing, ...body, ...outcome.value, type: existing.type },
    serverPart(existing),
  );
  return saveUpdate(actor, existing, draft, sentActions(body) ?? existing.actions, throttleOf(body), {});
}

function saveUpdate(
  actor: Actor,
  existing: StoredRule,
  draft: StoredRule,
  sent: readonly SentAction[],
  throttle: string | undefined,
  options: WriteOptions,
): StoredRule {
  const { kernel, space } = actor;
  checkResponseActions(draft["response_actions"], existing["response_actions"]);
  checkType(existing, draft);
  checkAlerting(actor, draft, "update");
  const actions = completeActions(kernel, space, sent, { throttle, interval: draft.interval, ...options });
  checkMinimumInterval(actor, draft, "updating");
  return saveChanged(actor, existing, changed(draft, { actions }));
}

/** Saves a changed rule with its new revision, source and stamp. */
export function saveChanged(actor: Actor, existing: StoredRule, draft: StoredRule): StoredRule {
  const { kernel, space, user } = actor;
  const source = existing.immutable ? sourceOf(kernel, draft, existing) : draft.rule_source;
  const next = source === draft.rule_source ? draft : changed(draft, { rule_source: source });
  checkKey(actor, next);
  const rule = changed(next, {
    revision: isRevised(existing, next) ? existing.revision + 1 : existing.revision,
    updated_at: kernel.now(),
    updated_by: user.username,
  });
  space.rules.put(rule);
  return rule;
}

/** The alerting framework's rule type is fixed; only the two query types share one. */
function checkType(existing: StoredRule, draft: StoredRule): void {
  const type = existing.alert_type;
  if (draft.type === type || (QUERY_TYPES.has(draft.type) && QUERY_TYPES.has(type))) return;
  const issue = {
    code: "invalid_value",
    values: [type],
    path: ["type"],
    message: `Invalid input: expected "${type}"`,
  };
  throw new SiemError(400, `params invalid: ${JSON.stringify([issue], null, 2)}`);
}

function checkPrebuilt(
  existing: StoredRule,
  sent: { readonly author: unknown; readonly license: unknown },
): void {
  if (existing.rule_source.type !== "external") return;
  if (JSON.stringify(sent.author) !== JSON.stringify(existing["author"])) {
    throw new SiemError(400, 'Cannot update "author" field for prebuilt rules');
  }
  if (sent.license !== existing["license"]) {
    throw new SiemError(400, 'Cannot update "license" field for prebuilt rules');
  }
}

/** How a request names a rule; checked, so that what is there is text. */
export interface RuleSelector {
  readonly id?: unknown;
  readonly rule_id?: unknown;
}

/** The rule that a body or query addresses. Throws a 404 `SiemError`. */
export function addressedRule({ space }: Actor, selector: RuleSelector): StoredRule {
  const { id, rule_id: ruleId } = selector as { readonly id?: string; readonly rule_id?: string };
  const rule = id === undefined ? space.rules.named(ruleId ?? "") : space.rules.get(id);
  if (rule !== undefined) return rule;
  throw new SiemError(404, id === undefined ? `rule_id: "${ruleId}" not found` : `id: "${id}" not found`);
}

export function listsOf(body: PatchBody): readonly ExceptionListReference[] {
  return (body["exceptions_list"] as readonly ExceptionListReference[] | undefined) ?? [];
}
