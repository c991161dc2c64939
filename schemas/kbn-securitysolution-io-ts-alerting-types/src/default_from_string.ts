import { From } from "./from.js";
import { defaultValue } from "./internal/default_value.js";

/** `now-6m` when absent. */
export const DefaultFromString = defaultValue(From, () => "now-6m", "DefaultFromString");
