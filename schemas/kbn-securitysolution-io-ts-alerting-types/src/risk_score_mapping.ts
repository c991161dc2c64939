import * as t from "io-ts";
import { operator } from "./internal/operator.js";
import { RiskScore } from "./risk_score.js";

export const RiskScoreMappingItem = t.exact(
  t.type({
    field: t.string,
    value: t.string,
    operator,
    risk_score: t.union([RiskScore, t.undefined]),
  }),
);
export type RiskScoreMappingItem = t.TypeOf<typeof RiskScoreMappingItem>;

export const RiskScoreMapping = t.array(RiskScoreMappingItem);
export type RiskScoreMapping = t.TypeOf<typeof RiskScoreMapping>;
