import { defaultValue } from "./internal/default_value.js";
import { NonEmptyString } from "./internal/text.js";

/** A random UUID (version 4) when absent; a text that is given need not be one. */
export const DefaultUuid = defaultValue(NonEmptyString, () => crypto.randomUUID(), "DefaultUuid");
