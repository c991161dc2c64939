import * as t from "io-ts";

export type TimeUnit = "s" | "m" | "h" | "d" | "w" | "y";

/**
 * A whole number ≥ 1 and one of the units (`30s`, `7d`). The number is whatever `Number()` reads, so `1e3h` passes;
 * blanks around the whole do not.
 */
export function TimeDuration(options: { allowedUnits: TimeUnit[] }): t.Type<string> {
  const units = new Set<string>(options.allowedUnits);
  const holds = (text: string): boolean => {
    const amount = Number(text.slice(0, -1));
    return text === text.trim() && units.has(text.slice(-1)) && Number.isSafeInteger(amount) && amount >= 1;
  };
  return new t.Type<string>(
    "TimeDuration",
    t.string.is,
    (input, context) =>
      typeof input === "string" && holds(input) ? t.success(input) : t.failure(input, context),
    t.identity,
  );
}
