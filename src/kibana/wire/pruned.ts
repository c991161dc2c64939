import { either } from "fp-ts/lib/Either.js";
import * as t from "io-ts";

type Prunable<T> = T extends object ? { [K in keyof T]: undefined extends T[K] ? K : never }[keyof T] : never;

/** A value type whose keys that admit undefined become optional, all the way down. */
export type Pruned<T> = T extends readonly (infer U)[]
  ? Pruned<U>[]
  : T extends object
    ? { [K in Exclude<keyof T, Prunable<T>>]: Pruned<T[K]> } & {
        [K in Prunable<T>]?: Pruned<Exclude<T[K], undefined>>;
      }
    : T;

function prune(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(prune);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [[key, prune(inner)]])),
  );
}

/**
 * A codec of the alerting types whose optional fields are written as required keys that admit undefined. JSON has no
 * undefined: this leaves such keys out of the value and makes them optional in its type.
 */
export function pruned<A>(codec: t.Type<A>): t.Type<Pruned<A>> {
  return new t.Type<Pruned<A>>(
    codec.name,
    (value): value is Pruned<A> => codec.is(value),
    (input, context) => either.map(codec.validate(input, context), (value) => prune(value) as Pruned<A>),
    t.identity,
  );
}
