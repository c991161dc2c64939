import * as t from "io-ts";
import { From } from "./from.js";

export const RuleInterval = t.string;
export type RuleInterval = t.TypeOf<typeof RuleInterval>;

export const RuleIntervalFrom = From;
export type RuleIntervalFrom = t.TypeOf<typeof RuleIntervalFrom>;

export const RuleIntervalTo = t.string;
export type RuleIntervalTo = t.TypeOf<typeof RuleIntervalTo>;
