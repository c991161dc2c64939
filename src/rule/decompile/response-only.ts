import { SERVER_FIELDS } from "../../kibana/rule.js";

/**
 * What Kibana says about a rule and takes from nobody: today's fields; the state of the last run, which versions before 8.0 put
 * among them; and what it takes without effect: what is left of moves of saved objects, and the index of one space that alerts
 * were written to before 8.0.
 */
export const RESPONSE_ONLY: ReadonlySet<string> = new Set([
  ...SERVER_FIELDS,
  "status", "status_date", "last_success_at", "last_success_message", "last_failure_at", "last_failure_message",
  "last_gap", "gap", "bulk_create_time_durations", "search_after_time_durations",
  "outcome", "alias_target_id", "alias_purpose", "output_index",
]); // prettier-ignore
