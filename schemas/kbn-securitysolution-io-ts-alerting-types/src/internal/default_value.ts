import * as t from "io-ts";

/**
 * A codec that gives a default for null, undefined and a missing key, and leaves all else to `codec`. The inner codec
 * gets the same context, so that an error names this codec and not the inner one.
 *
 * @param make makes the default anew each time, so that no two results share an array.
 */
export function defaultValue<A>(
  codec: t.Type<A>,
  make: () => A,
  name: string = `DefaultValue<${codec.name}>`,
): t.Type<A, A | undefined> {
  return new t.Type<A, A | undefined>(
    name,
    codec.is,
    (input, context) =>
      input === null || input === undefined ? t.success(make()) : codec.validate(input, context),
    t.identity,
  );
}
