/** The edits of `_bulk_action`, each a function from a rule to the changed rule. */
import { isDeepStrictEqual } from "node:util";
import type { InvestigationFields } from "../../kibana/rule.js";
import type { StoredRule } from "../store/state.js";
import type { ActionsEdit, Edit } from "../validate/bulk-action.js";
import { durationMs } from "../validate/date-math.js";
import { completeActions } from "./actions.js";
import { BulkFailure } from "./bulk-errors.js";
import { changed } from "./rule.js";
import type { Actor } from "./write.js";

type PatternsEdit = Extract<Edit, { overwrite_data_views?: boolean }>;
type FieldsEdit = Extract<Edit, { value: InvestigationFields }>;

const NO_PATTERNS: Readonly<Record<string, readonly [name: string, code: string]>> = {
  machine_learning: ["Machine learning", "MACHINE_LEARNING_INDEX_PATTERN"],
  esql: ["ES|QL", "ESQL_INDEX_PATTERN"],
};

/** What the dry run finds wrong with an edit of a rule. */
export function checkEdit(actor: Actor, rule: StoredRule, edits: readonly Edit[]): void {
  const onlyActions = edits.every(({ type }) => type === "add_rule_actions" || type === "set_rule_actions");
  if (rule.immutable && !onlyActions && !actor.kernel.allowsCustomization) {
    throw new BulkFailure("Elastic rule can't be edited", "PREBUILT_CUSTOMIZATION_LICENSE");
  }
  const without = NO_PATTERNS[rule.type];
  if (without !== undefined && edits.some(({ type }) => type.endsWith("_index_patterns"))) {
    throw new BulkFailure(`${without[0]} rule doesn't have index patterns`, without[1]);
  }
  for (const { type } of edits) checkSuppressionType(rule, type);
}

function checkSuppressionType(rule: StoredRule, type: Edit["type"]): void {
  if (type === "set_alert_suppression" && rule.type === "threshold") {
    throw new BulkFailure(
      "Threshold rule doesn't support this action. Use 'set_alert_suppression_for_threshold' action instead",
      "THRESHOLD_RULE_TYPE_IN_SUPPRESSION",
    );
  }
  if (type === "set_alert_suppression_for_threshold" && rule.type !== "threshold") {
    throw new BulkFailure(
      "Rule type doesn't support this action. Use 'set_alert_suppression' action instead.",
      "UNSUPPORTED_RULE_IN_SUPPRESSION_FOR_THRESHOLD",
    );
  }
}

/** The rule after all edits; undefined where none of them changed anything. Throws where one cannot be done. */
export function editedRule(actor: Actor, rule: StoredRule, edits: readonly Edit[]): StoredRule | undefined {
  let next = rule;
  let isModified = false;
  for (const edit of edits) {
    const edited = applyEdit(actor, next, edit);
    if (edited === undefined) continue;
    next = edited;
    isModified = true;
  }
  return isModified ? next : undefined;
}

function applyEdit(actor: Actor, rule: StoredRule, edit: Edit): StoredRule | undefined {
  switch (edit.type) {
    case "add_tags":
    case "delete_tags":
    case "set_tags": {
      const tags = listAfter(rule.tags, edit.type, edit.value);
      return tags === undefined ? undefined : changed(rule, { tags });
    }
    case "add_index_patterns":
    case "delete_index_patterns":
    case "set_index_patterns":
      return withPatterns(rule, edit);
    case "add_investigation_fields":
    case "delete_investigation_fields":
    case "set_investigation_fields":
      return withInvestigationFields(rule, edit);
    case "set_timeline":
      return changed(rule, edit.value);
    case "set_schedule":
      return withSchedule(rule, edit.value);
    case "add_rule_actions":
    case "set_rule_actions":
      return withActions(actor, rule, edit);
    case "set_alert_suppression":
    case "set_alert_suppression_for_threshold":
      checkSuppressionType(rule, edit.type);
      return changed(rule, { alert_suppression: edit.value });
    case "delete_alert_suppression":
      return rule["alert_suppression"] === undefined
        ? undefined
        : changed(rule, { alert_suppression: undefined });
  }
}

/** A list after an `add_`, `delete_` or `set_` edit; undefined where adding or deleting changes nothing. */
function listAfter(
  present: readonly string[],
  type: string,
  values: readonly string[],
): readonly string[] | undefined {
  if (type.startsWith("set_")) return [...new Set(values)];
  const next = type.startsWith("add_")
    ? [...new Set([...present, ...values])]
    : present.filter((value) => !values.includes(value));
  return isDeepStrictEqual(next, present) ? undefined : next;
}

const PATTERN_VERBS: Readonly<Record<PatternsEdit["type"], string>> = {
  add_index_patterns: "added",
  delete_index_patterns: "deleted",
  set_index_patterns: "overwritten",
};

function withPatterns(rule: StoredRule, edit: PatternsEdit): StoredRule | undefined {
  const without = NO_PATTERNS[rule.type];
  if (without !== undefined) {
    throw new BulkFailure(
      `Index patterns can't be ${PATTERN_VERBS[edit.type]}. ${without[0]} rule doesn't have index patterns property`,
    );
  }
  const hasDataView = rule["data_view_id"] !== undefined;
  if (hasDataView && edit.overwrite_data_views !== true) return undefined;
  const present = (rule["index"] as readonly string[] | undefined) ?? [];
  const index = listAfter(present, edit.type, edit.value);
  if (index === undefined) return hasDataView ? changed(rule, { data_view_id: undefined }) : undefined;
  if (index.length === 0) throw new BulkFailure("Mutated params invalid: Index patterns can't be empty");
  return changed(rule, { index, data_view_id: undefined });
}

function withInvestigationFields(rule: StoredRule, edit: FieldsEdit): StoredRule | undefined {
  const present = (rule["investigation_fields"] as InvestigationFields | undefined)?.field_names ?? [];
  const names = listAfter(present, edit.type, edit.value.field_names);
  if (names === undefined) return undefined;
  return changed(rule, { investigation_fields: names.length === 0 ? undefined : { field_names: names } });
}

/** `from` is given in seconds, and the look-back is kept in `meta.from`, as Kibana does. */
function withSchedule(
  rule: StoredRule,
  { interval, lookback }: { readonly interval: string; readonly lookback: string },
): StoredRule {
  const seconds = ((durationMs(interval) ?? 0) + (durationMs(lookback) ?? 0)) / 1000;
  const meta = { ...(rule["meta"] as Readonly<Record<string, unknown>> | undefined), from: lookback };
  return changed(rule, { interval, from: `now-${seconds}s`, to: "now", meta });
}

function withActions(
  { kernel, space }: Actor,
  rule: StoredRule,
  { type, value }: ActionsEdit,
): StoredRule | undefined {
  if (type === "add_rule_actions" && value.actions.length === 0) return undefined;
  const kept = type === "add_rule_actions" ? rule.actions : [];
  const added = completeActions(kernel, space, value.actions, {
    throttle: value.throttle,
    interval: rule.interval,
  });
  return changed(rule, { actions: [...kept, ...added] });
}
