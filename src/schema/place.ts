import type { LocatedDocument } from "../yaml/index.js";

/** The kinds of files that people write, and the lock of fields, which kdac does. */
export type FileKind =
  "rule" | "translation" | "exceptions" | "connector" | "values" | "config" | "fields" | "lock";

/** Where errors came up: the definition that was checked, and the document. */
export interface Place {
  readonly root: string;
  readonly kind: FileKind;
  readonly document: LocatedDocument;
}

/** A place as one reads it: `actions[0].params`; the file itself has no name. */
export function nameOf({ document: { data } }: Place, path: readonly string[]): string {
  let value = data;
  let name = "";
  for (const segment of path) {
    const separator = name === "" ? "" : ".";
    name += Array.isArray(value) ? `[${segment}]` : `${separator}${shown(segment)}`;
    value = valueAt(value, [segment]);
  }
  return name;
}

export function valueAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, segment) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, segment)
        ? (at as Record<string, unknown>)[segment]
        : undefined,
    data,
  );
}

/** Longer values and keys are not repeated in a message. */
const MOST = 60;

export function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  // Not cut between the two halves of a character.
  return text.length > MOST ? `${text.slice(0, MOST).replace(/[\uD800-\uDBFF]$/, "")}…` : text;
}

/**
 * Whether what stands at a place is a credential or may have been meant as one. Its text must not travel into logs, however
 * wrong it is otherwise. In an environment that is all but the spaces, the overlays and an address without a user: a key that is not known may
 * be a misspelt `api_key`.
 */
export function isSecret({ kind, document }: Place, path: readonly string[]): boolean {
  const [field, , key] = path;
  if (kind === "connector") return field === "secrets";
  if (kind !== "config" || field !== "environments" || (key !== undefined && OPEN.has(key))) return false;
  return key !== "url" || (JSON.stringify(valueAt(document.data, path)) ?? "").includes("@");
}

/** Whether a place is for nothing but a reference to the environment. */
export function isCredential({ kind }: Place, path: readonly string[]): boolean {
  if (kind === "connector") return path.length > 1 && path[0] === "secrets";
  return kind === "config" && path.length === 3 && path[0] === "environments" && CREDENTIALS.has(path[2]!);
}

/** What an environment says about spaces and rules. */
const OPEN: ReadonlySet<string> = new Set(["add", "overlays", "remove", "set", "spaces"]);
const CREDENTIALS: ReadonlySet<string> = new Set(["api_key", "username", "password"]);
