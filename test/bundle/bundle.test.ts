import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BundleInput,
  type BundleRule,
  buildFiles,
  exportBundle,
  prebuiltAsset,
} from "../../src/bundle/index.js";
import { fileName } from "../../src/bundle/file-name.js";

function rule(rule_id: string, more: Record<string, unknown> = {}): BundleRule {
  const fields = {
    rule_id,
    name: rule_id,
    description: "d",
    type: "query",
    severity: "low",
    risk_score: 21,
    query: "*:*",
    ...more,
  };
  return { file: `rules/x.rule.yml`, rule: fields as unknown as BundleRule["rule"] };
}

const list = (list_id: string) => ({ id: list_id, list_id, type: "detection", namespace_type: "single" });

const input: BundleInput = {
  rules: [
    rule("b", {
      version: 7,
      exceptions_list: [list("hosts")],
      actions: [{ id: "c-1", action_type_id: ".slack", group: "default", params: {} }],
    }),
    rule("a", { exceptions_list: [list("elsewhere")] }),
  ],
  lists: [
    {
      list: {
        list_id: "hosts",
        name: "Hosts",
        description: "d",
        type: "detection",
        namespace_type: "single",
      },
      items: ["two", "one"].map((item_id) => ({
        item_id,
        list_id: "hosts",
        type: "simple",
        name: item_id,
        description: "d",
        namespace_type: "single",
        entries: [{ field: "host.name", type: "match", operator: "included", value: "a" }],
      })),
    },
    { list: { list_id: "unused", name: "Unused", description: "d", type: "detection" }, items: [] },
  ],
  connectors: [
    { id: "c-1", name: "soc", connector_type_id: ".slack", config: {}, needsSecrets: true },
    { id: "c-2", name: "unused", connector_type_id: ".index", config: { index: "x" }, needsSecrets: false },
  ],
};

const lines = (text: string): Record<string, unknown>[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("exportBundle", () => {
  it("writes rules, lists with their items, connectors, and the summary with its 15 keys", () => {
    const { text, summary } = exportBundle(input);
    const all = lines(text);
    expect(
      all.map((line) => line["rule_id"] ?? line["item_id"] ?? line["list_id"] ?? line["id"] ?? "summary"),
    ).toEqual(["a", "b", "hosts", "one", "two", "c-1", "summary"]);
    expect(all[0]).toMatchObject({ version: 1 });
    expect(all[1]).toMatchObject({ version: 7 });
    expect(all[5]).toEqual({
      id: "c-1",
      type: "action",
      attributes: { actionTypeId: ".slack", name: "soc", isMissingSecrets: true, config: {}, secrets: {} },
      references: [],
    });
    expect(Object.keys(summary)).toHaveLength(15);
    expect(summary).toMatchObject({
      exported_count: 6,
      exported_rules_count: 2,
      exported_exception_list_count: 1,
      exported_exception_list_item_count: 2,
      exported_action_connector_count: 1,
      missing_exception_lists: [{ list_id: "elsewhere" }],
      missing_exception_lists_count: 1,
    });
  });

  it("says what its rules name and it does not carry", () => {
    const found = exportBundle({ ...input, connectors: [] }).diagnostics;
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([
      ["bundle/missing-list", "warning"],
      ["bundle/missing-connector", "warning"],
    ]);
  });

  it("refuses a rule that Kibana would take for something else", () => {
    const found = exportBundle({ ...input, rules: [rule("a", { entries: [] })] }).diagnostics;
    expect(found.map(({ code }) => code)).toEqual(["bundle/mistaken-line"]);
  });

  it("warns when Kibana would refuse the file for its size", () => {
    const big = exportBundle({ ...input, rules: [rule("a", { note: "x".repeat(10_485_760) })] }).diagnostics;
    const many = exportBundle({
      ...input,
      rules: Array.from({ length: 10_000 }, (_, i) => rule(`r${i}`)),
    }).diagnostics;
    expect([...big, ...many].map(({ code }) => code)).toEqual(["bundle/too-large", "bundle/too-many-rules"]);
  });

  it("gives the same bytes whatever the order", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(input.rules as BundleRule[], { minLength: 2 }), (rules) => {
        expect(exportBundle({ ...input, rules }).text).toBe(exportBundle(input).text);
      }),
    );
  });
});

describe("prebuiltAsset", () => {
  it("has sorted keys, a version, and no fields of installed rules", () => {
    const asset = prebuiltAsset(
      rule("a", {
        meta: { x: 1 },
        actions: [],
        throttle: "rule",
        namespace: "n",
        threat: [{ tactic: { name: "n", id: "i" } }],
      }).rule,
    );
    expect(asset).toMatchObject({
      id: "a_1",
      type: "security-rule",
      attributes: { rule_id: "a", version: 1 },
    });
    expect(Object.keys(asset.attributes)).toEqual(Object.keys(asset.attributes).toSorted());
    expect(asset.attributes).not.toHaveProperty("meta");
    expect(asset.attributes).not.toHaveProperty("actions");
    expect(asset.attributes).not.toHaveProperty("throttle");
    expect(JSON.stringify(asset.attributes["threat"])).toBe('[{"tactic":{"id":"i","name":"n"}}]');
  });
});

describe("buildFiles", () => {
  const build = (rules: BundleRule[]) => buildFiles({ project: "p", generator: "kdac", locale: "en", rules });

  it("writes two files a rule and a manifest with their hashes, the same each time", () => {
    const first = build(input.rules as BundleRule[]);
    expect(first.files.map(({ path }) => path)).toEqual([
      "rules/a.json",
      "security_rule/a_1.json",
      "rules/b.json",
      "security_rule/b_7.json",
      "manifest.json",
    ]);
    expect(first.manifest.rules[0]!.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(build(input.rules.toReversed())).toEqual(first);
  });

  it.each([
    "../../x",
    "..",
    ".",
    "CON",
    "nul.txt",
    "a/b",
    "a\\b",
    "ünï",
    "a b",
    "x".repeat(500),
    "/etc/passwd",
    "a.",
    "%2e%2e",
  ])("keeps %j inside the folder and says so", (rule_id) => {
    const { files, diagnostics } = build([rule(rule_id)]);
    for (const { path } of files)
      expect(path).toMatch(
        /^(?:(?:rules|security_rule)\/[A-Za-z0-9_%-][A-Za-z0-9_.%-]{0,250}\.json|manifest\.json)$/,
      );
    expect(diagnostics.map(({ code }) => code)).toEqual(["bundle/rule-id-no-file-name"]);
  });

  it("gives no two ids the same file", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 20 }),
        (ids) => {
          const { files } = build(ids.map((id) => rule(id)));
          const paths = files.map(({ path }) => path.toLowerCase());
          expect(new Set(paths).size).toBe(paths.length);
        },
      ),
    );
  });

  it("names files so that the id can be read back", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40, unit: "grapheme" }), (id) => {
        expect(decodeURIComponent(fileName(id))).toBe(id);
      }),
    );
  });
});
