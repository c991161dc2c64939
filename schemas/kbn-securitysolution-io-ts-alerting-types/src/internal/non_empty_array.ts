import * as t from "io-ts";

/** An array of the codec's values that is not empty. Its static type is the plain array. */
export function NonEmptyArray<A, O>(
  codec: t.Type<A, O>,
  name: string = `NonEmptyArray<${codec.name}>`,
): t.Type<A[]> {
  const items = t.array(codec);
  return new t.Type<A[]>(
    name,
    items.is,
    (input, context) =>
      Array.isArray(input) && input.length === 0 ? t.failure(input, context) : items.validate(input, context),
    t.identity,
  );
}
