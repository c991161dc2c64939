/** Schemas of what rules are made of, in the order of Kibana's own, because refusals come in that order. */
import { isDateMath } from "./date-math.js";
import {
  anyObject,
  anything,
  array,
  boolean,
  discriminated,
  integer,
  literal,
  nonBlank,
  nullable,
  object,
  oneOf,
  optional,
  record,
  type Schema,
  string,
  union,
  unknownKey,
  where,
  withDefault,
} from "./schema.js";

export const SEVERITIES = ["low", "medium", "high", "critical"] as const;
const LIST_TYPES = [
  "detection",
  "rule_default",
  "endpoint",
  "endpoint_trusted_apps",
  "endpoint_trusted_devices",
  "endpoint_events",
  "endpoint_host_isolation_exceptions",
  "endpoint_blocklists",
] as const;

const OLD_LIST_TYPES = LIST_TYPES.filter((type) => type !== "endpoint_trusted_devices");

export const exceptionListType = where<(typeof LIST_TYPES)[number]>(
  "trustedDevices",
  oneOf(LIST_TYPES),
  oneOf(OLD_LIST_TYPES),
);

export const dateMath = string({
  demand: (text) => (isDateMath(text) ? undefined : "Failed to parse date-math expression"),
});

export const language = oneOf(["kuery", "lucene"]);
export const strings = array(string());
export const filters = array(anything());

const reference = { id: string(), name: string(), reference: string() };

export const threat = array(
  object({
    framework: string(),
    tactic: object(reference),
    technique: optional(array(object({ ...reference, subtechnique: optional(array(object(reference))) }))),
  }),
);

export const riskScoreMapping = array(
  object({
    field: string(),
    operator: literal("equals"),
    value: string(),
    risk_score: optional(integer({ min: 0, max: 100 })),
  }),
);

export const severityMapping = array(
  object({ field: string(), operator: literal("equals"), severity: oneOf(SEVERITIES), value: string() }),
);

export const exceptionsList = array(
  object({
    id: nonBlank(),
    list_id: nonBlank(),
    type: exceptionListType,
    namespace_type: oneOf(["agnostic", "single"]),
  }),
);

export const throttle = union<string>([
  oneOf(["no_actions", "rule"]),
  string({ pattern: /^[1-9]\d*[smhd]$/ }),
]);

export const frequency = object({
  summary: boolean(),
  notifyWhen: oneOf(["onActiveAlert", "onThrottleInterval", "onActionGroupChange"]),
  throttle: nullable(throttle),
});

export const actions = array(
  object({
    action_type_id: string(),
    group: optional(string()),
    id: string(),
    params: anyObject(),
    uuid: optional(nonBlank()),
    alerts_filter: optional(anyObject()),
    frequency: optional(frequency),
  }),
);

export const requiredFields = array(object({ name: nonBlank(), type: nonBlank() }));

export const relatedIntegrations = array(
  object({ package: nonBlank(), version: nonBlank(), integration: optional(nonBlank()) }),
);

export const investigationFields = object({ field_names: array(nonBlank(), { min: 1 }) });

const duration = object({ value: integer({ min: 1 }), unit: oneOf(["s", "m", "h"]) });

export const alertSuppression = object({
  group_by: array(string(), { min: 1, max: 3 }),
  duration: optional(duration),
  missing_fields_strategy: optional(oneOf(["doNotSuppress", "suppress"])),
});

export const thresholdSuppression = object({ duration });

export const threshold = object({
  field: union<string | string[]>([string(), array(string(), { max: 5 })]),
  value: integer({ min: 1 }),
  cardinality: optional(array(object({ field: string(), value: integer({ min: 0 }) }))),
});

const negate = where<boolean | undefined>("negatedMappings", optional(boolean()), unknownKey());

export const threatMapping = array(
  object({
    entries: array(object({ field: nonBlank(), type: literal("mapping"), value: nonBlank(), negate })),
  }),
  { min: 1 },
);

const ecsMapping = record(
  object({ field: optional(string()), value: optional(union<string | string[]>([string(), strings])) }),
);

const osqueryParams = object({
  query: optional(string()),
  ecs_mapping: optional(ecsMapping),
  queries: optional(
    array(
      object({
        id: string(),
        query: string(),
        ecs_mapping: optional(ecsMapping),
        version: optional(string()),
        platform: optional(string()),
        removed: optional(boolean()),
        snapshot: optional(boolean()),
      }),
    ),
  ),
  pack_id: optional(string()),
  saved_query_id: optional(string()),
  timeout: optional(integer({ min: 60, max: 900 })),
});

const script = object({
  scriptId: string(),
  scriptInput: optional(string()),
  timeout: optional(integer()),
});

const olderEndpointParams: readonly Schema<unknown>[] = [
  object({ command: literal("isolate"), comment: optional(string()) }),
  object({
    command: oneOf(["kill-process", "suspend-process"]),
    comment: optional(string()),
    config: object({ field: string(), overwrite: withDefault(boolean(), () => true) }),
  }),
];

const runscript = object({
  command: literal("runscript"),
  comment: optional(string()),
  config: object({ linux: optional(script), macos: optional(script), windows: optional(script) }),
});

const endpointParams = where<unknown>(
  "runscript",
  union<unknown>([...olderEndpointParams, runscript]),
  union<unknown>(olderEndpointParams),
);

export const responseActions = array(
  discriminated<unknown>("action_type_id", {
    ".osquery": object({ action_type_id: literal(".osquery"), params: osqueryParams }),
    ".endpoint": object({ action_type_id: literal(".endpoint"), params: endpointParams }),
  }),
);
