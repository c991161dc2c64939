import { isJson } from "../json/index.js";
import { parsedStart, type Purpose, type RawAnswer } from "./answer.js";
import { KibanaError, type ErrorKind } from "./errors.js";
import { parseRetryAfter } from "./retry-after.js";

const LONGEST_MESSAGE = 500;

/** Explains a refusal of Kibana, or of a proxy that means the same. Both of Kibana's envelopes are read. */
export function responseError(answer: RawAnswer, at: Purpose): KibanaError {
  const { start, body } = parsedStart(answer);
  const messages = messagesOf(body, start, at.redact);
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
        ...(OF_ORGANIZATION.test(said) ? { help: NEEDS_PROJECT_KEY } : {}),
        problem: `cannot ${at.doing}${where} (${answer.status})${said}`,
      });
  }
}

/** How Kibana refuses to enable a rule with the key of an Elastic Cloud organisation. */
const OF_ORGANIZATION = /Organization-level API keys are not supported/;

/** What to do where rules are to be enabled with such a key. */
export const NEEDS_PROJECT_KEY =
  "use an API key that was made in Kibana itself (Stack Management, API keys), or set enabled: false: Kibana runs no rule with a key of the organization";

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

/**
 * The texts of an error body. Core answers `{statusCode, error, message}`, the detection and exception routes
 * `{message, status_code}` where `message` may be a list; the value-list routes even send an object.
 */
function messagesOf(body: unknown, text: string, redact: (text: string) => string): string[] {
  const message = isJson(body) ? body["message"] : undefined;
  const found: string[] = [];
  if (typeof message === "string") found.push(message);
  else if (Array.isArray(message)) found.push(...message.filter((entry) => typeof entry === "string"));
  else if (message !== undefined) found.push(nestedMessageOf(message));
  else if (body === undefined && !/^\s*</.test(text)) found.push(text.trim());
  return found.filter((entry) => entry !== "").map((entry) => oneLine(redact(entry)));
}

/** Why a value list cannot be deleted comes as an object: `{error: {message, references}, value_list_id}`. */
function nestedMessageOf(message: unknown): string {
  const error = isJson(message) ? message["error"] : undefined;
  const inner = isJson(error) ? error["message"] : undefined;
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
