/** `POST rules/_bulk_action`. */
import { PlatformError, SiemError } from "../http/errors.js";
import { json, ndjson } from "../http/responses.js";
import { may } from "../http/auth.js";
import type { Call } from "../http/call.js";
import { checkedBody, checkedQuery } from "../http/route.js";
import type { StoredRule } from "../store/state.js";
import { type BulkBody, bulkBody } from "../validate/bulk-action.js";
import { booleanText, object, optional } from "../validate/schema.js";
import { checkEdit, editedRule } from "./bulk-edit.js";
import { BulkErrors, BulkFailure } from "./bulk-errors.js";
import { duplicateRule } from "./duplicate.js";
import { exportLines } from "./export.js";
import { ruleFilter } from "./filter.js";
import { changed, toResponse } from "./rule.js";
import { checkMl, saveChanged } from "./write.js";

const bulkQuery = object({ dry_run: optional(booleanText()) });

const MOST_IDS = 100;
const MOST_RULES = 10_000;
const MOST_EDITED_RULES = 2_000;

interface Targets {
  readonly rules: readonly StoredRule[];
  readonly unknownIds: readonly string[];
}

function targetsOf(call: Call, body: BulkBody): Targets {
  const { rules } = call.space;
  if (body.ids !== undefined) {
    const ids = [...new Set(body.ids)];
    return {
      rules: ids.flatMap((id) => rules.get(id) ?? []),
      unknownIds: ids.filter((id) => rules.get(id) === undefined),
    };
  }
  const found = [...rules.values()].filter(ruleFilter(body.query));
  const most = body.action === "edit" && call.kernel.has("smallBulkEdits") ? MOST_EDITED_RULES : MOST_RULES;
  if (found.length > most) {
    throw new SiemError(400, `More than ${most} rules matched the filter query. Try to narrow it down.`);
  }
  return { rules: body.gaps_range_start === undefined ? found : [], unknownIds: [] };
}

function checkRequest(body: BulkBody, dryRun: boolean): void {
  if ((body.ids?.length ?? 0) > MOST_IDS) {
    throw new SiemError(400, `More than ${MOST_IDS} ids sent for bulk edit action.`);
  }
  if (body.ids !== undefined && body.query !== undefined) {
    throw new SiemError(
      400,
      "Both query and ids are sent. Define either ids or query in request payload.",
    );
  }
  const gaps = [body.gaps_range_start, body.gaps_range_end, body.gap_fill_statuses];
  const given = gaps.filter((value) => value !== undefined).length;
  if (given > 0 && given < gaps.length) {
    throw new SiemError(
      400,
      "gaps_range_start, gaps_range_end and gap_fill_statuses must be provided together.",
    );
  }
  if (dryRun && body.action === "export") {
    throw new SiemError(400, "Export action doesn't support dry_run mode");
  }
}

interface Results {
  readonly updated: StoredRule[];
  readonly created: StoredRule[];
  readonly deleted: StoredRule[];
  readonly skipped: { readonly id: string; readonly name: string; readonly skip_reason: string }[];
}

type Kind = "updated" | "created" | "deleted";
/** What became of one rule. */
type Done = { readonly kind: Kind; readonly rule: StoredRule } | { readonly skipped: string };

export function bulkAction(call: Call): Response {
  const dryRun = checkedQuery(call, bulkQuery).dry_run ?? false;
  const body = checkedBody(call, bulkBody);
  checkRequest(body, dryRun);
  if (body.action !== "export" && !may(call.user, "write")) throw new PlatformError(403);
  const targets = targetsOf(call, body);
  if (body.action === "export") return ndjson(exportLines(call, targets.rules), "rules_export.ndjson");

  const errors = new BulkErrors();
  const results: Results = { updated: [], created: [], deleted: [], skipped: [] };
  let succeeded = 0;
  let toFail = call.partial?.failures ?? 0;
  for (const rule of targets.rules) {
    try {
      if (toFail-- > 0) throw new BulkFailure(call.partial!.message);
      checkRule(call, body, rule, dryRun);
      const done = dryRun ? undefined : perform(call, body, rule);
      if (done !== undefined && "skipped" in done) {
        results.skipped.push({ id: rule.id, name: rule.name, skip_reason: done.skipped });
        continue;
      }
      if (done !== undefined) results[done.kind].push(done.rule);
      succeeded++;
    } catch (failure) {
      errors.add(rule, failure);
    }
  }
  for (const id of targets.unknownIds) errors.add({ id }, new BulkFailure("Rule not found"));
  return report(body, results, errors, succeeded);
}

