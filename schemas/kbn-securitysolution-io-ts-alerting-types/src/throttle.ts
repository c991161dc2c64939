import * as t from "io-ts";
import { TimeDuration } from "./internal/time_duration.js";

/** How often an action may run: never, with the rule, or once in a duration. */
export const RuleActionThrottle = t.union([
  t.literal("no_actions"),
  t.literal("rule"),
  TimeDuration({ allowedUnits: ["s", "m", "h", "d"] }),
]);
export type RuleActionThrottle = t.TypeOf<typeof RuleActionThrottle>;
