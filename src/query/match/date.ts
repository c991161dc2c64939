/** A time as a query names it. Both are milliseconds since 1970 in UTC. */
export interface NamedTime {
  /** The first millisecond that it stands for. */
  readonly ms: number;
  /** The last: Elasticsearch fills in what is left out so for `lte` and `gt`. */
  readonly lastMs: number;
}

/**
 * Reads a time of a query as Elasticsearch reads it for a date field: `strict_date_optional_time`, digits of
 * `epoch_millis`, or date math (`now-1d/d`, `2024-01-01||+1M/d`). `now` is in milliseconds. Undefined where it is none.
 */
export function parseDate(text: string, now: number): NamedTime | undefined {
  if (text.startsWith("now")) {
    const ms = calculate(text, 3, now, false);
    const lastMs = calculate(text, 3, now, true);
    return ms === undefined || lastMs === undefined ? undefined : { ms, lastMs };
  }
  const bar = text.indexOf("||");
  if (bar < 0) return parseIso(text) ?? parseEpoch(text);
  const base = parseDate(text.slice(0, bar), now);
  if (base === undefined || text.startsWith("now")) return undefined;
  const ms = calculate(text, bar + 2, base.ms, false);
  const lastMs = calculate(text, bar + 2, base.ms, true);
  return ms === undefined || lastMs === undefined ? undefined : { ms, lastMs };
}

/** An event's value as milliseconds since 1970: a number as it is, a date's text, or a `Date`. */
export function toMillis(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "string") return (parseIso(value) ?? parseEpoch(value))?.ms;
  if (value instanceof Date) return value.getTime();
  return typeof value === "bigint" ? Number(value) : undefined;
}

const ISO =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T(?:(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?)?$/;

function parseIso(text: string): NamedTime | undefined {
  const found = ISO.exec(text);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = found;
  const date = Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1));
  const at = new Date(date);
  if (at.getUTCMonth() !== Number(month ?? 1) - 1 || at.getUTCDate() !== Number(day ?? 1)) return undefined;
  const clock = (h: number, m: number, s: number, ms: number): number =>
    date + Number(hour ?? h) * 3_600_000 + Number(minute ?? m) * 60_000 + Number(second ?? s) * 1_000 + ms;
  if (Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 59) return undefined;
  const millis = fraction === undefined ? undefined : Number(fraction.padEnd(3, "0").slice(0, 3));
  let shift = 0;
  if (zone !== undefined && zone !== "Z") {
    const digits = zone.slice(1).replace(":", "").padEnd(4, "0");
    shift =
      (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * (zone.startsWith("-") ? -60_000 : 60_000);
  }
  return { ms: clock(0, 0, 0, millis ?? 0) - shift, lastMs: clock(23, 59, 59, millis ?? 999) - shift };
}

function parseEpoch(text: string): NamedTime | undefined {
  if (!/^-?\d{1,19}$/.test(text)) return undefined;
  return { ms: Number(text), lastMs: Number(text) };
}

const STEP = /([+-])(\d{0,9})([yMwdhHms])|\/1?([yMwdhHms])/y;

function calculate(text: string, from: number, start: number, up: boolean): number | undefined {
  let ms = start;
  for (let at = from; at < text.length; at = STEP.lastIndex) {
    STEP.lastIndex = at;
    const step = STEP.exec(text);
    if (step === null) return undefined;
    const [, sign, count, unit, roundTo] = step;
    if (roundTo === undefined) ms = add(ms, Number(`${sign!}${count === "" ? "1" : count!}`), unit!);
    else {
      ms = floor(ms, roundTo);
      if (up) ms = add(ms, 1, roundTo) - 1;
    }
    if (Number.isNaN(ms)) return undefined;
  }
  return ms;
}

const LENGTHS: Readonly<Record<string, number>> = {
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  H: 3_600_000,
  m: 60_000,
  s: 1_000,
};

function add(ms: number, count: number, unit: string): number {
  const length = LENGTHS[unit];
  if (length !== undefined) return ms + count * length;
  const date = new Date(ms);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + (unit === "y" ? 12 * count : count));
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}

function floor(ms: number, unit: string): number {
  const date = new Date(ms);
  if (unit === "y") return Date.UTC(date.getUTCFullYear(), 0);
  if (unit === "M") return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  if (unit === "w") return Math.floor((ms - 4 * 86_400_000) / LENGTHS["w"]!) * LENGTHS["w"]! + 4 * 86_400_000;
  const length = LENGTHS[unit]!;
  return Math.floor(ms / length) * length;
}
