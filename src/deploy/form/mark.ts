import { hash as hashOf } from "node:crypto";
import { canonical } from "./canonical.js";

/**
 * The mark that shows whose an object is and what was last applied to it, kept in its `meta.kdac`. All of a rule's `meta`
 * is copied into each of its alerts, so the mark is small.
 */
export interface Mark {
  readonly project: string;
  /** On rules: a duplicate made in Kibana copies the mark but has another `rule_id`, and so is nobody's. */
  readonly rule_id?: string;
  /** Of what was applied, in the form `<scheme>:<hash>`. */
  readonly digest: string;
}

/**
 * What a digest is taken of. `core` is always ours. `options` are what the author may leave to Kibana or to
 * analysts: a digest covers those that were authored when it was made.
 */
export interface Fingerprint {
  readonly core: unknown;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Changes when the comparable form changes, so that marks of older versions are not mistaken for drift. */
const SCHEME = "2";
const HASH_LENGTH = 16;
/** Options beyond this are too many to try all their combinations. */
const MOST_OPTIONS = 10;

export function markOf(meta: unknown): Mark | undefined {
  const mark = isRecord(meta) ? meta["kdac"] : undefined;
  if (!isRecord(mark)) return undefined;
  const { project, rule_id, digest } = mark;
  if (typeof project !== "string" || typeof digest !== "string") return undefined;
  return { project, digest, ...(typeof rule_id === "string" ? { rule_id } : {}) };
}

/** Whether an object bears a project's mark. */
export function isMarkedBy(object: Readonly<Record<string, unknown>>, project: string): boolean {
  return markOf(object["meta"])?.project === project;
}

/** The digest of a value list whose values are being written: of no scheme, so that nothing is concluded from it. */
export const UNFINISHED = "0:unfinished";

/** Whether a mark says that an apply was at work on the object and did not end: what is missing there, git has. */
export function isUnfinished(mark: Mark | undefined): boolean {
  return mark?.digest === UNFINISHED;
}

/** Whether two marks say the same. */
export function isSameMark(a: Mark | undefined, b: Mark | undefined): boolean {
  return a?.digest === b?.digest && a?.project === b?.project && a?.rule_id === b?.rule_id;
}

export function digestOf(fingerprint: Fingerprint): string {
  return combine(hash(canonical(fingerprint.core)), optionHashes(fingerprint.options));
}

/** What a digest says about an object as it is now. */
export type Base =
  /** The object is as it was last applied; `options` are those that were authored then. */
  | { readonly kind: "as-applied"; readonly options: ReadonlySet<string> }
  /** It was changed since. */
  | { readonly kind: "changed" }
  /** The digest is of another scheme: nothing can be said. */
  | { readonly kind: "unknown" };

/**
 * Tells whether an object is still as it was when its mark was made. Which options the digest covers is not written
 * down: the likely combination is tried first, then all of them (they are few, and each costs one small hash).
 */
export function compareWithMark(mark: Mark, live: Fingerprint, likely: ReadonlySet<string>): Base {
  if (!mark.digest.startsWith(`${SCHEME}:`)) return { kind: "unknown" };
  const core = hash(canonical(live.core));
  const options = optionHashes(live.options);
  for (const names of combinations([...options.keys()], likely)) {
    const some = new Map([...options].filter(([name]) => names.has(name)));
    if (combine(core, some) === mark.digest) return { kind: "as-applied", options: names };
  }
  return { kind: "changed" };
}

function* combinations(
  names: readonly string[],
  likely: ReadonlySet<string>,
): Generator<ReadonlySet<string>> {
  yield new Set(names.filter((name) => likely.has(name)));
  yield new Set(names);
  if (names.length > MOST_OPTIONS) return;
  for (let bits = 0; bits < 2 ** names.length; bits++) {
    yield new Set(names.filter((_, i) => (bits & (1 << i)) !== 0));
  }
}

function optionHashes(options: Readonly<Record<string, unknown>>): Map<string, string> {
  const defined = Object.entries(options).filter(([, value]) => value !== undefined);
  return new Map(
    defined.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => [name, hash(canonical(value))]),
  );
}

function combine(core: string, options: ReadonlyMap<string, string>): string {
  return `${SCHEME}:${hash([core, ...[...options].flat()].join("\n")).slice(0, HASH_LENGTH)}`;
}

function hash(text: string): string {
  return hashOf("sha256", text, "hex");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
