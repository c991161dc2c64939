import { familyOf, type FieldInfo } from "../../fields/index.js";
import { compareIp, parseDate, parseIp, toBoolean, toMillis, tokens, toNumber } from "../match/index.js";
import type { Range } from "./ast.js";
import { never, type ScalarTest, textOf } from "./scalar.js";
import { limited, numberIn } from "./value-tests.js";

type Operator = Range["operator"];

/** The test that `field > value` makes of each value of a field. */
export function rangeTest(field: FieldInfo | undefined, { operator, value }: Range, now: number): ScalarTest {
  if (value.value === null) return never;
  const text = String(value.value);
  const holds = COMPARE[operator];
  switch (field === undefined ? "string" : familyOf(field.type)) {
    case "number":
      return ordered(toNumber(text), (found) => numberIn(field!.type, found), holds);
    case "date":
      return ordered(edgeOf(text, operator, now), toMillis, holds);
    case "boolean":
      return ordered(bit(text), bit, holds);
    case "ip": {
      const bound = parseIp(text);
      if (bound === undefined) return never;
      return (found) => {
        const ip = typeof found === "string" ? parseIp(found) : undefined;
        return ip !== undefined && holds(compareIp(ip, bound));
      };
    }
    case "text":
      return (found) => tokens(textOf(found)).some((word) => holds(compareTexts(word, text)));
    case "keyword":
      return limited(field, (found) => holds(compareTexts(textOf(found), text)));
    default:
      return inferredRange(text, operator, now);
  }
}

const COMPARE: Readonly<Record<Operator, (order: number) => boolean>> = {
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

function ordered(
  bound: number | undefined,
  read: (found: unknown) => number | undefined,
  holds: (order: number) => boolean,
): ScalarTest {
  if (bound === undefined) return never;
  return (found) => {
    const number = read(found);
    return number !== undefined && holds(number - bound);
  };
}

function bit(value: unknown): number | undefined {
  const found = toBoolean(value);
  return found === undefined ? undefined : Number(found);
}

/** A day as a bound: `>` is after its end and `<=` up to its end; `<` and `>=` are about its beginning. */
function edgeOf(text: string, operator: Operator, now: number): number | undefined {
  const time = parseDate(text, now);
  return operator === ">" || operator === "<=" ? time?.lastMs : time?.ms;
}

/** The order of two texts by code points, which is that of their UTF-8 bytes. */
function compareTexts(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** A time as events and rules write it; digits alone are a number. */
const TIME = /^(?:now|\d{4}-\d\d)/;

/** On a field of unknown type: numbers as numbers, times as times, addresses as addresses, everything else as text. */
function inferredRange(text: string, operator: Operator, now: number): ScalarTest {
  const holds = COMPARE[operator];
  const number = toNumber(text);
  if (number !== undefined) {
    return (found) => {
      const value = toNumber(found);
      return value === undefined ? holds(compareTexts(textOf(found), text)) : holds(value - number);
    };
  }
  const edge = TIME.test(text) ? edgeOf(text, operator, now) : undefined;
  if (edge !== undefined) return ordered(edge, toMillis, holds);
  const bound = parseIp(text);
  return (found) => {
    const ip = bound === undefined || typeof found !== "string" ? undefined : parseIp(found);
    return holds(ip === undefined ? compareTexts(textOf(found), text) : compareIp(ip, bound!));
  };
}
