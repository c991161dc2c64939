import { describe, expect, it } from "vitest";
import { folderOf, sourceFolder } from "../../src/intake/layout.js";

const query = (text: string) => ({ type: "query", query: text });

describe("by-os", () => {
  it.each([
    ["one system", { tags: ["Domain: Endpoint", "OS: Windows", "Data Source: Elastic Defend"] }, "windows"],
    ["two systems", { tags: ["OS: Windows", "OS: macOS"] }, "cross-platform"],
    ["a system before a cloud", { tags: ["OS: Linux", "Data Source: AWS"] }, "linux"],
    ["tags of 7.x", { tags: ["Elastic", "Host", "macOS", "Threat Detection"] }, "macos"],
    ["a cloud", { tags: ["Domain: Cloud", "Data Source: AWS", "Data Source: Amazon Web Services"] }, "aws"],
    ["a cloud of 7.x", { tags: ["Elastic", "Cloud", "GCP"] }, "gcp"],
    ["Entra", { tags: ["Data Source: Microsoft Entra ID", "Data Source: Azure"] }, "azure"],
    ["Microsoft 365", { tags: ["Data Source: Microsoft 365"] }, "microsoft-365"],
    [
      "Microsoft 365 Defender is none",
      { tags: ["Domain: Endpoint", "Data Source: Microsoft 365 Defender"] },
      "endpoint",
    ],
    ["two clouds", { tags: ["Data Source: Okta", "Data Source: AWS"] }, "cross-platform"],
    ["a query's system", query('process where host.os.type == "windows"'), "windows"],
    ["a query's systems", query("host.os.type: linux or host.os.type: macos"), "cross-platform"],
    ["indices of a cloud", { index: ["filebeat-*", "logs-aws.cloudtrail-*"] }, "aws"],
    ["indices of a system", { index: ["logs-endpoint.events.process-*", "winlogbeat-*"] }, "windows"],
    [
      "Kibana's default indices",
      { index: ["auditbeat-*", "logs-*", "winlogbeat-*", "packetbeat-*"] },
      "other",
    ],
    ["the sources of ES|QL", { type: "esql", query: "from logs-okta* metadata _id | limit 1" }, "okta"],
    ["a domain", { tags: ["Domain: Network"] }, "network"],
    ["indices of a network", { index: ["packetbeat-*"] }, "network"],
    ["machine learning", { type: "machine_learning" }, "machine-learning"],
    ["nothing", {}, "other"],
    ["nothing that makes sense", { tags: [1, null, {}], index: "x", query: 5 }, "other"],
  ])("%s", (_, rule, folder) => expect(folderOf(rule, "by-os", "")).toBe(folder));
});

describe("by-tactic", () => {
  const threat = (...names: unknown[]) => ({ threat: names.map((name) => ({ tactic: { name } })) });
  it.each([
    [threat("Initial Access", "Execution"), "initial-access"],
    [threat(), "no-tactic"],
    [threat("../.."), "no-tactic"],
    [threat(7), "no-tactic"],
    [{ threat: [null] }, "no-tactic"],
    [{ threat: "x" }, "no-tactic"],
    [{}, "no-tactic"],
  ])("%j goes to %s", (rule, folder) => expect(folderOf(rule, "by-tactic", "")).toBe(folder));
});

describe("flat and mirror", () => {
  it("flat has no folders", () => expect(folderOf({ tags: ["OS: Windows"] }, "flat", "a/b")).toBe(""));

  it.each([
    ["", ""],
    ["integrations/aws_bedrock", "integrations/aws_bedrock"],
    ["Windows\\Persistence", "windows/persistence"],
    ["../../etc", "etc"],
    ["/etc/./x/../y", "etc/x/y"],
    [".git/hooks", "git/hooks"],
    ["CON/nul.txt", "_con/_nul.txt"],
  ])("mirror puts %j into %j", (from, folder) => {
    expect(folderOf({}, "mirror", from)).toBe(folder);
  });

  it("mirror gives a name to a folder that has no letter which could stay", () => {
    expect(folderOf({}, "mirror", "规则/a")).toMatch(/^[0-9a-f]{8}\/a$/);
    expect(folderOf({}, "mirror", "规则")).not.toBe(folderOf({}, "mirror", "检测"));
  });

  it("mirror goes no deeper than projects are searched", () => {
    expect(folderOf({}, "mirror", "a/".repeat(1000)).split("/")).toHaveLength(16);
  });

  it.each([
    [{ file: "exports/soc/rules.ndjson" }, "exports/soc/"],
    [{ file: "rules.zip", path: "windows/one.toml" }, "/windows"],
    [{ file: "rules.zip", path: "../../x" }, "/../.."],
  ])("the folder of %j is %j before it is made safe", (origin, folder) =>
    expect(sourceFolder(origin)).toBe(folder),
  );
});
