import * as t from "io-ts";
import { RuleActionFrequency } from "./frequency.js";
import { NonEmptyString } from "./internal/text.js";
import { saved_object_attributes } from "./saved_object_attributes.js";

export const RuleActionGroup = t.string;
export type RuleActionGroup = t.TypeOf<typeof RuleActionGroup>;

/** Connector id. */
export const RuleActionId = t.string;
export type RuleActionId = t.TypeOf<typeof RuleActionId>;

/** Connector type, such as `.slack`. */
export const RuleActionTypeId = t.string;
export type RuleActionTypeId = t.TypeOf<typeof RuleActionTypeId>;

export const RuleActionUuid = NonEmptyString;
export type RuleActionUuid = t.TypeOf<typeof RuleActionUuid>;

export const RuleActionParams = saved_object_attributes;
export type RuleActionParams = t.TypeOf<typeof RuleActionParams>;

const alertsFilterElement = t.intersection([
  t.type({
    meta: t.partial({
      alias: t.union([t.string, t.null]),
      disabled: t.boolean,
      negate: t.boolean,
      controlledBy: t.string,
      group: t.string,
      index: t.string,
      isMultiIndex: t.boolean,
      type: t.string,
      key: t.string,
      params: t.any,
      value: t.string,
    }),
  }),
  t.partial({
    $state: t.type({ store: t.any }),
    // A record of `any` lets an array pass, which one of `unknown` would not.
    query: t.record(t.string, t.any),
  }),
]);

const alertsFilterQuery = t.intersection([
  t.exact(t.type({ kql: t.string, filters: t.array(alertsFilterElement) })),
  t.partial({ dsl: t.string }),
]);

const weekday = t.union([
  t.literal(1),
  t.literal(2),
  t.literal(3),
  t.literal(4),
  t.literal(5),
  t.literal(6),
  t.literal(7),
]);

const alertsFilterTimeframe = t.exact(
  t.type({
    timezone: t.string,
    days: t.array(weekday),
    hours: t.exact(t.type({ start: t.string, end: t.string })),
  }),
);

/** The alerts that an action is run for: those a query finds, those of certain hours, or both. */
export const RuleActionAlertsFilter = t.partial({
  query: t.union([t.undefined, alertsFilterQuery]),
  timeframe: t.union([t.undefined, alertsFilterTimeframe]),
});

export const RuleAction = t.exact(
  t.intersection([
    t.type({
      group: RuleActionGroup,
      id: RuleActionId,
      action_type_id: RuleActionTypeId,
      params: RuleActionParams,
    }),
    t.partial({
      uuid: RuleActionUuid,
      alerts_filter: RuleActionAlertsFilter,
      frequency: RuleActionFrequency,
    }),
  ]),
);
export type RuleAction = t.TypeOf<typeof RuleAction>;

export const RuleActionArray = t.array(RuleAction);
export type RuleActionArray = t.TypeOf<typeof RuleActionArray>;

/** The action as Kibana's alerting framework stores it. */
export const RuleActionCamel = t.exact(
  t.intersection([
    t.type({
      group: RuleActionGroup,
      id: RuleActionId,
      actionTypeId: RuleActionTypeId,
      params: RuleActionParams,
    }),
    t.partial({
      uuid: RuleActionUuid,
      alertsFilter: RuleActionAlertsFilter,
      frequency: RuleActionFrequency,
    }),
  ]),
);
export type RuleActionCamel = t.TypeOf<typeof RuleActionCamel>;

export const RuleActionArrayCamel = t.array(RuleActionCamel);
export type RuleActionArrayCamel = t.TypeOf<typeof RuleActionArrayCamel>;
