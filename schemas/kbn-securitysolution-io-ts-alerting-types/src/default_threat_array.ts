import { defaultValue } from "./internal/default_value.js";
import { type Threats, threats } from "./threat.js";

/** No threats when absent. */
export const DefaultThreatArray = defaultValue<Threats>(threats, () => [], "DefaultThreatArray");
