import { describe, expect, it } from "vitest";
import { type ConfiguredEnvironment, resolveConnection } from "../../src/project/connection.js";

const PEM = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n";
const KEY = "c2VjcmV0";

interface Given {
  readonly configured?: Partial<ConfiguredEnvironment>;
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

function resolved({ configured, env = {}, files = {} }: Given) {
  return resolveConnection(
    "prod",
    { url: "https://kibana", api_key: "${KEY}", spaces: ["default"], ...configured },
    "kdac.config.yml",
    {
      env,
      read: (path, relativeTo) => {
        const text = files[`${relativeTo}:${path}`];
        if (text === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: "ENOENT" });
        return text;
      },
    },
  );
}

const found = (given: Given): string[] =>
  resolved(given).diagnostics.map(
    ({ code, message, target }) => `${code} ${"pointer" in target ? target.pointer : ""} ${message}`,
  );

describe("credentials", () => {
  it("come from a variable, else from the file that its _FILE names, trimmed", () => {
    const files = { "working-folder:run/key": `${KEY}\n` };
    for (const env of [{ KEY }, { KEY: "", KEY_FILE: "run/key" }, { KEY, KEY_FILE: "nowhere" }])
      expect(resolved({ env, files }).resolved?.credentials).toEqual({ kind: "api-key", key: KEY });
  });

  it("may be a user, each part from where it is", () => {
    const { api_key: _, ...rest } = { api_key: "", username: "${NAME}", password: "${PASS}" };
    const { resolved: found } = resolveConnection(
      "prod",
      { url: "${URL}", spaces: ["default"], ...rest },
      "kdac.config.yml",
      { env: { URL: "https://kibana", NAME: "elastic", PASS_FILE: "/run/p" }, read: () => "pass word\n" },
    );
    expect(found).toEqual({
      url: "https://kibana",
      credentials: { kind: "basic", username: "elastic", password: "pass word" },
      connection: {},
    });
  });

  it.each<[string, Given, string[]]>([
    [
      "no variable and no file",
      {},
      ['project/missing-variable /environments/prod/api_key the environment variable "KEY" is not set'],
    ],
    [
      "a file that is not there",
      { env: { KEY_FILE: KEY } },
      [
        'project/unreadable-secret /environments/prod/api_key the file that "KEY_FILE" names cannot be read: there is no such file',
      ],
    ],
    [
      "an empty file",
      { env: { KEY_FILE: "f" }, files: { "working-folder:f": " \n" } },
      [
        'project/unreadable-secret /environments/prod/api_key the file that "KEY_FILE" names cannot be read: it is empty',
      ],
    ],
  ])("%s is a finding at the setting, which shows no value", (_, given, findings) => {
    expect(found(given)).toEqual(findings);
    expect(JSON.stringify(resolved(given))).not.toContain(KEY);
  });
});

describe("the way to Kibana", () => {
  const env = { KEY };
  it("is the plain one where nothing is set", () => {
    expect(resolved({ env }).resolved?.connection).toEqual({});
  });

  it.each([
    ["60s", 60_000],
    ["2m", 120_000],
  ])("has time limits such as %s", (duration, milliseconds) => {
    expect(
      resolved({ env, configured: { timeout: duration, connect_timeout: duration } }).resolved?.connection,
    ).toEqual({
      timeout: milliseconds,
      connectTimeout: milliseconds,
    });
  });

  it("may lead through a proxy", () => {
    const of = (proxy: string): unknown =>
      resolved({ env: { KEY, PROXY: "http://me:p@proxy:3128" }, configured: { proxy } }).resolved?.connection;
    expect(of("${PROXY}")).toEqual({ proxy: "http://me:p@proxy:3128" });
    expect(of("none")).toEqual({ proxy: "none" });
  });

  it.each<[string, string, Given]>([
    ["a file of the project", "certs/ca.pem", { files: { "project:certs/ca.pem": PEM } }],
    [
      "a file that a variable names",
      "${CA}",
      { env: { KEY, CA: "/etc/ca.pem" }, files: { "project:/etc/ca.pem": PEM } },
    ],
    ["a variable's text", "${CA}", { env: { KEY, CA: PEM } }],
  ])("trusts %s", (_, ca, given) => {
    const all = resolved({ env, ...given, configured: { ca } });
    expect(all.diagnostics).toEqual([]);
    expect(all.resolved?.connection.ca?.trim()).toBe(PEM.trim());
  });

  it.each<[string, Given, RegExp]>([
    ["is not there", {}, /there is no such file/],
    [
      "holds no certificate",
      { files: { "project:ca.pem": "secret" } },
      /there is no "-----BEGIN CERTIFICATE-----" in it/,
    ],
  ])("does not start with an authority that %s", (_, given, says) => {
    const all = found({ env, ...given, configured: { ca: "ca.pem" } });
    expect(all).toHaveLength(1);
    expect(all[0]).toMatch(/^project\/unreadable-ca \/environments\/prod\/ca /);
    expect(all[0]).toMatch(says);
    expect(all[0]).not.toContain("secret");
  });
});
