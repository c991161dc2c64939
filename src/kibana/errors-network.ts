import { KibanaError } from "./errors.js";

/** Where a request was going: enough to name the place in an error. */
export interface Destination {
  /** Kibana's address as configured, without credentials. */
  readonly base: string;
  /** What the request does, as in `cannot <doing>`. */
  readonly doing: string;
}

const DNS = new Set(["ENOTFOUND", "EAI_NONAME"]);
const NOT_SENT = new Set(["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EAI_AGAIN", "EADDRNOTAVAIL"]);
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
  if (DNS.has(code)) {
    return new KibanaError({
      kind: "dns",
      problem: `the host "${hostname}" does not exist (${code})`,
      help: "check the environment's url",
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
  if (code === "ECONNREFUSED") {
    return new KibanaError({
      kind: "refused",
      problem: `nothing listens at "${host}" (${code})`,
      help: "start Kibana, or check the environment's url and port (Kibana's default is 5601)",
      effect: "none",
    });
  }
  if (TIMEOUT.has(code)) {
    return new KibanaError({
      kind: "timeout",
      problem: `"${host}" did not answer in time: cannot ${at.doing}`,
      help: "try again, and check that Kibana is not overloaded",
      effect: "unknown",
    });
  }
  return new KibanaError({
    kind: "network",
    problem: `the connection to "${host}" broke${code === "" ? "" : ` (${code})`}: cannot ${at.doing}`,
    help:
      protocol === "http:" && code === "ECONNRESET"
        ? "try again; if Kibana listens with TLS there, its url begins with https://"
        : "try again, and check the network and proxies between here and Kibana",
    effect: NOT_SENT.has(code) ? "none" : "unknown",
  });
}

function tlsHelp(code: string, hostname: string): string {
  if (code.startsWith("CERT_")) return "renew the certificate; verification cannot be turned off";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID")
    return `the certificate is not for "${hostname}": use the name that it was issued for`;
  return "set NODE_EXTRA_CA_CERTS to a PEM file with the certificate authority; verification cannot be turned off";
}

/** The error code, looking through the nesting of `fetch` and of multi-address connects. */
function codeOf(cause: unknown, depth = 0): string {
  if (typeof cause !== "object" || cause === null || depth > 4) return "";
  const { code, cause: inner, errors } = cause as { code?: unknown; cause?: unknown; errors?: unknown };
  const nested = Array.isArray(errors) ? codeOf(errors[0], depth + 1) : codeOf(inner, depth + 1);
  if (nested !== "") return nested;
  return typeof code === "string" ? code : "";
}
