export { isLong, valueFromText } from "./from-text.js";
export { isV4, prefixOf, printAddress, readAddress } from "./address.js";
export { arithmeticFailure, conversionFailure, Failure, ILLEGAL_ARGUMENT } from "./failure.js";
export {
  addSpan, addSpanToNanos, DAY, HOUR, millisToNanos, MINUTE, nanosOfSecond, nanosToMillis, printDate, readDate,
  readDateNanos, SECOND, timeOfDay,
} from "./instant.js"; // prettier-ignore
export { type Compare, leastOf, orderOf } from "./order.js";
export { type Answer, answerOf, type AnswerValue, textOfValue } from "./print.js";
export { addTimespans, isPeriod, lengthOf, negateTimespan, readTimespan, timespan } from "./timespan.js";
export { type Cell, cellOf, type Cells, cellsOf, emptyCells, isMany, type Point, type Range, type Timespan, type Value, valuesOf, type Variant } from "./value.js"; // prettier-ignore
export {
  INTEGER, LONG, MAX_INT, MAX_LONG, MAX_UNSIGNED, MIN_INT, MIN_LONG, roundToWhole, toInt, UNSIGNED, whole, type Whole,
  wholeArithmetic,
} from "./whole.js"; // prettier-ignore
