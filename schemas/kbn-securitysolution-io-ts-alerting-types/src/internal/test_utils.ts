import { type Either, isLeft } from "fp-ts/lib/Either.js";
import type { Errors, Validation } from "io-ts";
import { formatErrors } from "./format_errors.js";

/** Both sides of a validation at once: the value (an empty object on failure) and the errors (none on success). */
export function foldLeftRight<T>(validation: Either<Errors, T>): { schema: T | object; errors: Errors } {
  return isLeft(validation)
    ? { schema: {}, errors: validation.left }
    : { schema: validation.right, errors: [] };
}

/** The error lines of a validation, or `no errors`. */
export function getPaths<A>(validation: Validation<A>): string[] {
  return isLeft(validation) ? formatErrors(validation.left) : ["no errors"];
}