/** What is checked before anything is done; a dry run does no more. */
function checkRule(call: Call, body: BulkBody, rule: StoredRule, dryRun: boolean): void {
  const { kernel, user } = call;
  switch (body.action) {
    case "enable":
    case "disable":
      if (kernel.has("enableRefused") || (kernel.has("rulesFeature") && !may(user, "enable"))) {
        throw new BulkFailure(
          `User does not have permission to ${body.action} rules`,
          "USER_INSUFFICIENT_RULE_PRIVILEGES",
        );
      }
      guardMl(call, rule);
      break;
    case "duplicate":
      guardMl(call, rule);
      break;
    case "run":
      guardMl(call, rule);
      if (!rule.enabled) {
        throw new BulkFailure(
          "Cannot schedule manual rule run for a disabled rule",
          "MANUAL_RULE_RUN_DISABLED_RULE",
        );
      }
      break;
    case "fill_gaps":
      if (!rule.enabled) {
        throw new BulkFailure("Cannot bulk fill gaps for a disabled rule", "RULE_FILL_GAPS_DISABLED_RULE");
      }
      break;
    case "edit": {
      guardMl(call, rule);
      const isPatternless = rule.type === "machine_learning" || rule.type === "esql";
      // A real run words the lack of index patterns otherwise than a dry run, by each edit.
      if (dryRun || !isPatternless) checkEdit(call, rule, body.edit);
      break;
    }
    default:
  }
}

function guardMl(call: Call, rule: StoredRule): void {
  try {
    checkMl(call, rule.type);
  } catch (error) {
    throw new BulkFailure((error as Error).message, "MACHINE_LEARNING_AUTH", 403);
  }
}

function perform(call: Call, body: BulkBody, rule: StoredRule): Done {
  switch (body.action) {
    case "enable":
    case "disable":
      return { kind: "updated", rule: withEnabled(call, rule, body.action === "enable") };
    case "delete":
      call.space.rules.delete(rule.id);
      return { kind: "deleted", rule };
    case "duplicate": {
      const options = body.duplicate ?? { include_exceptions: true, include_expired_exceptions: true };
      return { kind: "created", rule: duplicateRule(call, rule, options) };
    }
    case "edit": {
      const edited = editedRule(call, rule, body.edit);
      if (edited === undefined) return { skipped: "RULE_NOT_MODIFIED" };
      const version = rule.immutable ? rule.version : rule.version + 1;
      return { kind: "updated", rule: saveChanged(call, rule, changed(edited, { version })) };
    }
    case "fill_gaps":
      return { skipped: "NO_GAPS_TO_FILL" };
    case "run":
    case "export":
      return { kind: "updated", rule };
  }
}

/** Turns a rule on or off; one that is so already stays untouched. */
function withEnabled(call: Call, rule: StoredRule, enabled: boolean): StoredRule {
  return rule.enabled === enabled ? rule : saveChanged(call, rule, changed(rule, { enabled }));
}

function report(body: BulkBody, results: Results, errors: BulkErrors, succeeded: number): Response {
  const skipped = results.skipped.length;
  const summary = { failed: errors.count, succeeded, skipped, total: errors.count + succeeded + skipped };
  const responses = {
    updated: results.updated.map(toResponse),
    created: results.created.map(toResponse),
    deleted: results.deleted.map(toResponse),
    skipped: results.skipped,
  };
  if (errors.count === 0) {
    return json({
      success: true,
      rules_count: summary.total,
      attributes: { results: responses, summary },
    });
  }
  const what = body.action === "run" ? "Bulk manual rule run" : "Bulk edit";
  const message = `${what} ${succeeded > 0 ? "partially " : ""}failed`;
  return json(
    {
      message,
      status_code: 500,
      attributes: { errors: errors.list(), results: responses, summary },
    },
    500,
  );
}

