import * as t from "io-ts";
import { defaultValue } from "./default_value.js";
import { PositiveIntegerGreaterThanZero } from "./integer.js";

/** A whole number ≥ 1, given as a number or as text that starts with one, as query strings do. */
const countingNumber = new t.Type<number>(
  PositiveIntegerGreaterThanZero.name,
  t.number.is,
  (input, context) =>
    PositiveIntegerGreaterThanZero.validate(
      typeof input === "string" ? Number.parseInt(input, 10) : input,
      context,
    ),
  t.identity,
);

/** A counting number of a paged request, with its default. Kibana names both of them `DefaultPerPage` in errors. */
export const pagingNumber = (fallback: number): t.Type<number, number | undefined> =>
  defaultValue(countingNumber, () => fallback, "DefaultPerPage");
