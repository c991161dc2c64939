/** Checks of every request that is sent to Kibana, to be put around what answers it. */
import type { Fetch, Transport } from "../../src/kibana/transport.js";
import { type Query, type Shape, SHAPES } from "./wire-requests.js";

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text, or a form with a file. */
  readonly body: string | FormData | undefined;
}

/** What is wrong with a request. One that no shape is for is wrong as well. */
export async function wrongWith(sent: Sent): Promise<string[]> {
  const { pathname, searchParams } = new URL(sent.url);
  const line = `${sent.method} ${pathname.replace(/^\/s\/[^/]+(?=\/)/, "")}`;
  const shape = SHAPES.find(({ request }) => request.test(line));
  if (shape === undefined) return [`${line}: a request that is not known`];
  const wrong = [
    ...headersWrong(sent, shape),
    ...queryWrong(Object.fromEntries(searchParams), shape),
    ...(await bodyWrong(sent.body, shape)),
  ];
  return wrong.map((what) => `${line}: ${what}`);
}

/** Whether the headers are there that Kibana refuses a request without. */
function headersWrong({ method, headers }: Sent, { internal }: Shape): string[] {
  const version = headers["elastic-api-version"];
  const wanted = internal === undefined ? "2023-10-31" : internal === "versioned" ? "1" : undefined;
  return [
    ...(method === "GET" || "kbn-xsrf" in headers ? [] : ["no kbn-xsrf"]),
    ...(version === wanted ? [] : [`elastic-api-version is ${version ?? "absent"}`]),
    ...((internal !== undefined) === "x-elastic-internal-origin" in headers
      ? []
      : ["x-elastic-internal-origin"]),
    ...("kbn-version" in headers ? ["kbn-version is refused by any other version"] : []),
    ...("authorization" in headers ? [] : ["no authorization"]),
  ];
}

function queryWrong(query: Query, { query: allowed = [], together }: Shape): string[] {
  const names = new Set(allowed.map((name) => name.replace("!", "")));
  const required = allowed.filter((name) => name.endsWith("!")).map((name) => name.slice(0, -1));
  return [
    ...Object.keys(query)
      .filter((name) => !names.has(name))
      .map((name) => `parameter ${name} is not known`),
    ...required.filter((name) => !(name in query)).map((name) => `parameter ${name} is missing`),
    ...(together?.(query) ?? []),
  ];
}

async function bodyWrong(body: Sent["body"], shape: Shape): Promise<string[]> {
  if (shape.file !== undefined) {
    const file = body instanceof FormData ? body.get("file") : undefined;
    if (!(file instanceof File)) return ["no file"];
    return shape.file(file.name, await file.text());
  }
  if (body === undefined || body === "")
    return shape.body === undefined || shape.bodyOptional === true ? [] : ["no body"];
  if (shape.body === undefined) return ["a body that nobody reads"];
  return typeof body === "string" ? shape.body(JSON.parse(body)) : ["a form instead of JSON"];
}

/** A transport that notes what is wrong with what is sent over it. */
export function checked(transport: Transport, wrong: string[]): Transport {
  return async (exchange, now) => {
    wrong.push(...(await wrongWith({ ...exchange, body: exchange.body })));
    return transport(exchange, now);
  };
}

/** The same for something that answers requests, such as the embedded Kibana. */
export function checkedFetch(fetch: Fetch, wrong: string[]): Fetch {
  return async (request) => {
    const copy = request.clone();
    const isForm = request.headers.get("content-type")?.startsWith("multipart/form-data") === true;
    wrong.push(
      ...(await wrongWith({
        method: request.method,
        url: request.url,
        headers: Object.fromEntries(request.headers),
        body: isForm ? await copy.formData() : await copy.text(),
      })),
    );
    return fetch(request);
  };
}
