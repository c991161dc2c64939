import { KibanaError, type ErrorKind } from "./errors.js";
import type { Destination } from "./errors-network.js";
import { parseRetryAfter } from "./retry-after.js";

/** An answer, as far as errors are concerned. Header names are in lower case. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The text as it came, where it came over HTTP: decoded only when `text` is read, since it may be megabytes. */
  readonly bytes?: Uint8Array;
  /** When it came, in milliseconds of the client's clock. */
  readonly at: number;
}

/** Where and for what a request was made. */
export interface Purpose extends Destination {
  readonly space?: string;
  /** The Kibana privilege that the call needs, for the line about a 403. */
  readonly privilege?: string;
}

const LONGEST_MESSAGE = 500;
/** No error body and no greeting is longer; a long answer is not parsed just to look for one. */
const LONGEST_ERROR = 20_000;
/** Bytes that a character may have. */
const MOST_BYTES = 4;

/** Statuses with which proxies answer in pages of their own, and that mean the same from them as from Kibana. */
const OF_PROXIES = new Set([401, 407, 413, 429, 502, 503, 504]);

/** Explains an answer that is not a success. Both of Kibana's error envelopes are read. */
export function responseError(answer: RawAnswer, at: Purpose): KibanaError {
  return foreignServer(answer, at) ?? kibanaAnswer(answer, at);
}

/**
 * Explains an answer that is not from Kibana's API at all: Elasticsearch, a login page, some web server. Undefined for
 * an answer in Kibana's form.
 */
export function foreignServer(answer: RawAnswer, at: Purpose): KibanaError | undefined {
  const start = startOf(answer);
  const body = parsed(start);
  if (isElasticsearch(answer, body)) {
    return error("not-kibana", answer, {
      problem: `${at.base} is Elasticsearch, not Kibana`,
      help: "set the environment's url to Kibana's (default port 5601; on Elastic Cloud the host with .kb. in it)",
    });
  }
  if (answer.status >= 300 && answer.status < 400) {
    const to = answer.headers["location"] ?? "";
    const login = /login|auth|saml|oidc|sso/i.test(to);
    return error(login ? "login" : "not-kibana", answer, {
      problem: `${at.base} redirects to ${login ? "a login page" : `"${withoutQuery(to)}"`} instead of answering`,
      help: login
        ? "check api_key (or username and password); a single sign-on proxy before Kibana must let API calls through"
        : "set the environment's url to the address that answers, with its scheme and base path",
    });
  }
  const html =
    /^\s*(?:<!doctype|<html)/i.test(start) || answer.headers["content-type"]?.includes("text/html");
  if (html === true && !OF_PROXIES.has(answer.status)) {
    return error("not-kibana", answer, {
      problem: `${at.base} answers with a web page (${answer.status}), not with Kibana's API`,
      help: "check the environment's url: it ends before /app and /s/, and includes server.basePath if Kibana has one",
    });
  }
  if (answer.status === 404 && !isEnvelope(body) && answer.headers["kbn-name"] === undefined) {
    return error("not-kibana", answer, {
      problem: `what answers at ${at.base} is not Kibana (404)`,
      help: "check the environment's url, port and base path",
    });
  }
  return undefined;
}

function kibanaAnswer(answer: RawAnswer, at: Purpose): KibanaError {
  const messages = messagesOf(parsed(answer.text), answer.text);
  const said = messages.length === 0 ? "" : `: ${messages.join("; ")}`;
  const where = at.space === undefined ? "" : ` in space "${at.space}"`;
  const base = { messages };
  switch (answer.status) {
    case 401:
      return error("auth", answer, { ...base, ...refusedCredentials(said, at) });
    case 403:
      return error("privilege", answer, {
        ...base,
        problem: `the credentials may not ${at.doing}${where} (403)`,
        help: `grant the key or role ${at.privilege ?? "the privilege"}${where}${said === "" ? "" : ` (Kibana says${said})`}`,
      });
    case 404:
      return isRouteMissing(messages)
        ? error("no-api", answer, {
            ...base,
            problem: `Kibana at ${at.base} has no API to ${at.doing} (404)`,
            help: "check that it is version 8.0 or later and has the Security solution enabled",
          })
        : error("not-found", answer, { ...base, problem: `cannot ${at.doing}${where} (404)${said}` });
    case 407:
      return error("proxy", answer, {
        ...base,
        problem: `the proxy before ${at.base} wants credentials (407)`,
        help: "put user and password into the proxy's address, from the environment: proxy: ${NAME}, or HTTPS_PROXY",
        effect: "none",
      });
    case 409:
      return error("conflict", answer, { ...base, problem: `cannot ${at.doing}${where} (409)${said}` });
    case 413:
      return error("too-large", answer, {
        ...base,
        problem: `cannot ${at.doing}${where} (413)${said}`,
        help: "the request is larger than Kibana or a proxy accepts",
      });
    case 429:
      return error("throttled", answer, {
        ...base,
        problem: `Kibana throttles requests (429): cannot ${at.doing}${where}`,
        help: "try again later, or with a lower concurrency",
      });
    case 502:
    case 503:
    case 504:
      return error("unavailable", answer, {
        ...base,
        problem: `Kibana at ${at.base} is not ready (${answer.status}${said}): cannot ${at.doing}`,
        help: "wait until its status is available, then run again",
        // A gateway's 502 or 504 does not tell whether Kibana behind it did the work.
        effect: answer.status === 503 ? "none" : "unknown",
      });
    default:
      return error(answer.status >= 500 ? "server" : "validation", answer, {
        ...base,
        problem: `cannot ${at.doing}${where} (${answer.status})${said}`,
      });
  }
}

