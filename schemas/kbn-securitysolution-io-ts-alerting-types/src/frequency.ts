import * as t from "io-ts";
import { RuleActionThrottle } from "./throttle.js";

/** One message a run rather than one an alert. */
export const RuleActionSummary = t.boolean;
export type RuleActionSummary = t.TypeOf<typeof RuleActionSummary>;

export const RuleActionNotifyWhen = t.union([
  t.literal("onActionGroupChange"),
  t.literal("onActiveAlert"),
  t.literal("onThrottleInterval"),
]);
export type RuleActionNotifyWhen = t.TypeOf<typeof RuleActionNotifyWhen>;

/** When an action runs. All three are required; unknown keys stay. */
export const RuleActionFrequency = t.type({
  summary: RuleActionSummary,
  notifyWhen: RuleActionNotifyWhen,
  throttle: t.union([RuleActionThrottle, t.null]),
});
export type RuleActionFrequency = t.TypeOf<typeof RuleActionFrequency>;
