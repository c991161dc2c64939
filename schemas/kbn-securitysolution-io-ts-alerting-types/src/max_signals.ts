import * as t from "io-ts";
import { PositiveIntegerGreaterThanZero } from "./internal/integer.js";

/** Most alerts of one run. */
export const max_signals = PositiveIntegerGreaterThanZero;
export type MaxSignals = t.TypeOf<typeof max_signals>;

export const maxSignalsOrUndefined = t.union([max_signals, t.undefined]);
export type MaxSignalsOrUndefined = t.TypeOf<typeof maxSignalsOrUndefined>;
