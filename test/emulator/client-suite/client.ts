/**
 * A client of its own for the suite beside it: plain `fetch` over HTTP, written from the description of Kibana's API
 * and not from this project's client, so that a mistake that client and embedded Kibana share is seen.
 */
import { createKibana, type Flavour, type KibanaOptions, serve } from "../../../src/emulator/index.js";

export type Json = Record<string, unknown>;

export interface Reply<T = Json> {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly body: T;
}

export interface Remote {
  readonly flavour: Flavour;
  call<T = Json>(method: string, path: string, body?: unknown, headers?: Json): Promise<Reply<T>>;
  upload<T = Json>(path: string, name: string, text: string): Promise<Reply<T>>;
  close(): Promise<void>;
}

/** An embedded Kibana on a port of this machine. */
export async function remote(flavour: Flavour, options: KibanaOptions = {}): Promise<Remote> {
  const running = await serve(createKibana({ flavour, ...options }), { port: 0 });
  const common = { authorization: `ApiKey ${running.apiKey}`, "kbn-xsrf": "suite" };
  const send = async <T>(method: string, path: string, headers: Json, body?: string | FormData) => {
    const response = await fetch(running.url + path, {
      method,
      headers: { ...common, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const type = response.headers.get("content-type") ?? "";
    const parsed = (type.startsWith("application/json") ? JSON.parse(text) : undefined) as T;
    return { status: response.status, type, text, body: parsed };
  };
  return {
    flavour,
    call: (method, path, body, headers = {}) =>
      send(
        method,
        path,
        { "elastic-api-version": "2023-10-31", "content-type": "application/json", ...headers },
        body === undefined ? undefined : JSON.stringify(body),
      ),
    upload: (path, name, text) => {
      const form = new FormData();
      form.set("file", new Blob([text]), name);
      return send("POST", path, { "elastic-api-version": "2023-10-31" }, form);
    },
    close: () => running.close(),
  };
}
