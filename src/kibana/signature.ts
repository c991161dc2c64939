import { STATUS_CODES } from "node:http";
import { isJson } from "../json/index.js";

/** An answer, as far as its signature is concerned. Header names are in lower case. */
interface Signed {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** The header in which Kibana gives its name. It is in each of its answers. */
const NAME = "kbn-name";

/** Whether an answer has Kibana's name. */
export function hasName({ headers }: Signed): boolean {
  return headers[NAME] !== undefined;
}

/**
 * Whether Kibana wrote this refusal: it has Kibana's name, or its body is one of Kibana's two envelopes. Core answers
 * `{statusCode, error, message}` where `error` is the text of the status, the detection and exception routes answer
 * `{message, status_code}`. Proxies and gateways have bodies of other forms: `{"message": "Not Found"}`,
 * `{"statusCode": 404, "message": "Resource not found"}`, `{"ok": false, …}`.
 */
export function isKibanas(answer: Signed, body: unknown): boolean {
  return hasName(answer) || isEnvelope(body, answer.status);
}

function isEnvelope(body: unknown, status: number): boolean {
  if (!isJson(body) || !("message" in body)) return false;
  if (body["status_code"] === status) return true;
  const { statusCode, error } = body;
  return statusCode === status && typeof error === "string" && error === STATUS_CODES[status];
}
