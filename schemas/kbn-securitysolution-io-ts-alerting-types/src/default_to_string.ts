import * as t from "io-ts";
import { defaultValue } from "./internal/default_value.js";

/** `now` when absent; the text is not checked to be date math. */
export const DefaultToString = defaultValue(t.string, () => "now", "DefaultToString");
