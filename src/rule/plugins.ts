import type { InvestigateStep, OsqueryStep } from "../schema/index.js";
import { stableJson } from "./stable-json.js";

/** A button in the guide that runs an osquery on the alert's host, in the syntax of Kibana's Markdown plugin. */
export function osqueryPlugin(step: OsqueryStep): string {
  return `!{osquery${stableJson(step)}}`;
}

/** A button in the guide that opens a timeline, in the syntax of Kibana's Markdown plugin. */
export function investigatePlugin(step: InvestigateStep): string {
  return `!{investigate${stableJson(step)}}`;
}
