import type { KibanaError } from "./errors.js";

/** Time, as far as retries need it. Milliseconds. */
export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/**
 * What may be done when a call fails.
 *
 * - `repeatable`: GET, DELETE and PUT by id. Sending it twice has the effect of sending it once.
 * - `refused-only`: POST that creates. Sent again only when the failure proves that it had no effect (429, 503,
 *   connection refused); after a broken connection the caller reads the outcome back.
 * - `never`: `_import`, which duplicates rules when a proxy or a client sends it again (kibana #176207).
 */
export type Repeat = "repeatable" | "refused-only" | "never";

const BASE_DELAY = 500;
const LONGEST_DELAY = 30_000;
/** A server that asks for more patience than this is reported instead of waited for. */
export const LONGEST_RETRY_AFTER = 120_000;
/** Sends of one call when the server says "later". */
export const ATTEMPTS = 6;
/** Sends of one call when the network fails. */
export const NETWORK_ATTEMPTS = 4;

/**
 * How long to wait before the next send, in milliseconds; undefined to give up.
 *
 * @param attempt sends so far, from 1
 * @param random a number in [0, 1): spreads clients that were refused together
 */
export function delayBeforeRetry(
  error: KibanaError,
  repeat: Repeat,
  attempt: number,
  random: () => number,
): number | undefined {
  if (repeat === "never" || !isTransient(error)) return undefined;
  if (error.effect === "unknown" && repeat !== "repeatable") return undefined;
  const answered = error.status !== undefined;
  if (attempt >= (answered ? ATTEMPTS : NETWORK_ATTEMPTS)) return undefined;
  const delay = backOff(attempt, random);
  if (error.retryAfter === undefined) return delay;
  return error.retryAfter > LONGEST_RETRY_AFTER ? undefined : Math.max(error.retryAfter, delay);
}

/**
 * How long no other request of the client may leave after this failure, in milliseconds; undefined where the failure
 * says nothing about the others. A server that asks for more patience than is waited for is not asked again by this
 * request; the others find out for themselves.
 *
 * @param delay what this request waits, where it is sent again
 */
export function pauseAfter(
  error: KibanaError,
  delay: number | undefined,
  attempt: number,
  random: () => number,
): number | undefined {
  if (error.kind !== "throttled" && error.kind !== "unavailable") return undefined;
  if (delay !== undefined) return delay;
  const asked = error.retryAfter ?? backOff(attempt, random);
  return asked > LONGEST_RETRY_AFTER ? undefined : asked;
}

/** Exponential back-off from half a second to half a minute, the upper half of it at random. */
export function backOff(attempt: number, random: () => number): number {
  const full = Math.min(LONGEST_DELAY, BASE_DELAY * 2 ** (attempt - 1));
  return Math.round(full * (0.5 + random() / 2));
}

function isTransient(error: KibanaError): boolean {
  return (
    error.kind === "throttled" ||
    error.kind === "unavailable" ||
    error.kind === "network" ||
    error.kind === "timeout" ||
    error.kind === "refused"
  );
}
