/** An embedded Kibana inside a test, and the requests that tests send it. */
import { type ApiKey, createKibana, type Kibana, type KibanaOptions } from "../../src/emulator/index.js";

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The JSON body; undefined where there is none. */
  readonly body: T;
}

type Json = Record<string, unknown>;

export interface Session {
  readonly kibana: Kibana;
  get<T = Json>(path: string): Promise<Answer<T>>;
  post<T = Json>(path: string, body?: unknown): Promise<Answer<T>>;
  put<T = Json>(path: string, body?: unknown): Promise<Answer<T>>;
  patch<T = Json>(path: string, body?: unknown): Promise<Answer<T>>;
  delete<T = Json>(path: string, body?: unknown): Promise<Answer<T>>;
  /** Sends a file in a multipart body. */
  upload<T = Json>(path: string, text: string, name?: string): Promise<Answer<T>>;
  /** Any request, with these headers alone. */
  readonly send: <T = Json>(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string | FormData,
  ) => Promise<Answer<T>>;
  /** The same Kibana for another user. */
  as(username: string, password: string): Session;
}

export const basic = (username: string, password: string): string =>
  `Basic ${btoa(`${username}:${password}`)}`;

/** Starts a Kibana whose clock goes on by a second at each look. */
export function startKibana(options: KibanaOptions = {}): Session {
  let seconds = Date.parse("2026-01-01T00:00:00Z") / 1000;
  const failures: unknown[] = [];
  const isServerless = options.flavour === "serverless";
  const kibana = createKibana({
    now: () => new Date(1000 * seconds++),
    onError: (error) => failures.push(error),
    ...options,
    ...(isServerless ? { apiKeys: [...(options.apiKeys ?? []), ...keysOf(options.users)] } : {}),
  });
  return isServerless
    ? session(kibana, `ApiKey ${kibana.apiKey}`, failures, keyOf)
    : session(kibana, basic("elastic", "changeme"), failures);
}

/** A serverless project takes API keys only: there, each user has one made of name and password. */
const keyOf = (username: string, password: string): string => `ApiKey ${btoa(`${username}:${password}`)}`;

function keysOf(users: KibanaOptions["users"] = []): ApiKey[] {
  return users.map(({ username, password }) => ({ username, encoded: btoa(`${username}:${password}`) }));
}

/** A session of a Kibana that is already there. */
export function session(
  kibana: Kibana,
  authorization = basic("elastic", "changeme"),
  failures: unknown[] = [],
  credentials = basic,
): Session {
  const common = { authorization, "kbn-xsrf": "true", "elastic-api-version": "2023-10-31" };
  const send: Session["send"] = async <T>(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string | FormData,
  ) => {
    const request = new Request(`http://kibana.test${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    const response = await kibana.fetch(request);
    if (failures.length > 0) throw failures[0];
    return answerOf<T>(response);
  };
  const json = <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> =>
    body === undefined
      ? send<T>(method, path, common)
      : send<T>(method, path, { ...common, "content-type": "application/json" }, JSON.stringify(body));
  return {
    kibana,
    send,
    get: (path) => json("GET", path),
    post: (path, body) => json("POST", path, body),
    put: (path, body) => json("PUT", path, body),
    patch: (path, body) => json("PATCH", path, body),
    delete: (path, body) => json("DELETE", path, body),
    upload: (path, text, name = "rules.ndjson") => {
      const form = new FormData();
      form.set("file", new Blob([text]), name);
      return send("POST", path, common, form);
    },
    as: (username, password) => session(kibana, credentials(username, password), failures, credentials),
  };
}

async function answerOf<T>(response: Response): Promise<Answer<T>> {
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (isJson ? JSON.parse(text) : undefined) as T,
  };
}

/** The documents of an NDJSON text. */
export function documents<T = Json>(text: string): T[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}

export const ndjsonOf = (lines: readonly unknown[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join("");
