import { CONNECT_TIMED_OUT } from "./connection.js";
import { KibanaError } from "./errors.js";

/** Where a request was going: enough to name the place in an error. */
export interface Destination {
  /** Kibana's address as configured, without credentials. */
  readonly base: string;
  /** What the request does, as in `cannot <doing>`. */
  readonly doing: string;
  /** Method and path of the request, with its space; absent where none was made yet. */
  readonly request?: string;
}

const DNS = new Set(["ENOTFOUND", "EAI_NONAME"]);
const NOT_SENT = new Set(["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EAI_AGAIN", "EADDRNOTAVAIL"]);
const UNREACHABLE = new Set(["EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL"]);
/** How axios names a body above its limit, which has no code of its own, and Node one that is above it when it is decoded. */
const TOO_LARGE = /^(?:maxContentLength size of|Cannot create a Buffer larger than)/;
const TIMEOUT = new Set(["ECONNABORTED", "ETIMEDOUT", "ESOCKETTIMEDOUT"]);
const TLS = new Set([
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REVOKED",
  "CERT_UNTRUSTED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/** Turns the error of a request without an answer into one clear line, by Node's and axios's error codes. */
export function networkError(cause: unknown, at: Destination): KibanaError {
  const code = codeOf(cause);
  const { hostname, host, protocol } = new URL(at.base);
  const asked = at.request === undefined ? "" : ` (${at.request})`;
  if (DNS.has(code)) {
    return new KibanaError({
      kind: "dns",
      problem: `the host "${hostOf(cause) ?? hostname}" does not exist (${code})`,
      help:
        (hostOf(cause) ?? hostname) === hostname
          ? "check the environment's url"
          : "it is a proxy's: check proxy in the environment's settings, or HTTPS_PROXY and HTTP_PROXY",
      effect: "none",
    });
  }
  if (TLS.has(code)) {
    return new KibanaError({
      kind: "tls",
      problem: `the TLS certificate of "${host}" cannot be trusted (${code})`,
      help: tlsHelp(code, hostname),
      effect: "none",
    });
  }
  if (code === "EPROTO" || code.startsWith("ERR_SSL_")) {
    return new KibanaError({
      kind: "tls",
      problem: `"${host}" does not speak TLS as expected (${code})`,
      help:
        protocol === "https:"
          ? "if Kibana listens without TLS there, its url begins with http://"
          : "check the environment's url",
      effect: "none",
    });
  }
  const proxy = code === "ECONNREFUSED" ? elsewhere(cause, at.base) : undefined;
  if (proxy !== undefined) {
    return new KibanaError({
      kind: "proxy",
      problem: `nothing listens at the proxy "${proxy}" (${code})`,
      help: "check proxy in the environment's settings, or HTTPS_PROXY and HTTP_PROXY; NO_PROXY names hosts that need none",
      effect: "none",
    });
  }
  if (code === "ECONNREFUSED") {
    return new KibanaError({
      kind: "refused",
      problem: `nothing listens at "${host}" (${code})`,
      help: "start Kibana, or check the environment's url and port (Kibana's default is 5601)",
      effect: "none",
    });
  }
  if (code === CONNECT_TIMED_OUT) {
    return new KibanaError({
      kind: "timeout",
      problem: `no connection to "${host}" came about in time: cannot ${at.doing}${asked}`,
      help: "check that a network, a VPN or a firewall lets you reach it, or raise connect_timeout",
      effect: "none",
    });
  }
  if (TOO_LARGE.test(messageOf(cause))) {
    return new KibanaError({
      kind: "too-large",
      problem: `the answer of "${host}" is larger than kdac accepts: cannot ${at.doing}${asked}`,
      help: "ask for less, such as one space or fewer rules",
      effect: "answered",
    });
  }
  if (TIMEOUT.has(code)) {
    return new KibanaError({
      kind: "timeout",
      problem: `"${host}" did not answer in time: cannot ${at.doing}${asked}`,
      help: "try again, check that Kibana is not overloaded, or raise timeout in the environment's settings",
      effect: "unknown",
    });
  }
  return new KibanaError({
    kind: "network",
    problem: `the connection to "${host}" broke${code === "" ? "" : ` (${code})`}: cannot ${at.doing}${asked}`,
    help: networkHelp(code, protocol),
    effect: NOT_SENT.has(code) ? "none" : "unknown",
  });
}

function networkHelp(code: string, protocol: string): string {
  if (protocol === "http:" && code === "ECONNRESET")
    return "try again; if Kibana listens with TLS there, its url begins with https://";
  if (code === "EAI_AGAIN") return "the name service does not answer: check the network, and try again";
  if (UNREACHABLE.has(code))
    return "check the network and the VPN; a name that resolves to IPv6 alone cannot be reached from an IPv4 network";
  return "try again, and check the network and proxies between here and Kibana";
}

function tlsHelp(code: string, hostname: string): string {
  if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID")
    return "renew the certificate, or set this machine's clock if it is wrong; verification cannot be turned off";
  if (code.startsWith("CERT_")) return "renew the certificate; verification cannot be turned off";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID")
    return `the certificate is not for "${hostname}": use the name that it was issued for`;
  return "set ca in the environment's settings (or NODE_EXTRA_CA_CERTS) to a PEM file with the certificate authority; verification cannot be turned off";
}

/** The host that was looked up in vain. */
function hostOf(cause: unknown): string | undefined {
  const { hostname } = innermost(cause) as { hostname?: unknown };
  return typeof hostname === "string" ? hostname : undefined;
}

/** Where nothing listens, when that is not where Kibana is: then a proxy stands between. By the port, since names resolve to addresses. */
function elsewhere(cause: unknown, base: string): string | undefined {
  const { address, port } = innermost(cause) as { address?: unknown; port?: unknown };
  const url = new URL(base);
  const own = Number(url.port === "" ? (url.protocol === "https:" ? 443 : 80) : url.port);
  if (typeof port !== "number" || port === own || typeof address !== "string") return undefined;
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : "";
}

/** The error of the socket itself, beneath those of axios and of connects to several addresses. */
function innermost(cause: unknown, depth = 0): object {
  if (typeof cause !== "object" || cause === null) return {};
  const { cause: inner, errors } = cause as { cause?: unknown; errors?: unknown };
  const next: unknown = Array.isArray(errors) ? errors[0] : inner;
  return depth > 4 || typeof next !== "object" || next === null ? cause : innermost(next, depth + 1);
}

/** The error code, looking through the nesting of `fetch` and of multi-address connects. */
function codeOf(cause: unknown, depth = 0): string {
  if (typeof cause !== "object" || cause === null || depth > 4) return "";
  const { code, cause: inner, errors } = cause as { code?: unknown; cause?: unknown; errors?: unknown };
  const nested = Array.isArray(errors) ? codeOf(errors[0], depth + 1) : codeOf(inner, depth + 1);
  if (nested !== "") return nested;
  return typeof code === "string" ? code : "";
}
