import { defaultValue } from "./internal/default_value.js";
import { SeverityMapping } from "./severity_mapping.js";

/** No mapping when absent. */
export const DefaultSeverityMappingArray = defaultValue<SeverityMapping>(
  SeverityMapping,
  () => [],
  "DefaultSeverityMappingArray",
);
