import { describe, expect, it } from "vitest";
import { readLiveSpace } from "../../src/deploy/live/space.js";
import { planEnvironment } from "../../src/deploy/index.js";
import { embedded } from "./embedded.js";
import { desired, desiredRule } from "./support.js";

/** What reading a Kibana of a version finds, and which requests it took. */
async function reading(
  version: string,
): Promise<{ found: string[]; requests: readonly string[]; isRead: boolean }> {
  const kibana = embedded({ version });
  const { actual, diagnostics } = await readLiveSpace({
    environment: "test",
    configFile: "kdac.config.yml",
    wanted: { space: "default", rules: { kind: "all", source: "custom" }, lists: [], connectors: [] },
    connect: () => kibana.client({ url: "https://kibana.example.com" }),
  });
  return {
    found: diagnostics.map(({ code, message }) => `${code}: ${message}`),
    requests: kibana.requests,
    isRead: actual !== undefined,
  };
}

describe("a Kibana", () => {
  it("that is too old is refused before its rules are read", async () => {
    const { found, requests, isRead } = await reading("8.11.4");
    expect(found).toEqual(["deploy/old-version: Kibana 8.11.4 is not supported: 8.12 is the oldest that is"]);
    expect(isRead).toBe(false);
    expect(requests.filter((line) => line.includes("detection_engine"))).toEqual([]);
  });

  it("that is newer than kdac knows is warned about", async () => {
    const { found, isRead } = await reading("9.7.0");
    expect(found).toEqual([
      "deploy/new-version: Kibana 9.7.0 is newer than 9.6, the newest that this version of kdac was tried with",
    ]);
    expect(isRead).toBe(true);
  });

  it.each(["8.12.0", "8.19.2", "9.0.0", "9.6.1"])("of version %s is one that kdac knows", async (version) => {
    expect(await reading(version)).toMatchObject({ found: [], isRead: true });
  });
});

describe("a rule with what came later than the Kibana that it goes to", () => {
  const rule = desiredRule({
    type: "eql",
    language: "eql",
    query: "process where true",
    alert_suppression: { group_by: ["user.name"] },
  });

  it.each<[string, string[]]>([
    ["8.13.4", [`${rule.file}/alert_suppression`]],
    ["9.5.1", []],
  ])("is refused on %s where that is so, told once for all spaces", async (version, places) => {
    const kibana = embedded({ version, spaces: ["second"] });
    const { plan, diagnostics } = await planEnvironment({
      environment: "test",
      configFile: "kdac.config.yml",
      spaces: [desired({ rules: [rule] }), { ...desired({ rules: [rule] }), space: "second" }],
      policy: { project: "acme" },
      connect: () => kibana.client({ url: "https://kibana.example.com" }),
    });
    expect(plan?.summary.create).toBe(places.length === 0 ? 2 : undefined);
    expect(kibana.requests.filter((line) => line.includes("detection_engine")).length > 0).toBe(
      places.length === 0,
    );
    expect(
      diagnostics.map(
        ({ code, target }) => `${code} ${target.file}${"pointer" in target ? target.pointer : ""}`,
      ),
    ).toEqual(places.map((place) => `deploy/newer-than-kibana ${place}`));
  });
});
