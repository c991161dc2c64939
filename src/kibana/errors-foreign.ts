import { isJson } from "../json/index.js";
import { KibanaError } from "./errors.js";
import { parsedStart, type Purpose, type RawAnswer } from "./answer.js";
import { hasName, isKibanas } from "./signature.js";

/** Statuses that mean the same from a proxy as from Kibana: come later, send less, or there is no way on. */
const OF_PROXIES = new Set([407, 413, 429, 502, 503, 504]);

/**
 * Explains an answer that is not from Kibana's API at all: Elasticsearch, a login page, a proxy or gateway before
 * Kibana, some web server. Undefined for an answer that is Kibana's.
 *
 * What does not come from Kibana is no answer: its 404 does not say that something is not there, its 403 not that
 * something is forbidden, its 200 not that something was done. So nothing may follow from it.
 *
 * @param named whether this Kibana has put its name on an answer before; from then on it is on all of them
 */
export function foreignServer(answer: RawAnswer, at: Purpose, named: boolean): KibanaError | undefined {
  const { start, body } = parsedStart(answer);
  const { status, headers } = answer;
  if (isElasticsearch(answer, body)) {
    return foreign("not-kibana", answer, {
      problem: `${at.base} is Elasticsearch, not Kibana (${at.request})`,
      help: "set the environment's url to Kibana's (default port 5601; on Elastic Cloud the host with .kb. in it)",
    });
  }
  if (status >= 300 && status < 400) {
    const to = headers["location"] ?? "";
    const login = /login|auth|saml|oidc|sso/i.test(to);
    return foreign(login ? "login" : "not-kibana", answer, {
      problem: `${at.base} redirects to ${login ? "a login page" : `"${at.redact(withoutQuery(to))}"`} instead of answering ${at.request}`,
      help: login
        ? "check api_key (or username and password); a single sign-on proxy before Kibana must let API calls through"
        : "set the environment's url to the address that answers, with its scheme and base path",
    });
  }
  if (OF_PROXIES.has(status)) return undefined;
  const isOurs =
    status < 400 ? hasName(answer) || !named : hasName(answer) || (!named && isKibanas(answer, body));
  if (status === 401 && !isOurs) {
    return foreign("login", answer, {
      problem: `what answers ${at.request} at ${at.base} is not Kibana, and refused the credentials (401)`,
      help: "check api_key (or username and password); a proxy before Kibana must let API calls through without a login of its own",
    });
  }
  const isPage =
    /^\s*(?:<!doctype|<html)/i.test(start) || headers["content-type"]?.includes("text/html") === true;
  if (isPage) {
    return foreign("not-kibana", answer, {
      problem: `${at.base} answers ${at.request} with a web page (${status}), not with Kibana's API`,
      help: "check the environment's url: it ends before /app and /s/, and includes server.basePath if Kibana has one",
    });
  }
  if (isOurs) return undefined;
  return foreign("not-kibana", answer, {
    problem: `what answers ${at.request} at ${at.base} is not Kibana (${status})`,
    help: "check the environment's url, port and base path, and the proxies between here and Kibana",
  });
}

function foreign(
  kind: "login" | "not-kibana",
  { status }: RawAnswer,
  text: { readonly problem: string; readonly help: string },
): KibanaError {
  // Whether Kibana behind it did the work is what such an answer does not tell.
  return new KibanaError({ kind, ...text, status, effect: "unknown" });
}

/**
 * Elasticsearch names itself in a header since 7.14; its error bodies and its greeting are unlike Kibana's anyway. Kibana's
 * console hands on Elasticsearch's error bodies under its own name.
 */
function isElasticsearch(answer: RawAnswer, body: unknown): boolean {
  if (isJson(body) && body["tagline"] === "You Know, for Search") return true;
  if (hasName(answer)) return false;
  if (answer.headers["x-elastic-product"]?.toLowerCase() === "elasticsearch") return true;
  if (!isJson(body)) return false;
  return "error" in body && typeof body["status"] === "number" && !("statusCode" in body);
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/, "");
}
