import { createHash } from "node:crypto";

/** An id that is the same for the same parts: Kibana hashes what an alert is made from, so that it is made once. */
export function hashOf(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** The same in the form of a UUID. */
export function idOf(parts: readonly unknown[]): string {
  const hash = hashOf(parts);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `4${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join("-");
}
