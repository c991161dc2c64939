import { defaultValue } from "./internal/default_value.js";
import { RiskScoreMapping } from "./risk_score_mapping.js";

/** No mapping when absent. */
export const DefaultRiskScoreMappingArray = defaultValue<RiskScoreMapping>(
  RiskScoreMapping,
  () => [],
  "DefaultRiskScoreMappingArray",
);
