import { define, message } from "../define.js";

/** Findings of rules that were run on live data without being made. */
export const preview = define({
  "preview/refused": {
    severity: "error",
    message: message`Kibana refuses the rule: ${"problem"}`,
    help: "correct the rule; a deploy would be refused in the same words",
    why: "A preview checks a rule as its creation does. What Kibana refuses here it refuses on apply too.",
    fix: "The message names the field, in Kibana's words. For `threshold: Required` add the field:\n\n```yaml\nthreshold: { field: [user.name], value: 10 }\n```",
  },
  "preview/failed": {
    severity: "error",
    message: message`the rule fails when it runs: ${"problem"}`,
    help: "correct the rule, or give the credentials read access to its indices",
    why: "Kibana took the rule but Elasticsearch could not run it: the message is its own. Typical are fields of another type than the query takes them for, indices that the key may not read, and syntax that only the server checks. The rule would fail in the same way each time once it is deployed.",
    fix: "Correct the place that the finding points at. When the message speaks of privileges, grant the key `read` on the rule's indices: a preview runs with the key that asks for it, as the deployed rule would.",
  },
  "preview/warning": {
    severity: "warning",
    message: message`the rule runs with a warning: ${"problem"}`,
    help: "see whether the rule's indices and fields are there",
    why: "The rule ran, but not on all that it names: no index matches its patterns, a timestamp field is not mapped, more alerts were found than it may make. A deployed rule would show the same warning in Kibana.",
    fix: "Correct `index`, `timestamp_override` or `max_signals` as the message says. A rule whose data source is not connected yet is right to warn.",
  },
  "preview/aborted": {
    severity: "warning",
    message: message`Kibana gave the preview up after a minute, ${"done"} of ${"runs"} runs in: the count is too low`,
    help: "shorten the range with --from, such as --from now-1h",
    why: "Kibana stops a preview after about a minute, while a deployed rule has five (kibana #216893). So the rule is slow, or the range asks for many runs; it need not fail when it is deployed.",
    fix: "Preview a shorter range: `kdac preview --from now-1h`. When one run alone takes so long, narrow the rule's `index`, its look-back, or leading wildcards in its query.",
  },
  "preview/too-many-alerts": {
    severity: "error",
    message: message`the rule makes ${"alerts"} alerts in the range; --max-alerts allows ${"limit"}`,
    help: "narrow the query, or add exceptions for what is expected",
    why: "A rule that fires all the time is not looked at. `--max-alerts` keeps such rules from being deployed.",
    fix: "Narrow the query, raise a threshold, add exceptions, or group alerts with `alert_suppression`. Raise `--max-alerts` when so many are wanted.",
  },
  "preview/uncounted": {
    severity: "warning",
    message: message`the alerts of the preview cannot be counted: the credentials may not read them`,
    help: 'grant the key read on the index ".preview.alerts-security.alerts-*"',
    why: "There is no public API for the alerts of a preview. kdac reads them with Kibana's own search and with its console, and neither was open to these credentials; errors and warnings of the runs are known all the same. With `--max-alerts` nothing can be said, so it counts as an error there.",
    fix: "Grant the key or role `read` on the index `.preview.alerts-security.alerts-*` and, on a Kibana that blocks internal APIs, access to Dev Tools.",
  },
  "preview/kibana": {
    severity: "error",
    message: message`the preview could not be made: ${"problem"}`,
    why: "Kibana did not answer the preview of this rule, or answered with an error of its own. Nothing is known of the rule.",
    fix: "Do what the finding's help says, and preview again. Kibana makes ten previews at a time; more are put off, and tried again by kdac.",
  },
});
