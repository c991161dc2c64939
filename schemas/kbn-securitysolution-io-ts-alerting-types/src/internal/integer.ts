import * as t from "io-ts";

/**
 * A safe integer within bounds (both included). The guard `is` only asks for a number, as all hand-made codecs of the
 * package keep the guard of their base type; `decode` is the strict one. Strings are not converted.
 */
export function integerWithin(
  name: string,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): t.Type<number> {
  return new t.Type<number>(
    name,
    t.number.is,
    (input, context) =>
      typeof input === "number" && Number.isSafeInteger(input) && input >= least && input <= most
        ? t.success(input)
        : t.failure(input, context),
    t.identity,
  );
}

export const PositiveInteger = integerWithin("PositiveInteger", 0);

export const PositiveIntegerGreaterThanZero = integerWithin("PositiveIntegerGreaterThanZero", 1);
