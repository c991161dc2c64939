import { DEFAULT_MAX_SIGNALS } from "./constants.js";
import { defaultValue } from "./internal/default_value.js";
import { max_signals } from "./max_signals.js";

/** 100 when absent. */
export const DefaultMaxSignalsNumber = defaultValue(
  max_signals,
  () => DEFAULT_MAX_SIGNALS,
  "DefaultMaxSignals",
);
