import { isDate } from "../../check/types.js";
import {
  dateFormat,
  DAYS,
  dayOfWeek,
  distanceIn,
  instantOf,
  MONTHS,
  partOf,
  readableRounding,
  roundingTo,
  zoneOffset,
} from "../dates/index.js";
import {
  addSpan, conversionFailure, Failure, MAX_INT, millisToNanos, MIN_INT, nanosOfSecond, nanosToMillis, readDate,
  type Timespan, type Value, type Whole,
} from "../values/index.js"; // prettier-ignore
import { NotRun } from "../not-run.js";
import { chosen, type Functions, scalar, type Site } from "./define.js";

export const DATE: Functions = {
  date_diff: chosen(({ args }) => (unit: string, from: Whole, to: Whole) => {
    const distance = distanceIn(unit);
    if (distance === undefined)
      throw new Failure(`A value of [YEAR, QUARTER, MONTH, DAYOFYEAR, DAY, WEEK, WEEKDAY, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, NANOSECOND] or their aliases is required; received [${unit}]`); // prettier-ignore
    const count = distance(instantOf(args[1]!.type, from), instantOf(args[2]!.type, to));
    if (count > MAX_INT || count < MIN_INT) throw conversionFailure(`[${count}] out of [integer] range`);
    return Number(count);
  }),
  date_extract: chosen(({ args }) => (part: string, value: Whole) => {
    const read = partOf(part);
    if (read === undefined)
      throw new Failure(`No enum constant java.time.temporal.ChronoField.${part.toUpperCase()}`);
    const [millis, nanos] = timeOf(args[1]!.type, value);
    return read(new Date(millis), nanos);
  }),
  date_format: chosen(({ args }) => {
    const type = args[args.length - 1]!.type;
    if (args.length === 1)
      return (value: Whole) => dateFormat("strict_date_optional_time").print(...timeOf(type, value));
    return (pattern: string, value: Whole) => dateFormat(pattern).print(...timeOf(type, value));
  }),
  date_parse: chosen((site) => {
    const inZone = zoneOf(site);
    if (site.args.length === 1) return (text: string) => inZone("strict_date_optional_time", text);
    return inZone;
  }),
  date_trunc: chosen(({ args, node }) => {
    const span = args[0]!.constant!() as Timespan | null;
    const rounding = span === null ? undefined : roundingTo(span);
    if (rounding === undefined)
      throw new Failure(`Zero or negative time interval is not supported in [${node.name}]`);
    return (_: Timespan, value: Whole) => floorOf(args[1]!.type, rounding.floor, value);
  }),
  date_unit_count: chosen(({ args }) => (unit: string, per: string, value: Whole) => {
    const distance = distanceIn(unit);
    const span = UNITS[per.toLowerCase().replace(/s$/, "")];
    if (distance === undefined || span === undefined)
      throw new Failure(`invalid unit [${unit}] per [${per}]`);
    const { floor, next } = roundingTo(span)!;
    const start = floor(timeOf(args[2]!.type, value)[0]);
    return Number(distance(instantOf("date", start), instantOf("date", next(start))));
  }),
  day_name: chosen(
    ({ args }) =>
      (value: Whole) =>
        DAYS[dayOfWeek(new Date(timeOf(args[0]!.type, value)[0])) - 1]!,
  ),
  month_name: chosen(
    ({ args }) =>
      (value: Whole) =>
        MONTHS[new Date(timeOf(args[0]!.type, value)[0]).getUTCMonth()]!,
  ),
  now: chosen(
    ({ environment: { now } }) =>
      () =>
        now,
  ),
  bucket: bucket,
  tbucket: ({ args, ...site }) => bucket({ ...site, args: [args[args.length - 1]!, ...args.slice(0, -1)] }),
  trange: chosen(timeRange),
};