/** Elasticsearch tells why a key does not count any more, and Kibana hands that on in some versions. */
function refusedCredentials(said: string, at: Purpose): Parts {
  const problem = `Kibana at ${at.base} refused the credentials (401)`;
  if (/expired/i.test(said))
    return { problem: `${problem}: the key has expired`, help: "make a new API key" };
  if (/invalidated/i.test(said))
    return { problem: `${problem}: the key was invalidated`, help: "make a new API key" };
  return {
    problem,
    help: "check api_key (or username and password): mistyped, expired, invalidated, or from another deployment",
  };
}

interface Parts {
  readonly problem: string;
  readonly help?: string;
  readonly messages?: readonly string[];
  readonly effect?: "none" | "unknown";
}

function error(kind: ErrorKind, answer: RawAnswer, parts: Parts): KibanaError {
  const retryAfter = parseRetryAfter(answer.headers["retry-after"], answer.at);
  return new KibanaError({
    kind,
    problem: parts.problem,
    ...(parts.help === undefined ? {} : { help: parts.help }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    status: answer.status,
    messages: parts.messages ?? [],
    effect: parts.effect ?? "answered",
  });
}

/** Elasticsearch names itself in a header since 7.14; its error bodies and its greeting are unlike Kibana's anyway. */
function isElasticsearch(answer: RawAnswer, body: unknown): boolean {
  if (
    answer.headers["x-elastic-product"]?.toLowerCase() === "elasticsearch" &&
    answer.headers["kbn-name"] === undefined
  )
    return true;
  if (typeof body !== "object" || body === null) return false;
  if ("tagline" in body && body.tagline === "You Know, for Search") return true;
  return "error" in body && "status" in body && typeof body.status === "number" && !("statusCode" in body);
}

/**
 * The texts of an error body. Core answers `{statusCode, error, message}`, the detection and exception routes
 * `{message, status_code}` where `message` may be a list; the value-list routes even send an object.
 */
function messagesOf(body: unknown, text: string): string[] {
  const message = typeof body === "object" && body !== null && "message" in body ? body.message : undefined;
  const found: string[] = [];
  if (typeof message === "string") found.push(message);
  else if (Array.isArray(message)) found.push(...message.filter((entry) => typeof entry === "string"));
  else if (message !== undefined) found.push(nestedMessageOf(message));
  else if (body === undefined && !/^\s*</.test(text)) found.push(text.trim());
  return found.filter((entry) => entry !== "").map((entry) => oneLine(entry));
}

/** Why a value list cannot be deleted comes as an object: `{error: {message, references}, value_list_id}`. */
function nestedMessageOf(message: unknown): string {
  const error =
    typeof message === "object" && message !== null && "error" in message ? message.error : undefined;
  const inner = typeof error === "object" && error !== null && "message" in error ? error.message : undefined;
  return typeof inner === "string" ? inner : JSON.stringify(message);
}

function oneLine(text: string): string {
  const flat = text.replace(/\s+/g, " ").trim();
  return flat.length > LONGEST_MESSAGE ? `${flat.slice(0, LONGEST_MESSAGE)}…` : flat;
}

/** An unknown route is Kibana core's bare "Not Found"; a missing object has a text of its own. */
function isRouteMissing(messages: readonly string[]): boolean {
  return messages.every((message) => message === "Not Found");
}

function isEnvelope(body: unknown): boolean {
  return (
    typeof body === "object" &&
    body !== null &&
    ("statusCode" in body || "status_code" in body || "message" in body)
  );
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/, "");
}

/** As much of a text as tells what it is: all of it but where it is too long to be parsed. */
function startOf(answer: RawAnswer): string {
  const { bytes } = answer;
  const most = LONGEST_ERROR * MOST_BYTES;
  return bytes === undefined || bytes.length <= most
    ? answer.text
    : new TextDecoder().decode(bytes.subarray(0, most));
}

function parsed(text: string): unknown {
  if (text.length > LONGEST_ERROR) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
