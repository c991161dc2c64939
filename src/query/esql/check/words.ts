import { nearest } from "../../../diagnostics/index.js";
import { oneOf } from "../../core/index.js";
import type { Call } from "../ast.js";
import type { Context } from "./context.js";
import { placeIn } from "./embedded.js";
import { javaRegexProblems } from "./java-regex.js";
import { isTextLiteral } from "./literals.js";

/** Words that an argument may be, in capitals, and what they are called. */
interface Words {
  readonly index: number;
  readonly kind: string;
  readonly words: ReadonlySet<string>;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** From Elasticsearch's reference of `DATE_DIFF`. */
const DIFF_UNITS = words(
  `YEAR YEARS YY YYYY QUARTER QUARTERS QQ Q MONTH MONTHS MM M DAYOFYEAR DY Y DAY DAYS DD D WEEK WEEKS WK WW WEEKDAY
  WEEKDAYS DW HOUR HOURS HH MINUTE MINUTES MI N SECOND SECONDS SS S MILLISECOND MILLISECONDS MS MICROSECOND
  MICROSECONDS MCS NANOSECOND NANOSECONDS NS`,
);

/** The fields of Java's `ChronoField`. */
const DATE_PARTS = words(
  `ALIGNED_DAY_OF_WEEK_IN_MONTH ALIGNED_DAY_OF_WEEK_IN_YEAR ALIGNED_WEEK_OF_MONTH ALIGNED_WEEK_OF_YEAR AMPM_OF_DAY
  CLOCK_HOUR_OF_AMPM CLOCK_HOUR_OF_DAY DAY_OF_MONTH DAY_OF_WEEK DAY_OF_YEAR EPOCH_DAY ERA HOUR_OF_AMPM HOUR_OF_DAY
  INSTANT_SECONDS MICRO_OF_DAY MICRO_OF_SECOND MILLI_OF_DAY MILLI_OF_SECOND MINUTE_OF_DAY MINUTE_OF_HOUR MONTH_OF_YEAR
  NANO_OF_DAY NANO_OF_SECOND OFFSET_SECONDS PROLEPTIC_MONTH SECOND_OF_DAY SECOND_OF_MINUTE YEAR YEAR_OF_ERA`,
);

const ORDERS = words("ASC DESC");

const OF_FUNCTIONS: ReadonlyMap<string, Words> = new Map([
  ["date_diff", { index: 0, kind: "unit", words: DIFF_UNITS }],
  ["date_extract", { index: 0, kind: "part of a date", words: DATE_PARTS }],
  ["mv_sort", { index: 1, kind: "order", words: ORDERS }],
  ["top", { index: 2, kind: "order", words: ORDERS }],
]);

/** Checks arguments that Elasticsearch reads before the query runs: words, limits and regular expressions. */
export function checkLiteralArguments(context: Context, call: Call, name: string): void {
  const of = OF_FUNCTIONS.get(name);
  if (of !== undefined) checkWord(context, call, of);
  if (name === "top") checkLimit(context, call);
  if (name === "replace") checkRegex(context, call);
}

function checkWord(context: Context, call: Call, { index, kind, words: known }: Words): void {
  const arg = call.args[index];
  if (arg === undefined || !isTextLiteral(arg) || known.has(arg.value.toUpperCase())) return;
  const near = known.size > 2 ? nearest(arg.value.toUpperCase(), known, 3) : [...known];
  const help = near.length === 0 ? {} : { help: `write ${oneOf(near.map((word) => `"${word}"`))}` };
  context.findings.add("esql/unknown-word", { value: arg.value, kind, function: call.name }, arg, help);
}

function checkLimit(context: Context, call: Call): void {
  const limit = call.args[1];
  if (limit?.kind !== "literal" || typeof limit.value !== "number" || limit.value > 0) return;
  context.findings.add("esql/top-limit", { value: limit.value }, limit);
}

function checkRegex(context: Context, call: Call): void {
  const regex = call.args[1];
  if (regex === undefined || !isTextLiteral(regex)) return;
  for (const { end, message, start } of javaRegexProblems(regex.value))
    context.findings.add(
      "esql/bad-pattern",
      { command: "REPLACE", problem: message },
      placeIn(regex, start, end),
    );
}
