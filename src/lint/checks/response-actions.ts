import { type Diagnostic, report } from "../../diagnostics/index.js";
import type { RuleView } from "../check.js";

const OSQUERIES = ["query", "queries", "saved_query_id", "pack_id"] as const;

/** Elastic Defend ends the process of the alert, or the one in a field, but not both; Osquery needs something to run. */
export function* responseActions({ rule, at }: RuleView): Iterable<Diagnostic> {
  for (const [i, action] of (rule.response_actions ?? []).entries()) {
    const place = at("response_actions", i, "params");
    if (action.action_type_id === ".osquery") {
      if (action.params !== undefined && OSQUERIES.every((key) => action.params[key] === undefined))
        yield report("rule/osquery-without-query", {}, place);
      continue;
    }
    // Without a type that the schema takes, nothing says what the parameters are.
    if (action.action_type_id !== ".endpoint") continue;
    const { params } = action;
    if (params?.command !== "kill-process" && params?.command !== "suspend-process") continue;
    const config: { field?: string; overwrite?: boolean } | undefined = params.config;
    const { field = "", overwrite = true } = config ?? {};
    const where = { ...place, pointer: `${place.pointer}/config/field` };
    if (overwrite && field !== "") yield report("rule/process-field-unused", { field }, where);
    if (!overwrite && field.trim() === "") yield report("rule/process-field-missing", {}, where);
  }
}
