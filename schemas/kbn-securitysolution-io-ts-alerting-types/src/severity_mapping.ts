import * as t from "io-ts";
import { operator } from "./internal/operator.js";
import { Severity } from "./severity.js";

export const SeverityMappingItem = t.exact(
  t.type({ field: t.string, operator, value: t.string, severity: Severity }),
);
export type SeverityMappingItem = t.TypeOf<typeof SeverityMappingItem>;

export const SeverityMapping = t.array(SeverityMappingItem);
export type SeverityMapping = t.TypeOf<typeof SeverityMapping>;
