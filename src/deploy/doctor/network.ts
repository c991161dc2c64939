import { isKibanaError } from "../../kibana/errors.js";
import { baseUrlOf, isPlainHttp } from "../../kibana/client-url.js";
import { networkError } from "../../kibana/errors-network.js";
import type { Connection } from "../../kibana/connection.js";
import { check } from "./report.js";
import type { Check, Probes } from "./types.js";

/** A certificate that ends sooner is worth a word. */
const SOON = 14 * 24 * 60 * 60 * 1000;

export interface Network {
  readonly checks: Check[];
  /** Undefined where there is no way on. */
  readonly base?: string;
}

/** Everything on the way to Kibana: the address, its name, a proxy, the certificate. Later checks need the earlier ones. */
export async function examineNetwork(
  url: string,
  connection: Connection,
  env: Readonly<Record<string, string | undefined>>,
  probes: Probes,
  now: number,
): Promise<Network> {
  const address = check("url", "address");
  let base: string;
  try {
    base = baseUrlOf(url);
  } catch (error) {
    if (!isKibanaError(error)) throw error;
    return { checks: [address.failed(error)] };
  }
  const checks: Check[] = [
    isPlainHttp(base)
      ? address.warning(`${base} is not encrypted: the credentials can be read on the way`, "use https")
      : address.ok(base),
  ];
  const proxy = proxyFor(base, connection, env);
  if (proxy !== undefined) {
    checks.push(check("proxy", "proxy").ok(`requests go through ${proxy.host} (${proxy.from})`));
    return { checks, base };
  }
  checks.push(check("proxy", "proxy").ok("none: requests go straight to Kibana"));
  const { hostname } = new URL(base);
  const host = hostname.replace(/^\[|\]$/g, "");
  const name = check("dns", "name");
  const at = { base, doing: "connect" };
  try {
    checks.push(name.ok(`${host} is ${(await probes.lookup(host)).join(", ")}`));
  } catch (cause) {
    return { checks: [...checks, name.failed(networkError(cause, at))] };
  }
  if (base.startsWith("http:")) return { checks, base };
  const certificate = check("certificate", "certificate");
  try {
    const port = Number(new URL(base).port || 443);
    const { error, expires, issuer } = await probes.handshake(host, port, connection.ca);
    if (error !== undefined)
      return { checks: [...checks, certificate.failed(networkError({ code: error }, at))] };
    checks.push(validity(expires, issuer, now));
    return { checks, base };
  } catch (cause) {
    return { checks: [...checks, certificate.failed(networkError(cause, at))] };
  }
}

function validity(expires: number | undefined, issuer: string | undefined, now: number): Check {
  const certificate = check("certificate", "certificate");
  const by = issuer === undefined ? "" : `, issued by ${issuer}`;
  if (expires === undefined) return certificate.ok(`trusted${by}`);
  const day = new Date(expires).toISOString().slice(0, 10);
  if (expires - now > SOON) return certificate.ok(`trusted until ${day}${by}`);
  return certificate.warning(`trusted, but only until ${day}${by}`, "have the certificate renewed");
}

/** The proxy that requests go through, without its credentials. What axios reads of the environment is read alike. */
function proxyFor(
  base: string,
  { proxy }: Connection,
  env: Readonly<Record<string, string | undefined>>,
): { host: string; from: string } | undefined {
  if (proxy === "none") return undefined;
  if (proxy !== undefined) return { host: hostOf(proxy), from: "the environment's proxy" };
  const { protocol, hostname, port } = new URL(base);
  const scheme = protocol.slice(0, -1);
  for (const variable of [`${scheme}_proxy`, "all_proxy"]) {
    const name = [variable, variable.toUpperCase()].find((one) => (env[one] ?? "") !== "");
    if (name === undefined) continue;
    const exempt = (env["no_proxy"] ?? env["NO_PROXY"] ?? "").split(/[\s,]+/).filter((one) => one !== "");
    const isExempt = exempt.some((one) => {
      const [host = "", only] = one.replace(/^\*?\.?/, "").split(":");
      return (
        one === "*" ||
        ((hostname === host || hostname.endsWith(`.${host}`)) && (only === undefined || only === port))
      );
    });
    return isExempt ? undefined : { host: hostOf(env[name]!), from: name };
  }
  return undefined;
}

function hostOf(address: string): string {
  const text = address.includes("://") ? address : `http://${address}`;
  return URL.canParse(text) ? new URL(text).host : "an address that cannot be read";
}
