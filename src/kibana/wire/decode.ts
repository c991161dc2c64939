import { isLeft } from "fp-ts/lib/Either.js";
import type * as t from "io-ts";
import { errorLines } from "./errors.js";

export type Decoded<A> =
  | { readonly ok: true; readonly value: A }
  /** One line a problem, `path.to.field: what is wrong`. */
  | { readonly ok: false; readonly errors: string[] };

/**
 * What becomes of keys that the codec does not know:
 * - `reject`: each is an error. What we send is checked so, because Kibana drops a misspelt field without a word.
 * - `strip`: they are left out, as Kibana does.
 * - `keep`: the value is returned as it came. What we receive is read so, because a newer Kibana knows more fields.
 */
export type UnknownKeys = "reject" | "strip" | "keep";

/** Paths of the keys that decoding left out. Values that the codec does not look into are the same on both sides. */
function dropped(original: unknown, decoded: unknown, path: string): string[] {
  if (original === decoded || typeof original !== "object" || original === null) return [];
  if (typeof decoded !== "object" || decoded === null) return [];
  const kept = new Map<string, unknown>(Object.entries(decoded));
  return Object.entries(original).flatMap(([key, value]) => {
    const at = path === "" ? key : `${path}.${key}`;
    return kept.has(key) || value === undefined ? dropped(value, kept.get(key), at) : [at];
  });
}

/** Checks a value of unknown origin against a codec. Never throws. */
export function decodeWith<A>(codec: t.Type<A>, value: unknown, unknownKeys: UnknownKeys): Decoded<A> {
  const decoded = codec.decode(value);
  if (isLeft(decoded)) {
    return { ok: false, errors: errorLines(decoded.left) };
  }
  if (unknownKeys === "keep") {
    return { ok: true, value: value as A };
  }
  const unknown = unknownKeys === "reject" ? dropped(value, decoded.right, "") : [];
  return unknown.length === 0
    ? { ok: true, value: decoded.right }
    : { ok: false, errors: unknown.map((path) => `${path}: unknown key`) };
}
