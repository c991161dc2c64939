import { KibanaError } from "./errors.js";
import { foreignServer } from "./errors-foreign.js";
import { networkError } from "./errors-network.js";
import { responseError } from "./errors-response.js";
import type { Purpose, RawAnswer } from "./answer.js";
import { baseUrlOf, nameOfRequest, spacePrefix } from "./client-url.js";
import { type Connection, secretsOfConnection } from "./connection.js";
import { limiter } from "./client-limiter.js";
import { secretsOf, secretsOfKey } from "./client-secrets.js";
import { delayBeforeRetry, pauseAfter, type Clock, type Repeat } from "./retry.js";
import { hasName } from "./signature.js";
import { httpTransport, type Exchange, type Transport } from "./transport.js";

/** How a client proves who it is: an API key in Kibana's `id:key` base64 form, or a user. */
export type Auth = { readonly apiKey: string } | { readonly username: string; readonly password: string };

/** Why a request is being held back. */
export interface WaitNotice {
  readonly milliseconds: number;
  readonly reason: string;
}

/** One send of a request and what came of it: no header, no body, no secret. */
export interface TraceLine {
  readonly method: string;
  /** With the space's prefix and the query. */
  readonly path: string;
  /** The HTTP status; absent where no answer came. */
  readonly status?: number;
  /** Why no answer came, as the kind of the error. */
  readonly failure?: string;
  /** From sending to the last byte of the answer, by the client's clock. */
  readonly milliseconds: number;
  /** Bytes of the answer's body. */
  readonly bytes: number;
  /** How often this request was sent, this time included. */
  readonly sends: number;
}

export interface ClientOptions {
  /** Kibana's address with its base path, without `/s/<space>` and without credentials. */
  readonly url: string;
  readonly auth: Auth;
  readonly clock: Clock;
  /** Numbers in [0, 1), for the jitter of retries. */
  readonly random: () => number;
  /** Goes into the User-Agent as `kdac/<version>`. */
  readonly version: string;
  /** How requests travel; HTTP unless told otherwise. */
  readonly transport?: Transport;
  /** Requests under way at the same time; 8 unless told otherwise. */
  readonly concurrency?: number;
  /** Certificates, proxy and time limits of the way to Kibana. */
  readonly connection?: Connection;
  /** Told of each send, also of those that are repeated. */
  readonly onTrace?: (line: TraceLine) => void;
  readonly onWait?: (notice: WaitNotice) => void;
  readonly signal?: AbortSignal;
}

/** A call of Kibana's HTTP API. */
export interface Call {
  readonly method: Exchange["method"];
  /** From `/api/` on. */
  readonly path: string;
  /** The space it goes to; absent for what is not in a space. */
  readonly space?: string;
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  readonly body?: unknown;
  readonly form?: FormData;
  /** Completes "cannot …", for errors. */
  readonly doing: string;
  readonly privilege?: string;
  readonly repeat: Repeat;
  /** Whether the whole of a large estate may travel. */
  readonly large?: boolean;
  /** Answers with this status resolve although they are not a success, for calls whose errors are a report. */
  readonly accept?: readonly number[];
  /** Whether a refused connection is reported at once, as on first contact. */
  readonly impatient?: boolean;
  /**
   * For routes that Kibana keeps to itself: it blocks them from 9.0 on unless a header says who calls. `versioned` ones
   * want the version 1 of internal routes, `plain` ones none.
   */
  readonly internal?: "plain" | "versioned";
}

/** An answer of Kibana that was a success (or accepted). */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The same as it came; absent where the transport had text. */
  readonly bytes?: Uint8Array;
  /** When it came, in milliseconds of the client's clock. */
  readonly at: number;
}

/** One Kibana. All its requests share a connection pool, a limit of requests under way, and a pause when it asks for one. */
export interface Client {
  /** Where it is, without credentials. */
  readonly base: string;
  readonly concurrency: number;
  readonly clock: Clock;
  readonly random: () => number;
  /** Keeps a value out of every error from now on. */
  hide(secret: string): void;
  redact(text: string): string;
  /** Sends a call, with retries as its `repeat` permits. Rejects with KibanaError only. */
  send(call: Call): Promise<Answer>;
  /** Sends a call and reads its JSON. */
  json(call: Call): Promise<unknown>;
}

const DEFAULT_CONCURRENCY = 8;
const DEFAULT_TIMEOUT = 60_000;
const VERSION_HEADER = "elastic-api-version";
/** The one public version of these APIs. */
const API_VERSION = "2023-10-31";
/** The version of internal routes that have one. */
const INTERNAL_VERSION = "1";

