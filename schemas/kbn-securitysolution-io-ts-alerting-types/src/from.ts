import * as t from "io-ts";
import { parseScheduleDates } from "./internal/parse_schedule_dates.js";

/** Start of a rule's window: date math such as `now-6m`, or a date. Kept as it was written. */
export const From = new t.Type<string>(
  "From",
  t.string.is,
  (input, context) =>
    typeof input === "string" && parseScheduleDates(input) === null
      ? t.failure(input, context, 'Failed to parse "from" on rule param')
      : t.string.validate(input, context),
  t.identity,
);
export type From = t.TypeOf<typeof From>;
