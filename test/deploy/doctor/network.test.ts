import { describe, expect, it } from "vitest";
import { examineNetwork } from "../../../src/deploy/doctor/network.js";
import { unmet } from "../../../src/deploy/doctor/needs.js";
import type { Check, Handshake, Probes } from "../../../src/deploy/doctor/types.js";

const NOW = Date.parse("2026-01-01T00:00:00Z");
const DAY = 86_400_000;

const probes = (handshake: Handshake | Error = { expires: NOW + 90 * DAY, issuer: "Acme CA" }): Probes => ({
  lookup: (host) =>
    host === "gone.example.com"
      ? Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" }))
      : Promise.resolve(["192.0.2.1"]),
  handshake: () => (handshake instanceof Error ? Promise.reject(handshake) : Promise.resolve(handshake)),
});

const look = (
  url: string,
  options: { env?: Record<string, string>; handshake?: Handshake | Error; proxy?: string } = {},
): Promise<Check[]> =>
  examineNetwork(
    url,
    options.proxy === undefined ? {} : { proxy: options.proxy },
    options.env ?? {},
    probes(options.handshake),
    NOW,
  ).then(({ checks }) => checks);
const of = (checks: readonly Check[], id: string): Check | undefined => checks.find((one) => one.id === id);
const URL_ = "https://kibana.example.com:5601";

describe("a certificate", () => {
  it.each<[Handshake | Error, string, string]>([
    [{ expires: NOW + 90 * DAY, issuer: "Acme CA" }, "ok", "trusted until 2026-04-01, issued by Acme CA"],
    [{ expires: NOW + 3 * DAY }, "warning", "only until 2026-01-04"],
    [{}, "ok", "trusted"],
    [{ error: "CERT_HAS_EXPIRED" }, "problem", "CERT_HAS_EXPIRED"],
    [{ error: "DEPTH_ZERO_SELF_SIGNED_CERT" }, "problem", "DEPTH_ZERO_SELF_SIGNED_CERT"],
    [{ error: "ERR_TLS_CERT_ALTNAME_INVALID" }, "problem", "ERR_TLS_CERT_ALTNAME_INVALID"],
    [Object.assign(new Error("x"), { code: "ECONNREFUSED" }), "problem", "nothing listens"],
  ])("%j is %s", async (handshake, status, text) => {
    const found = of(await look(URL_, { handshake }), "certificate");
    expect(found?.status).toBe(status);
    expect(found?.message).toContain(text);
    expect(found?.help === undefined).toBe(status === "ok");
  });

  it("is not looked for without TLS", async () => {
    expect(of(await look("http://kibana.example.com"), "certificate")).toBeUndefined();
  });
});

describe("a proxy", () => {
  const env = { HTTPS_PROXY: "http://user:hidden@proxy.example.com:3128" };

  it.each<[Record<string, string>, string | undefined, string]>([
    [{}, undefined, "none"],
    [env, undefined, "through proxy.example.com:3128 (HTTPS_PROXY)"],
    [{ ...env, NO_PROXY: "kibana.example.com" }, undefined, "none"],
    [{ ...env, NO_PROXY: "other.example.com,.example.com" }, undefined, "none"],
    [{ ...env, NO_PROXY: "ample.com" }, undefined, "through"],
    [{ ...env, no_proxy: "*" }, undefined, "none"],
    [{ ...env, NO_PROXY: "kibana.example.com:443" }, undefined, "through"],
    [{ HTTP_PROXY: "http://proxy.example.com" }, undefined, "none"],
    [env, "none", "none"],
    [{}, "http://p:hidden@other.example.com:8080", "through other.example.com:8080"],
  ])("with %j and the setting %j: %s", async (variables, proxy, text) => {
    const found = of(
      await look(URL_, { env: variables, ...(proxy === undefined ? {} : { proxy }) }),
      "proxy",
    );
    expect(found).toMatchObject({ status: "ok" });
    expect(found?.message).toContain(text);
    expect(found?.message).not.toContain("hidden");
  });
});

it("a name that nobody knows ends it", async () => {
  const checks = await look("https://gone.example.com");
  expect(checks.at(-1)).toMatchObject({ id: "dns", status: "problem" });
});

it("an address with credentials is refused, and they are not shown", async () => {
  const checks = await look("https://user:hidden@kibana.example.com");
  expect(checks).toHaveLength(1);
  expect(checks[0]).toMatchObject({ id: "url", status: "problem" });
  expect(JSON.stringify(checks)).not.toContain("hidden");
});

it("a licence meets what is below it, and one that is not known is not judged", () => {
  const needs = [
    { tier: "gold", what: "connectors" },
    { tier: "platinum", what: "suppression" },
  ] as const;
  const missing = (licence: string): string[] => unmet(needs, licence).map(({ what }) => what);
  expect(missing("basic")).toEqual(["connectors", "suppression"]);
  expect(missing("gold")).toEqual(["suppression"]);
  for (const licence of ["platinum", "enterprise", "trial", "of-tomorrow"])
    expect(missing(licence)).toEqual([]);
});