/** Reads dates that name no zone themselves as of the zone of the options. */
function zoneOf({ options, node }: Site): (pattern: string, text: string) => number {
  for (const option of options.keys())
    if (option !== "time_zone") throw new NotRun(`DATE_PARSE() with ${option}`, node);
  const zone = options.get("time_zone");
  if (typeof zone !== "string") return (pattern, text) => dateFormat(pattern).parse(text);
  const offset = zoneOffset(zone);
  if (offset === undefined) throw new NotRun("DATE_PARSE()", node, `there is no time zone ${zone}`);
  return (pattern, text) => {
    const local = dateFormat(pattern).parse(text);
    if (/[XxZzVO]/.test(pattern) || /(?:Z|[+-]\d\d:?\d\d)$/.test(text.slice(10))) return local;
    return local - offset(local - offset(local));
  };
}

const UNITS: Readonly<Record<string, Timespan>> = {
  year: { months: 12, days: 0, millis: 0 },
  quarter: { months: 3, days: 0, millis: 0 },
  month: { months: 1, days: 0, millis: 0 },
  week: { months: 0, days: 7, millis: 0 },
  day: { months: 0, days: 1, millis: 0 },
  hour: { months: 0, days: 0, millis: 3_600_000 },
  minute: { months: 0, days: 0, millis: 60_000 },
  second: { months: 0, days: 0, millis: 1_000 },
};

/** Milliseconds since 1970, and the nanoseconds of the second. */
function timeOf(type: string, value: Whole): [millis: number, nanos: number] {
  if (type === "date_nanos") return [nanosToMillis(value), nanosOfSecond(value)];
  const millis = value as number;
  return [millis, (((millis % 1000) + 1000) % 1000) * 1_000_000];
}

function floorOf(type: string, floor: (millis: number) => number, value: Whole): Whole {
  return type === "date_nanos" ? millisToNanos(floor(nanosToMillis(value))) : floor(value as number);
}

/** `BUCKET(value, size)`, or `BUCKET(value, count, from, to)`: the start of the bucket that a value lies in. */
function bucket(site: Site): ReturnType<Functions[string]> {
  const [value, size, from, to] = site.args;
  const start = isDate(value!.type)
    ? dateBucket(site)
    : numberBucket(size!.constant!(), from?.constant?.(), to?.constant?.());
  return scalar(start)({ ...site, args: [value!] });
}

function dateBucket({ args, node }: Site): (value: Whole) => Whole {
  const [value, size, from, to] = args;
  const given = size!.constant!();
  const rounding =
    from === undefined || to === undefined
      ? roundingTo(given as Timespan)
      : readableRounding(Number(given), bound(from.type, from.constant!()), bound(to.type, to.constant!()));
  if (rounding === undefined)
    throw new Failure(`Zero or negative time interval is not supported in [${node.name}]`);
  return (at) => floorOf(value!.type, rounding.floor, at);
}

function bound(type: string, value: unknown): number {
  if (typeof value === "string") return readDate(value) ?? Number.NaN;
  return type === "date_nanos" ? nanosToMillis(value as Whole) : (value as number);
}

function numberBucket(size: unknown, from: unknown, to: unknown): (value: Whole) => number {
  const width = from === undefined ? Number(size) : readableWidth((Number(to) - Number(from)) / Number(size));
  return (value) => Math.floor(Number(value) / width) * width;
}

/** A power of ten, or half of one. */
function readableWidth(least: number): number {
  const power = 10 ** Math.ceil(Math.log10(least));
  return least < power / 2 ? power / 2 : power;
}

/** `TRANGE(1 hour)`, `TRANGE(from, to)`: whether `@timestamp`, the last argument, lies in it; the start is not in it. */
function timeRange({ args, environment: { now } }: Site): (...values: never[]) => boolean {
  const time = args[args.length - 1]!;
  const edge = (value: Value | null): number => {
    if (typeof value === "string") return readDate(value) ?? Number.NaN;
    return typeof value === "object" && value !== null ? addSpan(now, value as Timespan, -1) : Number(value);
  };
  const from = edge(args[0]!.constant!() as Value);
  const to = args.length > 2 ? edge(args[1]!.constant!() as Value) : now;
  return (...values: Value[]) => {
    const [millis] = timeOf(time.type, values[values.length - 1] as Whole);
    return millis > from && millis <= to;
  };
}
