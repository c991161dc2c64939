import type { ValueListType } from "../kibana/value-lists.js";
import { isValueOf, parseCidr, parseIp } from "../query/match/index.js";

/** Types whose values are free text: what YAML would read as a number has to be quoted there, or its spelling is lost. */
const TEXTS: ReadonlySet<ValueListType> = new Set(["keyword", "text", "ip", "ip_range", "binary"]);

/** Types whose values have a form that can be told without Elasticsearch. Ranges of numbers and dates, and shapes, are left to it. */
const FORMS: Partial<Readonly<Record<ValueListType, string>>> = {
  boolean: "true or false",
  byte: "a whole number from -128 to 127",
  short: "a whole number from -32768 to 32767",
  integer: "a whole number of 32 bits",
  long: "a whole number of 64 bits",
  double: "a number",
  float: "a number",
  half_float: "a number",
  date: "a date, such as 2026-05-04T12:00:00Z",
  date_nanos: "a date, such as 2026-05-04T12:00:00Z",
  ip: "an IP address",
  ip_range: "a block such as 10.0.0.0/8, or a range such as 10.0.0.1-10.0.0.9",
};

/** The whole numbers, by their size. */
const BITS: Partial<Readonly<Record<ValueListType, number>>> = { byte: 8, short: 16, integer: 32, long: 64 };

/** Whether values of a type are written as text, so that 1.10 has to stay 1.10. */
export function isText(type: ValueListType): boolean {
  return TEXTS.has(type);
}

/** What a value of the type has to be, where it is not; undefined where it is right or cannot be told. */
export function wrongForm(type: ValueListType, value: string): string | undefined {
  const form = FORMS[type];
  if (form === undefined) return undefined;
  const bits = BITS[type];
  if (bits !== undefined) return isWhole(value, bits) ? undefined : form;
  const fits =
    type === "ip_range"
      ? isIpRange(value)
      : type === "boolean"
        ? /^(?:true|false)$/.test(value)
        : isValueOf(type, value);
  return fits ? undefined : form;
}

function isWhole(value: string, bits: number): boolean {
  return (
    /^[+-]?\d{1,19}$/.test(value) &&
    BigInt.asIntN(bits, BigInt(value.replace("+", ""))) === BigInt(value.replace("+", ""))
  );
}

/** A block, two addresses of one kind with a dash between, or one address. */
function isIpRange(value: string): boolean {
  if (value.includes("/")) return parseCidr(value) !== undefined;
  const dash = value.indexOf("-");
  if (dash < 0) return parseIp(value) !== undefined;
  const [from, to] = [value.slice(0, dash), value.slice(dash + 1)];
  return parseIp(from) !== undefined && parseIp(to) !== undefined && from.includes(":") === to.includes(":");
}
