import * as t from "io-ts";

/**
 * A codec narrowed to the values that hold. Names say what is expected, because error lines print them. (io-ts would rather have
 * brands, but a brand's static type is not the plain one.)
 */
function checked<C extends t.Any>(
  name: string,
  base: C,
  holds: (value: t.TypeOf<C>) => boolean,
): t.RefinementC<C> {
  return t.refinement(base, holds, name);
}

export const nonEmptyText = checked("a text that is not empty", t.string, (text) => text.length > 0);

export const nonBlankText = checked("a text that is not blank", t.string, (text) => text.trim() !== "");

export function wholeNumber(least: number, most: number = Number.MAX_SAFE_INTEGER): t.RefinementC<t.NumberC> {
  const bounds = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
  return checked(
    `a whole number ${bounds}`,
    t.number,
    (value) => Number.isSafeInteger(value) && value >= least && value <= most,
  );
}

/** An array of so many values. */
export function sized<C extends t.Mixed>(
  items: C,
  least: number,
  most: number = Number.POSITIVE_INFINITY,
): t.RefinementC<t.ArrayC<C>> {
  const bounds = Number.isFinite(most) ? `${least} to ${most}` : `at least ${least}`;
  return checked(`a list of ${bounds}`, t.array(items), ({ length }) => length >= least && length <= most);
}
