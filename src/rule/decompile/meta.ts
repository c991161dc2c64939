import { isJson, type Json } from "../../json/index.js";
import { offsetSeconds, parseInterval } from "../../kibana/date-math.js";
import { without } from "./json.js";

/**
 * `meta` without the mark of who deployed the rule, and without what Kibana leaves there and no longer reads: its own address, at each
 * save of its form, and the look-back, where `from` says the same. Undefined where nothing else is in it.
 */
export function metaOf(rule: Json): unknown {
  const { meta } = rule;
  if (!isJson(meta)) return meta;
  const rest = without(meta, "kdac", "kibana_siem_app_url", ...(isEcho(meta["from"], rule) ? ["from"] : []));
  return Object.keys(rest).length === 0 ? undefined : rest;
}

function isEcho(lookback: unknown, { from = "now-6m", interval = "5m" }: Json): boolean {
  if (typeof lookback !== "string" || typeof from !== "string" || typeof interval !== "string") return false;
  const back = parseInterval(lookback);
  const every = parseInterval(interval);
  return back !== undefined && every !== undefined && offsetSeconds(from) === -(back + every);
}
