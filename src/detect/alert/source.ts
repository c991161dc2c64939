import { isJson, type Json } from "../../json/index.js";
import { fetchedValues, reader } from "../../query/index.js";
import type { Doc } from "../store/document.js";
import { compliantCopy } from "./ecs-compliance.js";

/** What an alert never takes over from a document: what the document is as an alert itself. */
const OF_ALERTS = /^(?:kibana|signal|threshold_result)(?:\.|$)/;

/** What an alert has of its event: the source, and the fields that only the index knows. */
export function alertSource(doc: Doc): Record<string, unknown> {
  const source: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(doc.source)) if (!OF_ALERTS.test(key)) source[key] = value;
  return withoutKind(compliantCopy(withIndexed(source, doc)));
}

/** Adds constants, aliases and multi-fields that the source does not have. */
function withIndexed(source: Json, { event, mapping }: Doc): Json {
  const { constants, derived, fields } = mapping;
  if (constants.length === 0 && derived.length === 0) return source;
  const whole: Record<string, unknown> = { ...source };
  for (const name of [...constants.map(([constant]) => constant), ...derived]) {
    if (reader(name)(source) !== undefined) continue;
    const values = fetchedValues({ fields }, name)(event);
    if (values.length > 0) put(whole, name, values.length === 1 ? values[0] : values);
  }
  return whole;
}

/**
 * Adds a value under a name, in the objects that are there or in new ones. Nothing is put below a value: `{a: {b: 1}}` has no
 * room for `a.b.text`, while `{"a.b": 1}` leaves it as a key beside.
 */
function put(object: Record<string, unknown>, name: string, value: unknown): void {
  const parts = name.split(".");
  for (let count = parts.length - 1; count > 1; count--) {
    const key = parts.slice(0, count).join(".");
    if (Object.hasOwn(object, key) && !isJson(object[key])) {
      object[name] = value;
      return;
    }
  }
  let at = object;
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1) at[part] ??= value;
    else {
      const below = at[part];
      if (below !== undefined && !isJson(below)) return;
      const copy: Record<string, unknown> = { ...below };
      at[part] = copy;
      at = copy;
    }
  }
}

/** An alert is a `signal`, whatever kind of event it comes from. */
function withoutKind(source: Record<string, unknown>): Record<string, unknown> {
  if (isJson(source["event"]) && "kind" in source["event"]) {
    const { kind: _kind, ...event } = source["event"];
    source["event"] = event;
  }
  return source;
}
