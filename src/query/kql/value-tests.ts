import { familyOf, type FieldInfo, isText } from "../../fields/index.js";
import {
  equalTest,
  type Interval,
  isTextTest,
  never,
  normalization,
  rangeTest,
  type ScalarTest,
} from "../match/index.js";
import type { Range, Value } from "./ast.js";
import { patternTest, splitPatternTest, textPatternTest, wordsTest } from "./text-tests.js";

/** The test that `field: value` makes of each value of a field as it is indexed. The value is not `*` alone. */
export function valueTest(
  field: FieldInfo | undefined,
  { value, pieces, quoted }: Value,
  now: number,
  inAnyField = false,
): ScalarTest {
  if (value === null) return never;
  const normalized = normalization(field);
  if (pieces !== undefined) return patternOf(field, pieces.map(normalized), inAnyField);
  const text = normalized(String(value));
  if (field !== undefined && isText(field.type)) return wordsTest(text, quoted, field);
  return equalTest(text, field?.type, now);
}

/** The test that `field > value` makes of each value of a field as it is indexed. */
export function boundTest(field: FieldInfo | undefined, range: Range, now: number): ScalarTest {
  const { value } = range.value;
  if (value === null) return never;
  return rangeTest(intervalOf(range, normalization(field)(String(value))), field?.type, now);
}

/** The interval of a range, with a text in the place of its value. */
export function intervalOf({ operator }: Range, text: string): Interval {
  const isLow = operator === ">" || operator === ">=";
  return {
    low: isLow ? text : undefined,
    high: isLow ? undefined : text,
    includesLow: operator === ">=",
    includesHigh: operator === "<=",
  };
}

/**
 * Patterns: a plain keyword is asked for the whole value, other fields through a query string, which splits it at
 * spaces. So does a pattern without a field.
 */
function patternOf(field: FieldInfo | undefined, pieces: readonly string[], inAnyField: boolean): ScalarTest {
  if (field === undefined) return inAnyField ? splitPatternTest(pieces) : patternTest(pieces);
  switch (familyOf(field.type)) {
    case "text":
      return textPatternTest(pieces);
    case "keyword":
      return isPlainKeyword(field) && !inAnyField ? patternTest(pieces) : splitPatternTest(pieces);
    case "string":
    case "version":
      return splitPatternTest(pieces);
    default:
      return never;
  }
}

/** Whether Kibana takes the field for a keyword: no other type, and no relative such as `wildcard`. */
export function isPlainKeyword({ type, otherTypes }: FieldInfo): boolean {
  return type === "keyword" && (otherTypes === undefined || otherTypes.length === 0);
}

/** The text that a value has to equal as it is indexed, where the test is nothing but that. */
export function exactText(field: FieldInfo | undefined, { value, pieces }: Value): string | undefined {
  if (pieces !== undefined || value === null) return undefined;
  const text = normalization(field)(String(value));
  return isTextTest(text, field?.type) ? text : undefined;
}
