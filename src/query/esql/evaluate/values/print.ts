import { printDouble } from "../../../match/index.js";
import { printAddress } from "./address.js";
import { printDate, printDateNanos } from "./instant.js";
import { printTimespan } from "./timespan.js";
import { type Cell, isMany, type Point, type Range, type Timespan, type Value } from "./value.js";
import type { Whole } from "./whole.js";

/** A value of Elasticsearch's answer. Whole numbers that a JavaScript number does not hold are bigints. */
export type AnswerValue = bigint | boolean | number | string;

/** A place of Elasticsearch's answer. */
export type Answer = AnswerValue | null | readonly AnswerValue[];

/** How Elasticsearch's API gives a cell of a type. */
export function answerOf(type: string): (cell: Cell) => Answer {
  if (UNSHOWN.has(type)) return () => null;
  const print = printer(type);
  if (print === undefined) return (cell) => cell as Answer;
  return (cell) => (cell === null ? null : isMany(cell) ? cell.map(print) : print(cell));
}

/** Types whose columns Elasticsearch gives without values. */
const UNSHOWN: ReadonlySet<string> = new Set(["null", "unsupported"]);

function printer(type: string): ((value: Value) => string) | undefined {
  switch (type) {
    case "date":
      return (value) => printDate(value as number);
    case "date_nanos":
      return (value) => printDateNanos(value as Whole);
    case "ip":
      return (value) => printAddress(value as string);
    case "geo_point":
    case "cartesian_point":
      return (value) => printPoint(value as Point);
    case "date_range":
      return (value) => printRange(value as Range, printDate);
    case "double_range":
      return (value) => printRange(value as Range, printDouble);
    default:
      return undefined;
  }
}

/** A value as `TO_STRING` writes it. */
export function textOfValue(type: string): (value: Value) => string {
  if (type === "double") return (value) => printDouble(value as number);
  if (type === "date_period" || type === "time_duration") return (value) => printTimespan(value as Timespan);
  return printer(type) ?? String;
}

/** `POINT (1.0 2.0)` */
function printPoint({ x, y }: Point): string {
  return `POINT (${printDouble(x)} ${printDouble(y)})`;
}

function printRange({ min, max }: Range, print: (value: number) => string): string {
  return `${print(min)}..${print(max)}`;
}
