/** Answers as they arrive over a bad network or through a proxy. */
import type { FaultResponse } from "../faults.js";
import { KEY_REFUSED } from "./auth.js";
import { PlatformError } from "./errors.js";
import { json } from "./responses.js";

type Instead = Extract<FaultResponse, { kind: "status" | "html" | "foreign" | "expired-key" }>;

/** Answers of something before Kibana, which do not get Kibana's name. */
const foreign = new WeakSet<Response>();

/** Whether something before Kibana gave this answer. */
export function isForeign(response: Response): boolean {
  return foreign.has(response);
}

/** The answer of a fault that takes the place of Kibana's. `now` is asked only where the answer tells a time. */
export function answerOf(fault: Instead, now: () => Date): Response {
  switch (fault.kind) {
    case "status":
      return errorAnswer(fault, now);
    case "html":
      return page(fault);
    case "foreign":
      return foreignAnswer(fault);
    case "expired-key": {
      const challenge = { "www-authenticate": 'Basic realm="security", charset="UTF-8", ApiKey' };
      return withHeaders(json(new PlatformError(401, KEY_REFUSED).body(), 401), challenge);
    }
  }
}

function errorAnswer(fault: Extract<Instead, { kind: "status" }>, now: () => Date): Response {
  const response = json(fault.body ?? new PlatformError(fault.status).body(), fault.status);
  const { retryAfter, retryAt } = fault;
  if (retryAfter !== undefined) response.headers.set("retry-after", String(retryAfter));
  if (retryAt !== undefined) {
    response.headers.set("retry-after", new Date(now().getTime() + retryAt * 1000).toUTCString());
  }
  return response;
}

const PAGES = {
  login:
    "<!doctype html><title>Sign in</title><form method=post><input name=user><input type=password></form>",
  error:
    "<!doctype html><title>Bad Gateway</title><h1>Bad Gateway</h1><p>The upstream server did not answer.</p>",
};

function page({ page: kind, status }: Extract<Instead, { kind: "html" }>): Response {
  return foreignAnswer({
    status: status ?? (kind === "login" ? 200 : 502),
    body: PAGES[kind],
    type: "text/html; charset=utf-8",
  });
}

function foreignAnswer({
  status,
  body,
  type = "application/json",
}: Pick<Extract<Instead, { kind: "foreign" }>, "status" | "body" | "type">): Response {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = new Response(status === 204 ? null : text, { status, headers: { "content-type": type } });
  foreign.add(response);
  return response;
}

function withHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

const PIECES = 8;

/** The same answer, its body in pieces over so many milliseconds. */
export async function slowed(response: Response, milliseconds: number): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length === 0) return response;
  const size = Math.ceil(bytes.length / PIECES);
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, milliseconds / PIECES));
      controller.enqueue(bytes.subarray(at, (at += size)));
      if (at >= bytes.length) controller.close();
    },
  });
  return new Response(body, response);
}

/** The same answer, whose body ends cleanly behind so many lines: nothing but its content tells that it is cut. */
export async function cutBehind(response: Response, lines: number): Promise<Response> {
  const all = (await response.text()).match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return new Response(all.slice(0, lines).join(""), response);
}

/** The same answer with other counts and fewer entries than Kibana gave it. */
export async function lying(
  response: Response,
  { counts = {}, without = 0 }: Omit<Extract<FaultResponse, { kind: "lie" }>, "kind">,
): Promise<Response> {
  const text = await response.text();
  const at = text.trimEnd().lastIndexOf("\n") + 1;
  const told = JSON.parse(text.slice(at)) as Record<string, unknown>;
  for (const [field, difference] of Object.entries(counts)) told[field] = Number(told[field]) + difference;
  if (without > 0) told["data"] = (told["data"] as unknown[]).slice(0, -without);
  return new Response(`${text.slice(0, at)}${JSON.stringify(told)}\n`, response);
}

/** The bodies that a server on a socket has to cut off itself, with what arrives of each. */
const cutOff = new WeakMap<Response, Uint8Array>();

/** What arrives of the body of an answer that was cut off; undefined for a whole one. */
export function arrived(response: Response): Uint8Array | undefined {
  return cutOff.get(response);
}

/** The same answer, whose length is told whole and whose body breaks off in the middle. */
export async function truncated(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const part = bytes.subarray(0, Math.floor(bytes.length / 2));
  let isSent = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (isSent || part.length === 0) controller.error(new TypeError("terminated"));
      else controller.enqueue(part);
      isSent = true;
    },
  });
  const answer = new Response(body, response);
  answer.headers.set("content-length", String(Math.max(bytes.length, 1)));
  cutOff.set(answer, part);
  return answer;
}
