import type * as t from "io-ts";
import { integerWithin } from "./internal/integer.js";

/** A whole number from 0 to 100. */
export const RiskScore = integerWithin("RiskScore", 0, 100);
export type RiskScore = t.TypeOf<typeof RiskScore>;