/** Makes a client. Throws KibanaError of kind `url` for an address that cannot be Kibana's. */
export function createClient(options: ClientOptions): Client {
  const base = baseUrlOf(options.url);
  const authorization = authorizationOf(options.auth);
  const connection = options.connection ?? {};
  const secrets = secretsOf([...secretsOfAuth(options.auth), ...secretsOfConnection(connection)]);
  const transport = options.transport ?? httpTransport(connection);
  const concurrency = options.concurrency ?? DEFAULT_CONCURRENCY;
  const timeout = connection.timeout ?? DEFAULT_TIMEOUT;
  const limited = limiter(concurrency);
  const { clock, random } = options;
  /** No request leaves before this time: one 429 slows all of them. */
  let closedUntil = 0;
  /** Whether this Kibana has put its name on an answer. */
  let named = false;

  const headers = {
    accept: "*/*",
    authorization,
    [VERSION_HEADER]: API_VERSION,
    "kbn-xsrf": "kdac",
    "user-agent": `kdac/${options.version}`,
  };

  async function once(call: Call, purpose: Purpose, sends: number): Promise<RawAnswer> {
    const exchange: Exchange = {
      method: call.method,
      url: urlOf(base, call),
      headers: headersOf(call, headers),
      ...bodyOf(call),
      timeout: call.large === true ? timeout * 10 : timeout,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    };
    const start = clock.now();
    const trace = (outcome: Pick<TraceLine, "status" | "failure" | "bytes">): void =>
      options.onTrace?.({
        method: call.method,
        path: secrets.redact(exchange.url.slice(new URL(base).origin.length)),
        milliseconds: clock.now() - start,
        sends,
        ...outcome,
      });
    let answer: RawAnswer;
    try {
      answer = await transport(exchange, () => clock.now());
    } catch (cause) {
      const failed = networkError(cause, purpose);
      trace({ failure: failed.kind, bytes: 0 });
      throw failed;
    }
    if (options.onTrace !== undefined)
      trace({ status: answer.status, bytes: answer.bytes?.length ?? Buffer.byteLength(answer.text) });
    const foreign = foreignServer(answer, purpose, named);
    if (foreign !== undefined) throw foreign;
    named ||= hasName(answer);
    const isSuccess = answer.status >= 200 && answer.status < 300;
    if (isSuccess || call.accept?.includes(answer.status) === true) return answer;
    throw responseError(answer, purpose);
  }

  async function attempt(call: Call): Promise<RawAnswer> {
    const purpose: Purpose = {
      base,
      doing: call.doing,
      request: nameOfRequest(call),
      redact: (text) => secrets.redact(text),
      ...(call.space === undefined ? {} : { space: call.space }),
      ...(call.privilege === undefined ? {} : { privilege: call.privilege }),
    };
    for (let sends = 1; ; sends++) {
      // Another request may have been told to wait longer in the meantime.
      for (let wait; (wait = closedUntil - clock.now()) > 0;) await clock.sleep(wait);
      try {
        return await once(call, purpose, sends);
      } catch (error) {
        if (!(error instanceof KibanaError)) throw error;
        const delay =
          call.impatient === true && error.status === undefined
            ? undefined
            : delayBeforeRetry(error, call.repeat, sends, random);
        // The others wait too, also where this request is not sent again.
        const pause = pauseAfter(error, delay, sends, random);
        if (pause !== undefined) closedUntil = Math.max(closedUntil, clock.now() + pause);
        if (delay === undefined || options.signal?.aborted === true) throw cleaned(error);
        options.onWait?.({ milliseconds: delay, reason: secrets.redact(error.problem) });
        if (pause === undefined) await clock.sleep(delay);
      }
    }
  }

  function cleaned(error: KibanaError): KibanaError {
    return new KibanaError({
      kind: error.kind,
      problem: secrets.redact(error.problem),
      messages: error.messages.map((message) => secrets.redact(message)),
      effect: error.effect,
      ...(error.help === undefined ? {} : { help: secrets.redact(error.help) }),
      ...(error.status === undefined ? {} : { status: error.status }),
      ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
    });
  }

  const send = (call: Call): Promise<Answer> => limited(() => attempt(call));
  return {
    base,
    concurrency,
    clock,
    random,
    hide: (secret) => secrets.hide(secret),
    redact: (text) => secrets.redact(text),
    send,
    async json(call) {
      const answer = await send(call);
      try {
        return JSON.parse(answer.text) as unknown;
      } catch {
        throw new KibanaError({
          kind: "not-kibana",
          problem: `${base} did not answer with JSON (${answer.status}) to ${nameOfRequest(call)}: cannot ${call.doing}`,
          help: "check the environment's url, and that no proxy rewrites or cuts answers",
          status: answer.status,
          effect: "unknown",
        });
      }
    },
  };
}

function secretsOfAuth(auth: Auth): string[] {
  if ("apiKey" in auth) return [auth.apiKey, ...secretsOfKey(encodedKey(auth.apiKey))];
  return [auth.password, `${auth.username}:${auth.password}`];
}

function authorizationOf(auth: Auth): string {
  if ("apiKey" in auth) return `ApiKey ${encodedKey(auth.apiKey)}`;
  return `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString("base64")}`;
}

/** The base64 form that Elasticsearch wants; `id:key`, as its API returns the two, is encoded. */
function encodedKey(key: string): string {
  const trimmed = key.trim().replace(/^ApiKey\s+/i, "");
  const encoded = trimmed.includes(":") ? Buffer.from(trimmed).toString("base64") : trimmed;
  if (/^[\w+/=-]+$/.test(encoded)) return encoded;
  throw new KibanaError({
    kind: "auth",
    problem: "the api_key has characters that no API key has",
    help: "use the encoded key as Kibana shows it when it creates one",
    effect: "none",
  });
}

function urlOf(base: string, call: Call): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value === undefined) continue;
    for (const one of typeof value === "object" ? value : [value]) query.append(name, String(one));
  }
  const text = query.toString();
  return `${base}${spacePrefix(call.space)}${call.path}${text === "" ? "" : `?${text}`}`;
}

function headersOf(call: Call, common: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const headers = call.body === undefined ? common : { ...common, "content-type": "application/json" };
  if (call.internal === undefined) return headers;
  const { [VERSION_HEADER]: _, ...unversioned } = headers;
  return {
    ...unversioned,
    ...(call.internal === "versioned" ? { [VERSION_HEADER]: INTERNAL_VERSION } : {}),
    "x-elastic-internal-origin": "kdac",
  };
}

function bodyOf(call: Call): { body?: string | FormData } {
  if (call.form !== undefined) return { body: call.form };
  return call.body === undefined ? {} : { body: JSON.stringify(call.body) };
}
