import * as t from "io-ts";

function textWhere(name: string, holds: (text: string) => boolean): t.Type<string> {
  return new t.Type<string>(
    name,
    t.string.is,
    (input, context) =>
      typeof input === "string" && holds(input) ? t.success(input) : t.failure(input, context),
    t.identity,
  );
}

/** Text with something in it beside blanks; kept as it is, not trimmed. */
export const NonEmptyString = textWhere("NonEmptyString", (text) => text.trim() !== "");

/** Hexadecimal groups of 8-4-4-4-12, in either case; version and variant are not looked at. */
export const UUID = textWhere("UUID", (text) =>
  /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/iu.test(text),
);
