/**
 * What went wrong with a call, as far as a caller may want to act on it.
 *
 * - `url`, `dns`, `refused`, `tls`, `network`, `timeout`: no answer came.
 * - `not-kibana`, `login`, `proxy`: something answered, but not Kibana's API. Nothing follows from such an answer.
 * - `incomplete`: the answer is Kibana's, but nothing proves that it is whole. Nothing follows from it either.
 * - the rest: Kibana's own answer.
 */
export type ErrorKind =
  | "auth"
  | "conflict"
  | "dns"
  | "incomplete"
  | "login"
  | "network"
  | "no-api"
  | "not-found"
  | "not-kibana"
  | "privilege"
  | "proxy"
  | "refused"
  | "server"
  | "throttled"
  | "timeout"
  | "tls"
  | "too-large"
  | "unavailable"
  | "url"
  | "validation";

export interface KibanaErrorDetails {
  readonly kind: ErrorKind;
  /** What happened: lower-case start, no full stop. */
  readonly problem: string;
  /** What to do about it. */
  readonly help?: string;
  /** The HTTP status, where an answer came. */
  readonly status?: number;
  /** Kibana's own messages, one an entry. */
  readonly messages?: readonly string[];
  /**
   * Whether the request can have had an effect: `none` when it never left or was refused, `unknown` when the
   * connection broke after it may have been received, `answered` when Kibana's answer tells.
   */
  readonly effect: "none" | "unknown" | "answered";
  /** Milliseconds that the server asked us to stay away (`Retry-After`). */
  readonly retryAfter?: number;
}

/**
 * A failed call to Kibana. `message` is one line that says what happened and what to do. It holds no header, no
 * request body and no cause, because those are where credentials hide.
 */
export class KibanaError extends Error {
  override readonly name = "KibanaError";
  readonly kind: ErrorKind;
  readonly problem: string;
  readonly help: string | undefined;
  readonly status: number | undefined;
  readonly messages: readonly string[];
  readonly effect: "none" | "unknown" | "answered";
  readonly retryAfter: number | undefined;

  constructor(details: KibanaErrorDetails) {
    super(details.help === undefined ? details.problem : `${details.problem}: ${details.help}`);
    this.kind = details.kind;
    this.problem = details.problem;
    this.help = details.help;
    this.status = details.status;
    this.messages = details.messages ?? [];
    this.effect = details.effect;
    this.retryAfter = details.retryAfter;
  }
}

/** Whether an error is a KibanaError of one of the kinds. */
export function isKibanaError(error: unknown, ...kinds: ErrorKind[]): error is KibanaError {
  return error instanceof KibanaError && (kinds.length === 0 || kinds.includes(error.kind));
}
