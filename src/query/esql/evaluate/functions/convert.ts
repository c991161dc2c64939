import {
  type Cell, cellOf, Failure, isLong, isMany, LONG, millisToNanos, nanosToMillis, readTimespan, roundToWhole,
  textOfValue, toInt, UNSIGNED, type Value, valueFromText, whole, type Whole, conversionFailure,
  type Variant,
} from "../values/index.js"; // prettier-ignore
import { finite } from "../expressions/arithmetic.js";
import { unary } from "../expressions/map.js";
import type { Warn } from "../warnings.js";
import { type Functions, type Implementation, type Site } from "./define.js";
import { readAddressWithZeros } from "./leading-zeros.js";

type Convert = (value: Value) => Value;

/** The type that each conversion makes. */
const TARGETS: Readonly<Record<string, string>> = {
  to_boolean: "boolean", to_cartesianpoint: "cartesian_point", to_date_nanos: "date_nanos", to_date_range: "date_range",
  to_datetime: "date", to_double: "double", to_double_range: "double_range", to_geopoint: "geo_point",
  to_integer: "integer", to_ip: "ip", to_long: "long", to_string: "keyword", to_text: "text",
  to_unsigned_long: "unsigned_long", to_version: "version",
}; // prettier-ignore

export const CONVERT: Functions = {
  ...Object.fromEntries(Object.entries(TARGETS).map(([name, target]) => [name, converting(target)])),
  to_degrees: (site) => convertedCells("double", site, () => (x) => finite((Number(x) * 180) / Math.PI)),
  to_radians: (site) => convertedCells("double", site, () => (x) => (Number(x) / 180) * Math.PI),
  to_dateperiod: ofSpan,
  to_timeduration: ofSpan,
  to_gauge: ({ args }) => args[0]!.run,
};

/** Converts each value of a cell; those that fail are left out, with a warning. */
function converting(target: string): Implementation {
  return (site) => {
    const [from, base] = site.args;
    if (base !== undefined) return withBase(site, target);
    return convertedCells(from!.type, site, (type) => converterOf(type, target, site));
  };
}

function convertedCells(
  type: string,
  { args, warn }: Site,
  converter: (type: string) => Convert,
): ReturnType<Implementation> {
  const [from] = args;
  const attempt = attempting(warn);
  const variants = from!.attribute?.variants;
  if (variants === undefined) {
    const change = attempt(converter(type));
    return (page) => from!.run(page).map(change);
  }
  const byType = new Map(variants.map((variant) => [variant, attempt(converter(variant))]));
  return (page) =>
    from!.run(page).map((cell) => {
      if (cell === null) return null;
      const variant = cell as Variant;
      return byType.get(variant.type)!(variant.cell);
    });
}

function attempting(warn: Warn): (convert: Convert) => (cell: Cell) => Cell {
  return (convert) => {
    const one = (value: Value): Value | null => {
      try {
        return convert(value);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        warn(error);
        return null;
      }
    };
    return (cell) => {
      if (cell === null) return null;
      if (!isMany(cell)) return one(cell);
      return cellOf(cell.map(one).filter((value) => value !== null));
    };
  };
}

function converterOf(from: string, target: string, { options }: Site): Convert {
  if (from === target) return (value) => value;
  if (target === "keyword" || target === "text") return textOfValue(from);
  if (target === "ip") {
    const zeros = options.get("leading_zeros");
    if (zeros === "octal" || zeros === "decimal")
      return (text) => readAddressWithZeros(text as string, zeros);
  }
  if (from === "keyword" || from === "text") return (text) => valueFromText(text as string, target);
  switch (target) {
    case "boolean":
      return (value) => value !== 0;
    case "double":
      return Number;
    case "integer":
      return (value) => toInteger(from, value);
    case "long":
      return (value) => toLong(from, value);
    case "unsigned_long":
      return (value) => toUnsigned(from, value);
    case "date":
      return (value) => (from === "date_nanos" ? nanosToMillis(value as Whole) : toMillis(from, value));
    case "date_nanos":
      return (value) => (from === "date" ? millisToNanos(value as number) : toNanos(from, value));
    default:
      return (value) => value;
  }
}

function outOfRange(value: Value, type: string): never {
  throw conversionFailure(`[${textOfNumber(value)}] out of [${type}] range`);
}

function textOfNumber(value: Value): string {
  return textOfValue(typeof value === "number" && !Number.isInteger(value) ? "double" : "long")(value);
}

function toInteger(from: string, value: Value): number {
  if (typeof value === "boolean") return value ? 1 : 0;
  const number = from === "double" ? Number(roundToWhole(value as number)) : Number(value);
  try {
    return toInt(number);
  } catch {
    return outOfRange(value, "integer");
  }
}

function toLong(from: string, value: Value): Whole {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (from === "double") {
    const number = value as number;
    if (!(Math.abs(number) < 2 ** 63)) return outOfRange(value, "long");
    return roundToWhole(number);
  }
  return isLong(value as Whole) ? (value as Whole) : outOfRange(value, "long");
}

function toUnsigned(from: string, value: Value): Whole {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (from === "double") {
    const number = value as number;
    if (!(number >= 0 && number < 2 ** 64)) return outOfRange(value, "unsigned_long");
    return whole(BigInt(Math.trunc(number)));
  }
  return (value as Whole) < 0 ? outOfRange(value, "unsigned_long") : UNSIGNED.check(BigInt(value as Whole));
}

function toMillis(from: string, value: Value): number {
  return Number(from === "double" ? roundToWhole(value as number) : value);
}

function toNanos(from: string, value: Value): Whole {
  const nanos = from === "double" ? roundToWhole(value as number) : (value as Whole);
  if (nanos < 0) throw new Failure("Nanosecond dates before 1970-01-01T00:00:00.000Z are not supported.");
  return LONG.check(BigInt(nanos));
}

/** `TO_LONG("ff", 16)` */
function withBase({ args, warn }: Site, target: string): ReturnType<Implementation> {
  const [text, base] = args;
  const radix = Number(base!.constant!());
  const check = target === "integer" ? (value: bigint): Whole => toInt(Number(value)) : LONG.check;
  return unary(text!, (value) => check(readInBase(value as string, radix)), warn);
}

function readInBase(text: string, radix: number): bigint {
  const digits = text.toLowerCase().replace(radix === 16 ? /^0x/ : /^$/, "");
  let value = 0n;
  const negative = digits.startsWith("-");
  for (const sign of digits.slice(negative ? 1 : 0)) {
    const digit = Number.parseInt(sign, radix);
    if (Number.isNaN(digit) || value > 2n ** 64n) throw conversionFailure(`Cannot parse number [${text}]`);
    value = value * BigInt(radix) + BigInt(digit);
  }
  if (digits === "" || digits === "-") throw conversionFailure(`Cannot parse number [${text}]`);
  return negative ? -value : value;
}

function ofSpan({ args, warn }: Site): ReturnType<Implementation> {
  const [span] = args;
  if (span!.type !== "keyword" && span!.type !== "text") return span!.run;
  return unary(
    span!,
    (text) => {
      const read = readTimespan(text as string);
      if (read === undefined) throw conversionFailure(`Invalid interval value in [${text as string}]`);
      return read;
    },
    warn,
  );
}
