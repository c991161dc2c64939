import axios, { AxiosHeaders, create, type AxiosAdapter, type AxiosInstance } from "axios";
import type { RawAnswer } from "./answer.js";
import { agentsOf, type Connection, proxyOf } from "./connection.js";
import { decoded, ENCODINGS } from "./content-encoding.js";

/** One HTTP exchange. The body is text (JSON, already written) or a form; an answer of any status resolves. */
export interface Exchange {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | FormData;
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
}

/** Sends an exchange; rejects only when no answer came. */
export type Transport = (exchange: Exchange, now: () => number) => Promise<RawAnswer>;

/** The answer of an in-process Kibana to a request, as `fetch` has it. */
export type Fetch = (request: Request) => Promise<Response>;

const LARGEST_ANSWER = 512 * 1024 * 1024;

/**
 * HTTP over axios. Redirects are not followed, because a redirected POST becomes a GET and an Authorization header must not
 * travel to another host.
 *
 * @throws KibanaError of kind `proxy` for a proxy whose address cannot be one
 */
export function httpTransport(connection: Connection = {}): Transport {
  const proxy = proxyOf(connection);
  return over(create({ ...agentsOf(connection), ...(proxy === undefined ? {} : { proxy }) }));
}

/** The same without sockets: requests go to a function, such as the embedded Kibana's `fetch`. */
export function fetchTransport(fetch: Fetch): Transport {
  return over(create({ adapter: fetchAdapter(fetch) }));
}

function over(http: AxiosInstance): Transport {
  return async (exchange, now) => {
    const response = await http.request<unknown>({
      method: exchange.method,
      url: exchange.url,
      headers: { "accept-encoding": ENCODINGS, ...exchange.headers },
      // Axios decodes a body that is cut without a word.
      decompress: false,
      data: exchange.body,
      timeout: exchange.timeout,
      ...(exchange.signal === undefined ? {} : { signal: exchange.signal }),
      maxRedirects: 0,
      maxBodyLength: Number.POSITIVE_INFINITY,
      maxContentLength: LARGEST_ANSWER,
      responseType: "arraybuffer",
      transformResponse: (bytes: unknown) => bytes,
      validateStatus: () => true,
    });
    const headers = lowerCase(response.headers);
    const body = Buffer.isBuffer(response.data) ? response.data : Buffer.alloc(0);
    const bytes = await decoded(body, headers["content-encoding"], LARGEST_ANSWER);
    let text: string | undefined;
    return {
      status: response.status,
      headers,
      bytes,
      get text() {
        return (text ??= new TextDecoder().decode(bytes));
      },
      at: now(),
    };
  };
}

function lowerCase(headers: unknown): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers instanceof AxiosHeaders ? headers.toJSON(true) : {})) {
    plain[name.toLowerCase()] = value;
  }
  return plain;
}

function fetchAdapter(fetch: Fetch): AxiosAdapter {
  return async (config) => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(config.headers.toJSON(true))) {
      // A form's boundary is chosen by the Request itself.
      if (!(config.data instanceof FormData && name.toLowerCase() === "content-type"))
        headers.set(name, value);
    }
    const response = await fetch(
      new Request(axios.getUri(config), {
        method: (config.method ?? "get").toUpperCase(),
        headers,
        ...(config.data === undefined ? {} : { body: config.data as string | FormData }),
      }),
    );
    return {
      data: Buffer.from(await response.arrayBuffer()),
      status: response.status,
      statusText: response.statusText,
      headers: new AxiosHeaders(Object.fromEntries(response.headers)),
      config,
    };
  };
}
