import * as t from "io-ts";
import { defaultValue } from "./internal/default_value.js";

/** `5m` when absent. */
export const DefaultIntervalString = defaultValue(t.string, () => "5m", "DefaultIntervalString");
