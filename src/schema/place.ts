import type { LocatedDocument } from "../yaml/index.js";

/** The kinds of files that people write. */
export type FileKind = "rule" | "translation" | "exceptions" | "connector" | "config";

/** Where errors came up: the definition that was checked, and the document. */
export interface Place {
  readonly root: string;
  readonly kind: FileKind;
  readonly document: LocatedDocument;
}

/** A place as one reads it: `actions[0].params`; the file itself has no name. */
export function nameOf(path: readonly string[]): string {
  return path.reduce(
    (name, segment) =>
      /^\d+$/.test(segment) ? `${name}[${segment}]` : name === "" ? segment : `${name}.${segment}`,
    "",
  );
}

export function valueAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, segment) =>
      typeof at === "object" && at !== null ? (at as Record<string, unknown>)[segment] : undefined,
    data,
  );
}

/** Longer values are not repeated in a message. */
const MOST = 60;

export function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}

/**
 * Whether a place holds credentials or is meant to. Its text must not travel into logs, however wrong it is otherwise.
 */
export function isSecret({ kind }: Place, path: readonly string[]): boolean {
  if (kind === "connector") return path[0] === "secrets";
  return kind === "config" && path.length === 3 && path[0] === "environments" && CREDENTIALS.has(path[2]!);
}

const CREDENTIALS: ReadonlySet<string> = new Set(["api_key", "username", "password"]);
