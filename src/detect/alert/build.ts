import type { Json } from "../../json/index.js";
import { fetchedValues, leaves } from "../../query/index.js";
import type { Doc } from "../store/document.js";
import type { Alert } from "../types.js";
import { type Ancestor, ancestorsOf } from "./ancestors.js";
import { type Overrides } from "./overrides.js";
import { reasonOf } from "./reason.js";
import { alertSource } from "./source.js";

/** What the alerts of a run have in common. */
export interface AlertContext {
  /** The run's time, ISO. */
  readonly at: string;
  readonly executionUuid: string;
  readonly buildingBlock: string | undefined;
  /** The fields that are the same for all of them: alerts begin as copies of it, which is fast. */
  readonly common: Json;
  readonly overrides: (event: Json) => Overrides;
}

/** The fields of all alerts of a run. `rule` are those that tell of the rule. */
export function commonFields(rule: Json, at: string, executionUuid: string, manual: boolean): Json {
  return {
    ...rule,
    "kibana.space_ids": ["default"],
    "kibana.alert.status": "active",
    "kibana.alert.workflow_status": "open",
    "kibana.alert.workflow_tags": [],
    "kibana.alert.workflow_assignee_ids": [],
    "kibana.alert.start": at,
    "kibana.alert.last_detected": at,
    "kibana.alert.intended_timestamp": at,
    "kibana.alert.rule.execution.uuid": executionUuid,
    "kibana.alert.rule.execution.timestamp": at,
    "kibana.alert.rule.execution.type": manual ? "manual" : "scheduled",
  };
}

/** What an alert is made of. */
export interface AlertParts {
  readonly uuid: string;
  /** The fields of the event. */
  readonly source: Json;
  readonly ancestors: readonly Ancestor[];
  /** ISO time of the event; none where it has no `@timestamp`. */
  readonly originalTime: string | undefined;
  /** The event as far as it names its kind and origin; the source where it is not given. */
  readonly original?: Json;
  /** Further fields, such as those of a threshold. */
  readonly fields?: Json;
  /** Whether the rule's `building_block_type` is the alert's too. */
  readonly isBuildingBlock?: boolean;
}

/** The alert on one document. */
export function alertOn(doc: Doc, uuid: string, context: AlertContext, fields: Json = {}): Alert {
  return buildAlert(
    {
      uuid,
      source: alertSource(doc),
      original: doc.event,
      ancestors: ancestorsOf(doc),
      originalTime: timeOf(doc),
      fields,
    },
    context,
  );
}

export function timeOf({ event, mapping }: Doc): string | undefined {
  const [time] = fetchedValues({ fields: mapping.fields }, "@timestamp")(event);
  return typeof time === "string" ? time : undefined;
}

export function buildAlert(parts: AlertParts, context: AlertContext): Alert {
  const { uuid, source, ancestors, originalTime, original = source, fields, isBuildingBlock = true } = parts;
  const { at, buildingBlock } = context;
  const { severity, riskScore, name } = context.overrides(source);
  return {
    ...context.common,
    ...source,
    "@timestamp": at,
    "event.kind": "signal",
    "kibana.alert.uuid": uuid,
    "kibana.alert.ancestors": ancestors,
    "kibana.alert.depth": 1 + Math.max(...ancestors.map(({ depth }) => depth)),
    "kibana.alert.reason": reasonOf(source, severity, name),
    "kibana.alert.severity": severity,
    "kibana.alert.risk_score": riskScore,
    "kibana.alert.rule.name": name,
    ...(originalTime === undefined ? {} : { "kibana.alert.original_time": originalTime }),
    ...(buildingBlock !== undefined && isBuildingBlock
      ? { "kibana.alert.building_block_type": buildingBlock }
      : {}),
    ...originalFields(original),
    ...fields,
  };
}

const KEPT = /^(?:event|data_stream)\./;

/** `event.*` and `data_stream.*` of the event, which the alert keeps beside its own. */
function originalFields(event: Json): Json {
  const found: Record<string, unknown> = {};
  for (const [name, value] of leaves(event)) {
    if (!KEPT.test(name)) continue;
    const key = `kibana.alert.original_${name}`;
    found[key] = Object.hasOwn(found, key) ? [found[key], value].flat() : value;
  }
  return found;
}
