import { type ScalarTest, some, textOf, toNumber } from "../../match/index.js";
import { compareTo } from "./comparison.js";
import { insensitiveAny } from "./insensitive.js";
import { exactAny } from "./pattern.js";
import type { FieldType } from "./schema.js";

/** The test whether one value of a field equals one of the literals; `insensitive` compares texts without case. */
export function memberOf(
  literals: readonly (string | number | boolean)[],
  insensitive: boolean,
  type: FieldType,
  now: number,
): ScalarTest {
  const texts = literals.filter((literal) => typeof literal === "string");
  const isText = type.kind === "text" || type.kind === "version";
  if (insensitive || (isText && texts.length === literals.length)) {
    const test = insensitive ? insensitiveAny(literals.map(String)) : exactAny(texts);
    return (value) => test(textOf(value));
  }
  if (type.kind === "text" || type.kind === "number") {
    const numbers = new Set(literals.map(toNumber));
    if (!numbers.has(undefined) && literals.every((literal) => typeof literal === "number"))
      return (value) => numbers.has(typeof value === "number" ? value : (toNumber(value) ?? Number.NaN));
  }
  return some(literals.map((literal) => compareTo("==", literal, type, now)));
}
