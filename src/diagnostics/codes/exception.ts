import { define, message } from "../define.js";

/** Findings about exception items. */
export const exception = define({
  "exception/expired": {
    severity: "warning",
    message: message`the exception "${"name"}" holds no longer: it expired at ${"time"}`,
    help: "remove the item, or set a later expire_time",
    why: "Kibana leaves an expired item out of its searches, so the rule alerts again on what the item excepts. The file still reads as if it were excepted.",
    fix: "Remove the item if what it excepts is gone. If it is still expected, agree on a new date with whoever decides about it: `expire_time: 2027-06-30T00:00:00.000Z`.",
  },
});
