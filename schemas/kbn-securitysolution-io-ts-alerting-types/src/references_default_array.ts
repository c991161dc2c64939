import * as t from "io-ts";
import { defaultValue } from "./internal/default_value.js";

/** No references when absent. */
export const ReferencesDefaultArray = defaultValue<string[]>(
  t.array(t.string),
  () => [],
  "referencesWithDefaultArray",
);
