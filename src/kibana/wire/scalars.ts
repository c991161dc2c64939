import * as t from "io-ts";

function checked<A>(name: string, base: t.Type<A>, holds: (value: A) => boolean): t.Type<A> {
  return new t.Type<A>(
    name,
    base.is,
    (input, context) => (base.is(input) && holds(input) ? t.success(input) : t.failure(input, context)),
    t.identity,
  );
}

/** Codec names say what is expected, because error lines print them. */
export const nonEmptyText = checked("a text that is not empty", t.string, (text) => text.length > 0);

export const nonBlankText = checked("a text that is not blank", t.string, (text) => text.trim() !== "");

export function wholeNumber(least: number, most: number = Number.MAX_SAFE_INTEGER): t.Type<number> {
  const bounds = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
  return checked(
    `a whole number ${bounds}`,
    t.number,
    (value) => Number.isSafeInteger(value) && value >= least && value <= most,
  );
}

/** An array of so many values. */
export function sized<A>(
  items: t.Type<A>,
  least: number,
  most: number = Number.POSITIVE_INFINITY,
): t.Type<A[]> {
  const array = t.array(items);
  const bounds = Number.isFinite(most) ? `${least} to ${most}` : `at least ${least}`;
  return new t.Type<A[]>(
    `a list of ${bounds}`,
    array.is,
    (input, context) =>
      Array.isArray(input) && (input.length < least || input.length > most)
        ? t.failure(input, context)
        : array.validate(input, context),
    t.identity,
  );
}
