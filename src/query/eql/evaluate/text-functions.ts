import { fold } from "../../match/index.js";
import { inBlocks } from "./address.js";
import { printed, type Value } from "./value.js";

/** A function of texts. `args` has at least those that the function needs; case does not count where `insensitive`. */
export type TextFunction = (args: readonly Value[], insensitive: boolean) => Value;

/** By name in lower case. What they give for odd arguments follows Elasticsearch's own cases for them. */
export const TEXT_FUNCTIONS: Readonly<Record<string, TextFunction>> = {
  between,
  cidrmatch: cidrMatch,
  concat: (args) => joined(args),
  endswith: onTexts((source, part) => source.endsWith(part)),
  indexof: indexOf,
  length: ([text = null]) => (text === null ? null : asText(text).length),
  number: parseNumber,
  startswith: onTexts((source, part) => source.startsWith(part)),
  string: ([value = null]) => (value === null ? null : asText(value)),
  stringcontains: onTexts((source, part) => source !== "" && part !== "" && source.includes(part)),
  substring,
};

const asText = (value: Exclude<Value, null>): string =>
  typeof value === "string" ? value : printed(value, false);

function onTexts(test: (source: string, part: string) => boolean): TextFunction {
  return ([source = null, part = null], insensitive) => {
    if (source === null || part === null) return null;
    const [a, b] = [asText(source), asText(part)];
    return insensitive ? test(fold(a), fold(b)) : test(a, b);
  };
}

/** What stands between the first `left` and the first `right` after it (the last where greedy); null where one is not there. */
function between(
  [source = null, left = null, right = null, greedy = false]: readonly Value[],
  insensitive: boolean,
): Value {
  if (source === null || left === null || right === null || greedy === null) return null;
  const text = asText(source);
  const [within, from, to] = insensitive
    ? [fold(text), fold(asText(left)), fold(asText(right))]
    : [text, asText(left), asText(right)];
  const found = within.indexOf(from);
  if (found < 0) return null;
  const start = found + from.length;
  const end = greedy === true ? within.lastIndexOf(to) : within.indexOf(to, start);
  return end < start ? null : text.slice(start, end);
}

function cidrMatch([address = null, ...blocks]: readonly Value[]): Value {
  if (address === null || blocks.includes(null)) return null;
  return inBlocks(blocks.map(String))(address);
}

function joined(args: readonly Value[]): Value {
  let text = "";
  for (const arg of args) {
    if (arg === null) return null;
    text += asText(arg);
  }
  return text;
}

/** Null where the part is not there; an empty part is where the search starts, which is 0 where it is null. */
function indexOf([source = null, part = null, start = null]: readonly Value[], insensitive: boolean): Value {
  if (source === null || part === null) return null;
  const [text, sought] = insensitive
    ? [fold(asText(source)), fold(asText(part))]
    : [asText(source), asText(part)];
  const from = typeof start === "number" ? Math.max(0, start) : 0;
  if (from > text.length) return null;
  const index = text.indexOf(sought, from);
  return index < 0 ? null : index;
}

/** Negative positions count from the end; without a start from the beginning, without an end to the end. */
function substring([source = null, start = null, end = null]: readonly Value[]): Value {
  if (source === null) return null;
  return asText(source).slice(
    typeof start === "number" ? start : 0,
    typeof end === "number" ? end : undefined,
  );
}

/** Reads a number in a base from 2 to 36: 10, or 16 after `0x`, where none is given. Null where it is none. */
function parseNumber([source = null, base = null]: readonly Value[]): Value {
  if (source === null) return null;
  const text = asText(source).trim();
  const sign = text.startsWith("-") ? -1 : 1;
  const digits = text.startsWith("-") || text.startsWith("+") ? text.slice(1) : text;
  const isHex = digits.startsWith("0x") || digits.startsWith("0X");
  if (isHex && (base === null || base === 16)) return signed(sign, parseDigits(digits.slice(2), 16));
  if (base === null || base === 10) return signed(sign, parseDecimal(digits));
  return typeof base === "number" && base >= 2 && base <= 36 ? signed(sign, parseDigits(digits, base)) : null;
}

const signed = (sign: number, size: number | null): number | null => (size === null ? null : sign * size);

function parseDecimal(text: string): number | null {
  for (const sign of text) if (!"0123456789.eE+-".includes(sign)) return null;
  const number = text === "" ? Number.NaN : Number(text);
  return Number.isNaN(number) ? null : number;
}

function parseDigits(text: string, base: number): number | null {
  if (text === "") return null;
  let number = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = Number.parseInt(text[at]!, 36);
    if (Number.isNaN(digit) || digit >= base) return null;
    number = number * base + digit;
  }
  return number;
}
