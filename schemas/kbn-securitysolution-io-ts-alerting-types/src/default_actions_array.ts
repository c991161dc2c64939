import { RuleActionArray } from "./actions.js";
import { defaultValue } from "./internal/default_value.js";

/** No actions when absent. */
export const DefaultActionsArray = defaultValue<RuleActionArray>(
  RuleActionArray,
  () => [],
  "DefaultActionsArray",
);
