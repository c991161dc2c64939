import { isJson, type Json } from "../../json/index.js";
import { type Event, reader } from "../../query/index.js";
import { objectsAt, textOf } from "../../query/index.js";
import { RunError } from "../run-error.js";
import type { StoredRule } from "../rule.js";
import type { Matched, Threat } from "./threat-join.js";

/** Kibana adds no more indicators than this to one alert. */
const MOST = 200;
const FEED_NAME = reader("threat.feed.name");

/** What the indicators of an event add to its alert, after the enrichments that it has. */
export function enrichmentFields(
  { threat_indicator_path: path = "threat.indicator" }: StoredRule<"threat_match">,
  { event, threats }: Matched,
): Json {
  const { source } = event.doc;
  const before = enrichmentsOf(source);
  const added = threats.slice(0, MOST).map((threat) => enrichment(threat, path));
  return { ...rest(source), "threat.enrichments": [...before, ...added] };
}

function enrichment({ indicator: { doc }, field, value }: Threat, path: string): Json {
  const feed = FEED_NAME(doc.source);
  return {
    indicator: indicatorAt(doc.source, path),
    feed: feed === undefined ? {} : { name: feed },
    matched: { atomic: value, field, id: doc.id, index: doc.index, type: "indicator_match_rule" },
  };
}

function indicatorAt(source: Event, path: string): Json {
  const [first] = objectsAt(source, path);
  if (first !== undefined) return first;
  const value = reader(path)(source);
  if (value === undefined) return {};
  throw new RunError(`Expected indicator field to be an object, but found: ${textOf(value)}`);
}

/** The event's own `threat`, which the alert's `threat.enrichments` would otherwise stand beside. */
function rest(source: Event): Json {
  if (!isJson(source["threat"]) || !("enrichments" in source["threat"])) return {};
  const { enrichments: _enrichments, ...threat } = source["threat"];
  return { threat };
}

function enrichmentsOf(source: Event): readonly unknown[] {
  const { threat } = source;
  const own = source["threat.enrichments"] ?? (isJson(threat) ? threat["enrichments"] : undefined);
  return own === undefined ? [] : [own].flat();
}
