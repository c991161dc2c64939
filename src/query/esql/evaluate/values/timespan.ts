import { arithmeticFailure } from "./failure.js";
import { DAY, HOUR, MINUTE, SECOND } from "./instant.js";
import type { Timespan } from "./value.js";

const NONE: Timespan = { months: 0, days: 0, millis: 0 };

const UNITS: Readonly<Record<string, Timespan>> = {
  ...named("millisecond milliseconds ms", { ...NONE, millis: 1 }),
  ...named("second seconds sec s", { ...NONE, millis: SECOND }),
  ...named("minute minutes min m", { ...NONE, millis: MINUTE }),
  ...named("hour hours h", { ...NONE, millis: HOUR }),
  ...named("day days d", { ...NONE, days: 1 }),
  ...named("week weeks w", { ...NONE, days: 7 }),
  ...named("month months mo", { ...NONE, months: 1 }),
  ...named("quarter quarters q", { ...NONE, months: 3 }),
  ...named("year years yr y", { ...NONE, months: 12 }),
};

function named(names: string, span: Timespan): Record<string, Timespan> {
  return Object.fromEntries(names.split(" ").map((name) => [name, span]));
}

/** The span of so many units; undefined where there is no such unit. */
export function timespan(amount: number, unit: string): Timespan | undefined {
  const one = UNITS[unit.toLowerCase()];
  return one && multiply(one, amount);
}

/** `3 days`, written as a text. */
export function readTimespan(text: string): Timespan | undefined {
  const [, amount, unit] = /^\s*([+-]?\d{1,18})\s*([a-z]+)\s*$/i.exec(text) ?? [];
  return amount === undefined ? undefined : timespan(Number(amount), unit!);
}

function multiply({ months, days, millis }: Timespan, by: number): Timespan {
  return { months: months * by, days: days * by, millis: millis * by };
}

export function addTimespans(a: Timespan, b: Timespan, sign: 1 | -1): Timespan {
  const sum = {
    months: a.months + sign * b.months,
    days: a.days + sign * b.days,
    millis: a.millis + sign * b.millis,
  };
  if (!Object.values(sum).every(Number.isSafeInteger)) throw arithmeticFailure("integer overflow");
  return sum;
}

export function negateTimespan(span: Timespan): Timespan {
  return multiply(span, -1);
}

/** Whether the span is of the calendar: days and more. */
export function isPeriod({ millis }: Timespan): boolean {
  return millis === 0;
}

/** About how long it is, to compare spans with. */
export function lengthOf({ months, days, millis }: Timespan): number {
  return months * 30 * DAY + days * DAY + millis;
}

/** As Java writes them: `P1Y2M3D`, `PT1H`. */
export function printTimespan({ months, days, millis }: Timespan): string {
  if (millis !== 0) {
    const hours = Math.trunc(millis / HOUR);
    const minutes = Math.trunc((millis % HOUR) / MINUTE);
    const seconds = (millis % MINUTE) / SECOND;
    return `PT${part(hours, "H")}${part(minutes, "M")}${part(seconds, "S")}`;
  }
  const text = `${part(Math.trunc(months / 12), "Y")}${part(months % 12, "M")}${part(days, "D")}`;
  return text === "" ? "P0D" : `P${text}`;
}

const part = (amount: number, unit: string): string => (amount === 0 ? "" : `${amount}${unit}`);
