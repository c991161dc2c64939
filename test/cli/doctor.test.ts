import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { createServer as createPlain, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { Check, Doctor } from "../../src/deploy/doctor/types.js";
import { selfSigned } from "../kibana/client/certificate.js";
import { DeployWorld, item, type Json, list, rule, type WorldOptions } from "../support/deploy-world.js";
import { FLAVOURS } from "../support/flavours.js";

const FILES = { "rules/one.rule.yml": rule({ enabled: true }) };
const encoded = (name: string): string => Buffer.from(`${name}:secret-of-${name}`).toString("base64");

async function report(world: DeployWorld, ...args: string[]): Promise<{ exit: number; doctor: Doctor }> {
  const { exit, out, err } = await world.run("doctor", "--format", "json", ...args);
  if (!out.startsWith("{")) throw new Error(out + err);
  const doctor = JSON.parse(out) as Doctor;
  const schema = new URL("../../schemas/output/doctor.schema.json", import.meta.url);
  const isDoctor = new Ajv2020({ strict: true }).compile(JSON.parse(readFileSync(schema, "utf8")) as object);
  expect(isDoctor(doctor), JSON.stringify(isDoctor.errors)).toBe(true);
  return { exit, doctor };
}

const checksOf = ({ environments }: Doctor): readonly Check[] => environments.flatMap(({ checks }) => checks);

/** Examines a world of its own; the check that is asked for. */
async function examined(
  id: string,
  options: WorldOptions,
  prepare: (world: DeployWorld) => Promise<void> | void = () => undefined,
  files: Readonly<Record<string, string | Json>> = FILES,
): Promise<{ exit: number; check: Check | undefined; checks: readonly Check[] }> {
  let found: { exit: number; check: Check | undefined; checks: readonly Check[] } | undefined;
  await DeployWorld.use(files, options, async (world) => {
    await prepare(world);
    const { exit, doctor } = await report(world);
    const checks = checksOf(doctor);
    found = { exit, check: checks.find((one) => one.id === id), checks };
    for (const text of world.printed)
      for (const secret of ["secret-of-", world.env["KIBANA_API_KEY"]!, "changeme"])
        expect(text).not.toContain(secret);
  });
  return found!;
}

const at = (environment: Json): WorldOptions => ({ config: { environments: { test: environment } } });
const withKey = (url: string): WorldOptions => at({ url, api_key: "${KIBANA_API_KEY}", spaces: ["default"] });

describe("an environment that is fine", () => {
  it.each(FLAVOURS)("has no problem on $name", async (flavour) => {
    const { exit, checks } = await examined("kibana", { flavour }, async (world) => {
      await world.apply();
    });
    expect(checks.filter(({ status }) => status === "problem")).toEqual([]);
    expect(exit).toBe(0);
  });

  it("reads well, and writes nothing", async () => {
    await DeployWorld.use(FILES, { spaces: ["default", "soc"] }, async (world) => {
      await world.apply();
      const before = await world.exported();
      const { exit, out, err } = await world.run("doctor", "--env", "test");
      expect(exit, out + err).toBe(0);
      expect(out).toContain("Environment test (http://127.0.0.1:");
      expect(out).toMatch(/^ {2}✓ credentials +accepted$/m);
      expect(out).toMatch(/^ {2}Space soc$/m);
      expect(out).toMatch(/checks are fine\.\n$/);
      expect(await world.exported()).toEqual(before);
    });
  });
});

describe("the configuration", () => {
  it("misses a variable", async () => {
    const { exit, check, checks } = await examined("configuration", withKey("${NOWHERE_URL}"));
    expect(check).toMatchObject({ status: "problem" });
    expect(check?.message).toContain("NOWHERE_URL");
    expect(checks.at(-1)).toMatchObject({ id: "kibana", status: "skipped" });
    expect(exit).toBe(1);
  });

  it("has errors: the Kibana is examined all the same", async () => {
    const { check, checks } = await examined("configuration", {}, undefined, {
      "rules/one.rule.yml": rule({ severity: "enormous" }),
    });
    expect(check).toMatchObject({ status: "warning", help: "see them with kdac validate" });
    expect(checks.find(({ id }) => id === "credentials")?.status).toBe("ok");
  });

  it("does not have the environment that is asked for", async () => {
    await DeployWorld.use(FILES, {}, async (world) => {
      const { exit, err } = await world.run("doctor", "--env", "prod");
      expect(exit).toBe(2);
      expect(err).toContain('no environment "prod": there are test');
    });
  });

  it("has no environments", async () => {
    await DeployWorld.use(FILES, { config: { environments: {} } }, async (world) => {
      const { exit, out } = await world.run("doctor");
      expect(exit).toBe(0);
      expect(out).toContain("no environments");
    });
  });
});

describe("the network", () => {
  it("an address that points at a page", async () => {
    const { check } = await examined("url", withKey("https://kibana.example.com/app/security"));
    expect(check).toMatchObject({ status: "problem" });
    expect(check?.help).toContain("must end before");
  });

  it("a host that does not exist", async () => {
    const { check, checks } = await examined("dns", withKey("https://kibana.invalid:5601"));
    expect(check).toMatchObject({ status: "problem" });
    expect(checks.filter(({ status }) => status === "skipped").map(({ id }) => id)).toEqual([
      "kibana",
      "credentials",
      "spaces",
    ]);
  });

  it("nothing that listens", async () => {
    const server = createPlain().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    await closed(server);
    const { check } = await examined("kibana", withKey(`http://127.0.0.1:${port}`));
    expect(check?.message).toContain("nothing listens");
  });

  it("a certificate that nobody trusts, and one whose authority is given", async () => {
    const { cert, key } = selfSigned();
    const server = createServer({ cert, key }, (_, response) => response.end("{}")).listen(0);
    await new Promise((resolve) => server.once("listening", resolve));
    const url = `https://localhost:${(server.address() as AddressInfo).port}`;
    try {
      const bare = await examined("certificate", withKey(url));
      expect(bare.check).toMatchObject({ status: "problem" });
      expect(bare.check?.help).toContain("ca");
      const trusting = at({ url, api_key: "${KIBANA_API_KEY}", spaces: ["default"], ca: "ca.pem" });
      const given = await examined("certificate", trusting, undefined, { ...FILES, "ca.pem": cert });
      expect(given.check, JSON.stringify(given.checks)).toMatchObject({ status: "ok" });
    } finally {
      await closed(server);
    }
  });

  it("a proxy, without its password", async () => {
    const proxied = at({
      url: "http://kibana.example.com",
      api_key: "${KIBANA_API_KEY}",
      spaces: ["default"],
      proxy: "${PROXY}",
    });
    const { check, checks } = await examined("proxy", proxied, (world) => {
      world.env["PROXY"] = "http://user:secret-of-proxy@127.0.0.1:9";
    });
    expect(check).toMatchObject({ status: "ok" });
    expect(check?.message).toContain("through 127.0.0.1:9");
    expect(checks.find(({ id }) => id === "dns")).toBeUndefined();
    expect(checks.find(({ id }) => id === "url")?.status).toBe("warning");
  });

  it("a web page in place of Kibana", async () => {
    const { check, checks } = await examined("kibana", {}, (world) =>
      world.setFaults([{ respond: { kind: "html", page: "login" } }]),
    );
    expect(check).toMatchObject({ status: "problem" });
    expect(checks.find(({ id }) => id === "credentials")?.status).toBe("skipped");
  });
});

describe("Kibana itself", () => {
  it.each([
    ["older than what kdac works with", "8.9.0", "problem", "older than 8.12"],
    ["older than the project's stack", "9.2.4", "problem", "project's stack 9.5"],
    ["newer than the project's stack", "9.6.0", "ok", "9.6.0"],
    ["newer than kdac knows", "9.9.0", "warning", "newer than"],
  ])("is %s", async (_, version, status, text) => {
    const { check } = await examined("version", { kibana: { version } });
    expect(check).toMatchObject({ status });
    expect(check?.message).toContain(text);
  });

  it("is degraded", async () => {
    const { check } = await examined("available", {}, (world) => {
      world.rewrite = ({ path }, text) =>
        path === "/api/status" ? text.replaceAll('"available"', '"degraded"') : text;
    });
    expect(check).toMatchObject({ status: "warning", message: "Kibana is degraded" });
  });

  it("has another time", async () => {
    const now = (): Date => new Date();
    const { check } = await examined("clock", { kibana: { now, clockOffset: 120_000 } });
    expect(check?.status).toBe("warning");
    expect(check?.message).toMatch(/is 1[12]\d s ahead of/);
    const right = await examined("clock", { kibana: { now, clockOffset: 0 } });
    expect(right.check?.status).toBe("ok");
  });

  it("has no encryption key", async () => {
    const { exit, check } = await examined("encryption-key", { kibana: { encryptionKey: false } });
    expect(check?.status).toBe("problem");
    expect(exit).toBe(1);
  });
});

describe("the credentials", () => {
  it("are refused", async () => {
    const { exit, check, checks } = await examined("credentials", {}, (world) => {
      world.env["KIBANA_API_KEY"] = encoded("nobody");
    });
    expect(check).toMatchObject({ status: "problem" });
    expect(check?.help).toContain("expired");
    expect(checks.filter(({ status }) => status === "skipped").map(({ id }) => id)).toContain("spaces");
    expect(exit).toBe(1);
  });

  it("28: are an API key, with which rules run", async () => {
    const { check } = await examined(
      "account",
      {
        kibana: {
          apiKeys: [
            { encoded: encoded("ci"), name: "kdac-ci", username: "ci-bot", managedBy: "elasticsearch" },
          ],
          users: [
            { username: "elastic", password: "changeme" },
            { username: "ci-bot", password: "x" },
          ],
        },
      },
      (world) => {
        world.env["KIBANA_API_KEY"] = encoded("ci");
      },
    );
    expect(check).toMatchObject({ status: "ok" });
    expect(check?.message).toMatch(/API key "kdac-ci" .*of "ci-bot", managed by elasticsearch/);
    expect(check?.message).toContain("they stop when it is revoked");
  });

  it("28: are a person's password", async () => {
    const basic = at({
      url: "${KIBANA_URL}",
      username: "${KIBANA_USER}",
      password: "${KIBANA_PASSWORD}",
      spaces: ["default"],
    });
    const { exit, check } = await examined("account", basic, (world) => {
      world.env["KIBANA_USER"] = "elastic";
      world.env["KIBANA_PASSWORD"] = "changeme";
    });
    expect(check).toMatchObject({ status: "warning" });
    expect(exit).toBe(0);
  });

  it.each([
    ["read", "rules-read"],
    ["write", "rules-write"],
    ["exceptions", "exceptions-write"],
  ] as const)("lack the privilege to %s", async (lacks, id) => {
    const { exit, check } = await examined(
      id,
      { kibana: { apiKeys: [{ encoded: encoded("weak"), lacks: [lacks] }] } },
      (world) => {
        world.env["KIBANA_API_KEY"] = encoded("weak");
      },
    );
    expect(check).toMatchObject({ status: "problem", space: "default" });
    expect(check?.help).toContain("grant the key or role");
    expect(exit).toBe(1);
  });
});

describe("the licence", () => {
  const needy = { "rules/one.rule.yml": rule({ alert_suppression: { group_by: ["host.name"] } }) };

  it.each([
    ["basic", "problem"],
    ["gold", "problem"],
    ["platinum", "ok"],
    ["trial", "ok"],
  ] as const)("%s is a %s for suppression", async (license, status) => {
    const { check } = await examined("licence", { kibana: { license } }, undefined, needy);
    expect(check?.status).toBe(status);
    if (status === "problem") expect(check?.message).toContain("platinum for alert suppression (1)");
  });
});

describe("spaces", () => {
  it("one is not there", async () => {
    const { check, checks } = await examined(
      "spaces",
      at({ url: "${KIBANA_URL}", api_key: "${KIBANA_API_KEY}", spaces: ["default", "gone"] }),
    );
    expect(check?.message).toContain("gone");
    expect(checks.filter(({ space }) => space === "gone")).toEqual([]);
    expect(checks.some(({ space }) => space === "default")).toBe(true);
  });
});

describe("rules of a space", () => {
  const body = (fields: Json): Json => ({ ...rule(), ...fields });
  const create = (world: DeployWorld, fields: Json): Promise<Json> =>
    world.send("post", "/api/detection_engine/rules", body(fields));
  const reference = (list_id: string, type = "detection"): Json => ({
    id: list_id,
    list_id,
    type,
    namespace_type: "single",
  });

  it("31: name lists that are not there", async () => {
    const { check } = await examined("exception-lists", {}, async (world) => {
      await create(world, { rule_id: "a", name: "A", exceptions_list: [reference("nowhere")] });
    });
    expect(check).toMatchObject({ status: "problem" });
    expect(check?.message).toContain('"A"');
  });

  it("8: have a list of their own that is gone", async () => {
    const { check } = await examined("rule-default", {}, async (world) => {
      await create(world, { rule_id: "a", name: "A", exceptions_list: [reference("gone", "rule_default")] });
    });
    expect(check).toMatchObject({ status: "warning" });
    expect(check?.message).toContain('list is gone: "A"');
  });

  it("24: share a rule_id; share a list; run with a key that is gone; are prebuilt", async () => {
    const { checks } = await examined("duplicates", {}, async (world) => {
      await world.apply();
      world.rewrite = ({ path }, text) => {
        if (!path.startsWith("/api/detection_engine/rules/_find")) return text;
        const found = JSON.parse(text) as { data: Json[]; total: number };
        const [one] = found.data;
        const own = {
          exceptions_list: [reference("own", "rule_default"), reference("other", "rule_default")],
        };
        const failed = {
          status: "failed",
          message:
            "security_exception: unable to authenticate with provided credentials, api key is invalidated",
        };
        return JSON.stringify({
          ...found,
          total: 2,
          data: [
            { ...one, ...own, immutable: true, execution_summary: { last_execution: failed } },
            { ...one, ...own, id: "second", name: "Twin" },
          ],
        });
      };
    });
    const of = (id: string): Check | undefined => checks.find((check) => check.id === id);
    expect(of("duplicates")).toMatchObject({ status: "problem" });
    expect(of("prebuilt")).toMatchObject({ status: "warning" });
    expect(of("prebuilt")?.message).toContain('"Rule one"');
    expect(of("rules-run")).toMatchObject({ status: "problem" });
    expect(of("rule-default")?.message).toMatch(/more than one: .*; rules that share one: /);
  });

  it("are fine with the lists that they name", async () => {
    const { checks } = await examined("exception-lists", {}, (world) => world.apply().then(() => undefined), {
      "rules/one.rule.yml": rule({ exceptions: ["trusted"] }),
      "rules/trusted.exceptions.yml": list([item("i1")]),
    });
    expect(checks.filter(({ status }) => status === "problem" || status === "warning")).toEqual([]);
  });
});

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

describe("a key of an Elastic Cloud organization", () => {
  const organization: WorldOptions = {
    kibana: { flavour: "serverless", apiKeys: [{ encoded: encoded("org"), organization: true }] },
  };
  const asOrganization = (world: DeployWorld): void => void (world.env["KIBANA_API_KEY"] = encoded("org"));
  const help =
    "use an API key that was made in Kibana itself (Stack Management, API keys), or set enabled: false: Kibana runs no rule with a key of the organization";

  it("is a problem where rules are to be enabled", async () => {
    const { exit, check } = await examined("key-level", organization, asOrganization);
    expect(check).toEqual({
      id: "key-level",
      title: "key level",
      status: "problem",
      message:
        "an API key of the Elastic Cloud organization: Kibana refuses to create or enable rules that are enabled, of which the project has 1",
      help,
    });
    expect(exit).toBe(1);
  });

  it("is a warning where none is", async () => {
    const files = { "rules/one.rule.yml": rule({ enabled: false }) };
    const { exit, check } = await examined("key-level", organization, asOrganization, files);
    expect(check).toMatchObject({ status: "warning", help });
    expect(exit).toBe(0);
  });

  it("is not told from others where Kibana does not say whose key it is", async () => {
    const { check } = await examined("key-level", organization, (world) => {
      asOrganization(world);
      world.setFaults([
        { match: { path: "/internal/security/me" }, respond: { kind: "status", status: 403 } },
      ]);
    });
    expect(check).toEqual({
      id: "key-level",
      title: "key level",
      status: "skipped",
      message: "unknown: Kibana does not say whether this is an API key of an Elastic Cloud organization",
    });
  });

  it("is not spoken of for a key of the project", async () => {
    expect((await examined("key-level", { kibana: { flavour: "serverless" } })).check).toBeUndefined();
  });

  it("stops an apply of rules that are enabled, with what to do; the others are written", async () => {
    const files = {
      "rules/one.rule.yml": rule({ enabled: true }),
      "rules/two.rule.yml": rule({ rule_id: "two", name: "Two", enabled: false }),
    };
    await DeployWorld.use(files, organization, async (world) => {
      asOrganization(world);
      const { exit, out } = await world.tryApply();
      expect(exit).toBe(1);
      expect(out).toContain("Organization-level API keys are not supported for rule operations");
      expect(out).toContain(`help: ${help}`);
      expect((await world.rules()).map((one) => one["rule_id"])).toEqual(["two"]);
      world.env["KIBANA_API_KEY"] = world.kibana.apiKey;
      await world.apply();
      expect(await world.changes()).toEqual([]);
    });
  });
});
