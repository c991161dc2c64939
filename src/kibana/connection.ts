import { Agent as HttpAgent, type AgentOptions } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Socket } from "node:net";
import * as tls from "node:tls";
import { decodedPart } from "./client-url.js";
import { KibanaError } from "./errors.js";

/** The way to Kibana, where it is not the plain one. */
export interface Connection {
  /** Certificates of authorities in PEM form, trusted beside those that Node knows. */
  readonly ca?: string;
  /** The address of an HTTP proxy, also with `user:password@`; `none` for no proxy at all. Default: the variables that all tools read. */
  readonly proxy?: string;
  /** Milliseconds for an ordinary answer; 60,000 unless told otherwise. Imports and exports get ten times that. */
  readonly timeout?: number;
  /** Milliseconds until a connection stands; 10,000 unless told otherwise. Not watched behind a proxy. */
  readonly connectTimeout?: number;
}

/** A proxy as axios takes it; spelled out here, because users of the library have no axios to look its types up in. */
interface Proxy {
  readonly protocol: string;
  readonly host: string;
  readonly port: number;
  readonly auth?: { readonly username: string; readonly password: string };
}

const CONNECT_TIMEOUT = 10_000;
/** What a connection that does not come about in time fails with. */
export const CONNECT_TIMED_OUT = "KDAC_CONNECT_TIMEOUT";

/**
 * Agents that keep connections open. Certificates are always verified: the agent says so itself, so that
 * `NODE_TLS_REJECT_UNAUTHORIZED=0` in the environment does not weaken it.
 */
export function agentsOf({ ca, connectTimeout = CONNECT_TIMEOUT }: Connection): {
  httpAgent: HttpAgent;
  httpsAgent: HttpsAgent;
} {
  const common: AgentOptions = { keepAlive: true };
  const trusted = ca === undefined ? {} : { ca: [...authorities(), ca] };
  return {
    httpAgent: watched(new HttpAgent(common), "connect", connectTimeout),
    httpsAgent: watched(
      new HttpsAgent({ ...common, ...trusted, rejectUnauthorized: true }),
      "secureConnect",
      connectTimeout,
    ),
  };
}

/**
 * A proxy as axios has it: it tunnels https through CONNECT, and hands plain http to the proxy. Undefined leaves it to
 * axios to read `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`.
 *
 * @throws KibanaError of kind `proxy` for an address that cannot be a proxy's; it does not repeat the address
 */
export function proxyOf({ proxy }: Connection): Proxy | false | undefined {
  if (proxy === undefined) return undefined;
  if (proxy === "none") return false;
  let url: URL;
  try {
    url = new URL(proxy);
  } catch {
    throw noProxy("the proxy's address cannot be read");
  }
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw noProxy(`the proxy's address begins with "${url.protocol}"`);
  return {
    protocol: url.protocol,
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port === "" ? (url.protocol === "https:" ? 443 : 80) : url.port),
    ...(url.username === ""
      ? {}
      : {
          auth: {
            username: decodedPart(url.username),
            password: decodedPart(url.password),
          },
        }),
  };
}

/**
 * What must not be shown of a connection: the proxy's password, alone and with its user as the header has them; as it is
 * written, and as it is meant.
 */
export function secretsOfConnection({ proxy }: { readonly proxy?: string | undefined }): string[] {
  if (proxy === undefined || !URL.canParse(proxy)) return [];
  const { username, password } = new URL(proxy);
  if (password === "") return [];
  const [user, secret] = [decodedPart(username), decodedPart(password)];
  return [password, `${username}:${password}`, secret, `${user}:${secret}`];
}

function noProxy(problem: string): KibanaError {
  return new KibanaError({
    kind: "proxy",
    problem,
    help: 'write it as "http://proxy.example.com:3128"',
    effect: "none",
  });
}

/** The authorities that Node trusts; those of `NODE_EXTRA_CA_CERTS` are among them from Node 22.15 on. */
function authorities(): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: "default") => string[] };
  return getCACertificates?.("default") ?? tls.rootCertificates;
}

/** Gives up connections that do not come about in time: an address that swallows packets would hold a run for minutes. */
function watched<A extends HttpAgent>(agent: A, event: "connect" | "secureConnect", milliseconds: number): A {
  const connecting = agent as unknown as { createConnection: (...args: unknown[]) => Socket };
  const create = connecting.createConnection.bind(agent);
  connecting.createConnection = (...args) => {
    const socket = create(...args);
    const timer = setTimeout(() => {
      socket.destroy(Object.assign(new Error("no connection in time"), { code: CONNECT_TIMED_OUT }));
    }, milliseconds);
    const done = (): void => {
      clearTimeout(timer);
    };
    socket.once(event, done).once("close", done);
    return socket;
  };
  return agent;
}
