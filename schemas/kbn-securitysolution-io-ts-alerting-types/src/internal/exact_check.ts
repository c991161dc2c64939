import { type Either, isLeft, left } from "fp-ts/lib/Either.js";
import type { Errors } from "io-ts";

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

function serialized(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "circular reference";
  }
}

/**
 * The keys that decoding dropped, depth first. Only keys of the original count: what decoding added or changed is no
 * difference. Where a whole value was dropped, its JSON follows its key.
 */
export function findDifferencesRecursive(original: unknown, decoded: unknown): string[] {
  if (original === null && decoded === null) {
    return [];
  }
  if (decoded === null || decoded === undefined) {
    return [serialized(original)];
  }
  if (!isObject(original)) {
    return [];
  }
  const kept = new Map<string, unknown>(isObject(decoded) ? Object.entries(decoded) : []);
  return Object.entries(original).flatMap(([key, value]) => [
    ...(kept.has(key) ? [] : [key]),
    ...(isObject(value) ? findDifferencesRecursive(value, kept.get(key)) : []),
  ]);
}

/** Turns keys that an exact codec dropped in silence into one error, `invalid keys "a,b"`. A failure passes unchanged. */
export function exactCheck<T>(original: unknown, decoded: Either<Errors, T>): Either<Errors, T> {
  if (isLeft(decoded)) {
    return decoded;
  }
  const differences = findDifferencesRecursive(original, decoded.right);
  return differences.length === 0
    ? decoded
    : left([{ value: differences, context: [], message: `invalid keys "${differences.join(",")}"` }]);
}
