/** The body of `POST rules/_bulk_action`. */
import * as parts from "./rule-parts.js";
import {
  anyObject,
  array,
  boolean,
  type Infer,
  literal,
  nonBlank,
  object,
  oneOf,
  optional,
  string,
  union,
  where,
} from "./schema.js";

const edited = {
  tags: object({ type: oneOf(["add_tags", "delete_tags", "set_tags"]), value: parts.strings }),
  patterns: object({
    type: oneOf(["add_index_patterns", "delete_index_patterns", "set_index_patterns"]),
    value: parts.strings,
    overwrite_data_views: optional(boolean()),
  }),
  investigationFields: object({
    type: oneOf(["add_investigation_fields", "delete_investigation_fields", "set_investigation_fields"]),
    value: parts.investigationFields,
  }),
  timeline: object({
    type: literal("set_timeline"),
    value: object({ timeline_id: string(), timeline_title: string() }),
  }),
  actions: object({
    type: oneOf(["add_rule_actions", "set_rule_actions"]),
    value: object({
      throttle: optional(oneOf(["rule", "1h", "1d", "7d"])),
      actions: array(
        object(
          {
            group: optional(string()),
            id: string(),
            params: anyObject(),
            frequency: optional(parts.frequency),
            alerts_filter: optional(anyObject()),
          },
          { strict: true },
        ),
      ),
    }),
  }),
  schedule: object({
    type: literal("set_schedule"),
    value: object({
      interval: string({ pattern: /^[1-9]\d*[smh]$/ }),
      lookback: string({ pattern: /^[1-9]\d*[smh]$/ }),
    }),
  }),
  suppression: object({ type: literal("set_alert_suppression"), value: parts.alertSuppression }),
  thresholdSuppression: object({
    type: literal("set_alert_suppression_for_threshold"),
    value: parts.thresholdSuppression,
  }),
  noSuppression: object({ type: literal("delete_alert_suppression") }),
};

type EditSchemas = typeof edited;
/** One edit of a bulk action. */
export type Edit = Infer<EditSchemas[keyof EditSchemas]>;
export type ActionsEdit = Infer<EditSchemas["actions"]>;

const {
  suppression: _suppression,
  thresholdSuppression: _thresholdSuppression,
  noSuppression: _noSuppression,
  ...older
} = edited;

const edit = where<Edit>(
  "suppressionEdits",
  union<Edit>(Object.values(edited)),
  union<Edit>(Object.values(older)),
);

const target = {
  query: optional(string()),
  ids: optional(array(string(), { min: 1 })),
  gaps_range_start: optional(string()),
  gaps_range_end: optional(string()),
  gap_fill_statuses: optional(array(string())),
};

const range = { start_date: string(), end_date: optional(string()) };

const bodies = {
  delete: object({ ...target, action: literal("delete") }),
  disable: object({ ...target, action: literal("disable") }),
  enable: object({ ...target, action: literal("enable") }),
  export: object({ ...target, action: literal("export") }),
  duplicate: object({
    ...target,
    action: literal("duplicate"),
    duplicate: optional(object({ include_exceptions: boolean(), include_expired_exceptions: boolean() })),
  }),
  run: object({ ...target, action: literal("run"), run: object(range) }),
  fill_gaps: object({
    ...target,
    action: literal("fill_gaps"),
    fill_gaps: object({ start_date: nonBlank(), end_date: nonBlank() }),
  }),
  edit: object({ ...target, action: literal("edit"), edit: array(edit, { min: 1 }) }),
};

export type BulkBody = Infer<(typeof bodies)[keyof typeof bodies]>;

const { fill_gaps: _fillGaps, ...olderBodies } = bodies;

export const bulkBody = where<BulkBody>(
  "fillGaps",
  union<BulkBody>(Object.values(bodies)),
  union<BulkBody>(Object.values(olderBodies)),
);
