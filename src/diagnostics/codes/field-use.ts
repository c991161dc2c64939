import { define, message } from "../define.js";

/** Findings about fields that a rule names outside of its query. */
export const fieldUse = define({
  "field/never-equal": {
    severity: "warning",
    message: message`"${"name"}" of type ${"type"} is compared with "${"other"}" of type ${"other_type"}`,
    why: "An indicator matches when the values of both fields are the same. Values of such different types never are, or the search fails on them.",
    fix: "Compare fields of one kind: an address with an address, a hash with a hash.",
  },
  "field/not-in-results": {
    severity: "warning",
    message: message`the query's results have no column "${"name"}"`,
    help: "keep the column in the query, or name one that it returns",
    why: "An alert of an ES|QL rule with STATS is made of the query's columns alone. A setting that names another column finds no value in it.",
    fix: "Add the column to the last `KEEP`, or to `STATS … BY`; or name a column that the query returns.",
  },
});
