import type { Client } from "../client.js";
import { isKibanaError, type KibanaError } from "../errors.js";
import { backOff } from "../retry.js";

export interface ReadBack<T> {
  /** Sends the creation. */
  readonly create: () => Promise<T>;
  /** Reads the object that should be there now; undefined when it is not. */
  readonly read: () => Promise<T | undefined>;
  /** Whether what was read is what this creation makes, and not somebody else's. */
  readonly isOurs: (found: T) => boolean;
}

/** Reads after a broken connection, half a second to a few seconds apart. */
const READS = 3;
const SENDS = 3;

/**
 * Creates an object although the connection may break: a POST is not repeated blindly, because Kibana looks for an
 * existing id by a search, and two requests that overtake each other make two rules. After a failure whose effect is
 * unknown the object is read back. The POST is sent again only when the connection broke and the object is not there,
 * several reads in a row; not when something else than Kibana answered, which would answer again. A 409 is read back too:
 * it is the answer to a second send whose first one arrived.
 */
export async function createWithReadBack<T>(
  client: Client,
  { create, read, isOurs }: ReadBack<T>,
): Promise<T> {
  for (let sends = 1; ; sends++) {
    try {
      return await create();
    } catch (error) {
      if (!isKibanaError(error)) throw error;
      const found = await lookFor(client, error, read);
      if (found !== undefined && isOurs(found)) return found;
      const isBroken = error.effect === "unknown" && !isKibanaError(error, "not-kibana", "login");
      if (found !== undefined || !isBroken || sends === SENDS) throw error;
    }
  }
}

async function lookFor<T>(
  client: Client,
  error: KibanaError,
  read: () => Promise<T | undefined>,
): Promise<T | undefined> {
  if (error.kind === "conflict") return read();
  if (error.effect !== "unknown") return undefined;
  for (let reads = 1; reads <= READS; reads++) {
    await client.clock.sleep(backOff(reads, client.random));
    const found = await read();
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Turns the 404 of a read into undefined. */
export async function orUndefined<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isKibanaError(error, "not-found")) return undefined;
    throw error;
  }
}
