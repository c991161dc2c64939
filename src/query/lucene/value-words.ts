import { familyOf } from "../../fields/index.js";
import {
  inCidr,
  parseCidr,
  parseDate,
  parseIp,
  toBoolean,
  tokens,
  toMillis,
  toNumber,
} from "../match/index.js";
import type { DefaultOperator } from "./occur.js";
import { hasPhrase } from "./positions.js";
import { any, anyText, NEVER, type ValueTest } from "./value-test.js";

/**
 * A test for words on a text field: one of them, or each with the default operator AND, in any of its values. Undefined
 * where analysis leaves nothing of the text, which is then no condition at all.
 */
export function analysedTest(text: string, operator: DefaultOperator): ValueTest | undefined {
  const wanted = tokens(text);
  if (wanted.length === 0) return undefined;
  if (wanted.length === 1) {
    const [word] = wanted;
    return anyText((value) => tokens(value).includes(word!));
  }
  if (operator === "OR") {
    const set = new Set(wanted);
    return anyText((value) => tokens(value).some((token) => set.has(token)));
  }
  return (value) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    const found = new Set(values.flatMap((one) => tokens(String(one))));
    return wanted.every((word) => found.has(word));
  };
}

/** A test for a phrase on a text field; undefined where analysis leaves nothing of it. */
export function phraseTest(text: string, slop: number): ValueTest | undefined {
  const wanted = tokens(text);
  if (wanted.length === 0) return undefined;
  return anyText((value) => hasPhrase(tokens(value), wanted, slop));
}

/** A test for one value on a field that is not analysed; undefined is a type that is not known. */
export function exactTest(text: string, type: string | undefined, now: number): ValueTest {
  if (type === undefined) return untypedTest(text);
  switch (familyOf(type)) {
    case "number": {
      const number = toNumber(text);
      return number === undefined ? NEVER : any((value) => toNumber(value) === number);
    }
    case "boolean": {
      const boolean = toBoolean(text);
      return boolean === undefined ? NEVER : any((value) => toBoolean(value) === boolean);
    }
    case "ip":
      return ipTest(text);
    case "date":
      return dateTest(text, now);
    case "object":
    case "range":
      return NEVER;
    default:
      return anyText((value) => value === text);
  }
}

function ipTest(text: string): ValueTest {
  const block = parseCidr(text);
  const address = parseIp(text);
  if (block === undefined && address === undefined) return NEVER;
  return anyText((value) => {
    const ip = parseIp(value);
    if (ip === undefined) return false;
    return block === undefined ? equalIp(ip, address) : inCidr(ip, block);
  });
}

function equalIp(a: ReturnType<typeof parseIp>, b: ReturnType<typeof parseIp>): boolean {
  if (typeof a === "number" || typeof b === "number" || a === undefined || b === undefined) return a === b;
  return a.every((word, index) => word === b[index]);
}

/** A date stands for all that it names: `2024-01-01` for the whole day. In a format of the field's own, texts are compared. */
function dateTest(text: string, now: number): ValueTest {
  const date = parseDate(text, now);
  if (date === undefined) return any((value) => value === text);
  const { ms, lastMs } = date;
  return any((value) => {
    const millis = toMillis(value);
    return millis !== undefined && millis >= ms && millis <= lastMs;
  });
}

/** Where the type is not known, texts are compared as keywords, numbers as numbers, and a block finds addresses. */
function untypedTest(text: string): ValueTest {
  const number = toNumber(text);
  const block = parseCidr(text);
  return any((value) => {
    if (typeof value === "number") return value === number;
    if (typeof value !== "string") return String(value) === text;
    if (value === text) return true;
    if (block === undefined) return false;
    const ip = parseIp(value);
    return ip !== undefined && inCidr(ip, block);
  });
}
