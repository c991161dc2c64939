/** Items with value lists that are no part of the search: Kibana compares what was found with them. */
import type { Fields } from "../../fields/index.js";
import {
  compareIp,
  type Event,
  fetchedValues,
  inCidr,
  parseCidr,
  parseIp,
  toMillis,
  tokens,
} from "../../query/index.js";
import type { ListEntry } from "./item.js";
import type { Lists } from "./lists.js";

/** Whether an event is what an item, all of whose entries are lists, is about. */
export function listItemTest(
  entries: readonly ListEntry[],
  lists: Lists,
  fields: Fields,
): (event: Event) => boolean {
  const tests = entries.map((entry) => {
    const values = fetchedValues({ fields }, entry.field);
    const { type, values: listed } = lists.find(entry);
    const isListed = membership(type, listed);
    const wanted = entry.operator === "included";
    return (event: Event): boolean => values(event).some(isListed) === wanted;
  });
  return (event) => tests.every((test) => test(event));
}

/** Whether a value is in a list, by the list's type. */
function membership(type: string, listed: readonly string[]): (value: unknown) => boolean {
  if (type === "ip_range") return inIpRanges(listed);
  if (type.endsWith("_range")) return inRanges(listed, orderOf(type.slice(0, -"_range".length)));
  if (type === "text") return inTexts(listed);
  const read = orderOf(type);
  const known = new Set(listed.map(read));
  return (value) => known.has(read(value));
}

/** What values of a type are compared by. */
function orderOf(type: string): (value: unknown) => number | string {
  switch (type) {
    case "double":
    case "float":
    case "half_float":
    case "long":
    case "integer":
    case "short":
    case "byte":
      return Number;
    case "date":
    case "date_nanos":
      return (value) => toMillis(value) ?? String(value);
    default:
      return String;
  }
}

/** `low-high` or, of dates, `low,high`; both ends are included. */
const RANGE = /^(-?[^-,]+)-(-?[^-,]+)$|^([^,]+),([^,]+)$/;

function inRanges(
  listed: readonly string[],
  read: (value: unknown) => number | string,
): (value: unknown) => boolean {
  const ranges = listed.map((text) => {
    const [, low, high, from, to] = RANGE.exec(text) ?? [];
    return [read(low ?? from ?? text), read(high ?? to ?? text)] as const;
  });
  return (value) => {
    const own = read(value);
    return ranges.some(([low, high]) => own >= low && own <= high);
  };
}

function inIpRanges(listed: readonly string[]): (value: unknown) => boolean {
  const tests = listed.map((text) => {
    const block = parseCidr(text);
    const [low, high] = block === undefined ? text.split("-").map((part) => parseIp(part.trim())) : [];
    return (value: unknown): boolean => {
      const ip = parseIp(String(value));
      if (ip === undefined) return false;
      if (block !== undefined) return inCidr(ip, block);
      const top = high ?? low;
      return low !== undefined && top !== undefined && compareIp(ip, low) >= 0 && compareIp(ip, top) <= 0;
    };
  });
  return (value) => tests.some((test) => test(value));
}

/** A text is in the list where one of its texts has all of the words. */
function inTexts(listed: readonly string[]): (value: unknown) => boolean {
  const all = listed.map((text) => new Set(tokens(text)));
  return (value) => {
    const words = tokens(String(value));
    return words.length > 0 && all.some((listedWords) => words.every((word) => listedWords.has(word)));
  };
}
