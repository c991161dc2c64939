import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileName } from "../../src/bundle/file-name.js";
import {
  type BundleInput,
  type BundleRule,
  buildFiles,
  exportBundle,
  IMPORT_LIMITS,
  prebuiltAsset,
} from "../../src/bundle/index.js";
import { action, connector, linesOf, list, reference, rule } from "./support.js";

const input: BundleInput = {
  rules: [
    rule("b", { version: 7, exceptions_list: [reference("hosts")], actions: [action("c-1")] }),
    rule("a", { exceptions_list: [reference("elsewhere")] }),
  ],
  lists: [list("hosts", ["two", "one"]), list("unused")],
  connectors: [
    { ...connector("c-1", true), name: "soc" },
    { ...connector("c-2"), connector_type_id: ".index", config: { index: "x", refresh: { b: 1, a: [] } } },
  ],
};

const shuffled = <T>(values: readonly T[]) => fc.shuffledSubarray([...values], { minLength: values.length });

/** The same object with its keys the other way round, inside too. */
function turned<T>(value: T): T {
  if (Array.isArray(value)) return value.map(turned) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, turned(inner as unknown)]),
  ) as T;
}

describe("exportBundle", () => {
  it("writes rules, lists with their items, connectors, and the summary with its 15 keys", () => {
    const { text, summary } = exportBundle(input);
    const all = linesOf(text);
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

  it.each([
    [
      "Kibana's own endpoint list",
      { exceptions_list: [reference("endpoint_list", { type: "endpoint", namespace_type: "agnostic" })] },
    ],
    [
      "a system connector",
      { actions: [{ id: "system-connector-.cases", action_type_id: ".cases", params: {} }] },
    ],
  ])("does not miss %s, which is in every space", (_, fields) => {
    const { diagnostics, summary } = exportBundle({ rules: [rule("a", fields)], lists: [], connectors: [] });
    expect(diagnostics).toEqual([]);
    expect(summary).toMatchObject({ missing_exception_lists_count: 0, missing_action_connection_count: 0 });
  });

  it("tells a list of one space from one of all spaces", () => {
    const everywhere = reference("hosts", { namespace_type: "agnostic" });
    const { diagnostics, summary } = exportBundle({
      ...input,
      rules: [rule("a", { exceptions_list: [everywhere] })],
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(["bundle/missing-list"]);
    expect(summary).toMatchObject({
      exported_exception_list_count: 0,
      missing_exception_lists: [{ list_id: "hosts" }],
    });
  });

  it("names what is missing once, however many rules name it", () => {
    const fields = { exceptions_list: [reference("x")], actions: [action("y"), action("y")] };
    const { summary, diagnostics } = exportBundle({
      rules: [rule("a", fields), rule("b", fields)],
      lists: [],
      connectors: [],
    });
    expect(summary).toMatchObject({
      missing_exception_lists: [{ list_id: "x" }],
      missing_action_connections: [{ id: "y", type: "action" }],
    });
    expect(diagnostics.map(({ code, target }) => `${code} ${target.pointer}`)).toEqual([
      "bundle/missing-list /exceptions",
      "bundle/missing-connector /actions/0",
      "bundle/missing-connector /actions/1",
      "bundle/missing-list /exceptions",
      "bundle/missing-connector /actions/0",
      "bundle/missing-connector /actions/1",
    ]);
  });

  it("leaves room for the form around the file", () => {
    const diagnosticsOf = (length: number) =>
      exportBundle({ rules: [rule("a", { note: "x".repeat(length) })], lists: [], connectors: [] })
        .diagnostics;
    const empty = Buffer.byteLength(
      exportBundle({ rules: [rule("a", { note: "" })], lists: [], connectors: [] }).text,
    );
    expect(diagnosticsOf(IMPORT_LIMITS.bytes - empty)).toEqual([]);
    expect(diagnosticsOf(IMPORT_LIMITS.bytes - empty + 1).map(({ code }) => code)).toEqual([
      "bundle/too-large",
    ]);
    expect(IMPORT_LIMITS.bytes).toBeLessThan(10_485_760 - 300);
  });

  it("gives the same bytes whatever the order of rules, lists, items, connectors and keys", () => {
    const whole: BundleInput = {
      ...input,
      rules: [
        ...input.rules,
        rule("c", { actions: [action("c-2")], exceptions_list: [reference("unused")] }),
      ],
    };
    fc.assert(
      fc.property(
        shuffled(whole.rules),
        shuffled(whole.lists),
        shuffled(whole.connectors),
        fc.boolean(),
        (rules, lists, connectors, turn) => {
          const other = {
            rules,
            lists: lists.map(({ list: own, items }) => ({
              list: turn ? turned(own) : own,
              items: turn ? items.toReversed().map(turned) : items,
            })),
            connectors: connectors.map((one) => ({ ...one, config: turn ? turned(one.config) : one.config })),
          };
          expect(exportBundle(other).text).toBe(exportBundle(whole).text);
        },
      ),
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

  const distinct = (ids: readonly string[]) => {
    const made = build(ids.map((id) => rule(id)));
    const paths = made.files.map(({ path }) => path.toLowerCase());
    expect(new Set(paths).size).toBe(paths.length);
    return made;
  };

  it("gives no two ids the same file", () => {
    const id = fc.oneof(fc.string({ minLength: 1, maxLength: 8 }), fc.mixedCase(fc.constant("abc")));
    fc.assert(fc.property(fc.uniqueArray(id, { minLength: 2, maxLength: 20 }), (ids) => void distinct(ids)));
  });

  it("tells ids apart that differ by case, and says so", () => {
    const { files, diagnostics } = distinct(["ab", "AB"]);
    const second = files.find(({ path }) => path.startsWith("rules/ab"))!.path;
    expect(second).toMatch(/^rules\/ab-[0-9a-f]{16}\.json$/);
    expect(diagnostics.map(({ code }) => code)).toEqual(["bundle/file-name-taken"]);
    // An id that looks like the name which another was given.
    distinct(["ab", "AB", second.slice("rules/".length, -".json".length).toUpperCase()]);
    // The library takes what validation would refuse.
    distinct(["ab", "ab", "ab"]);
  });

  it("names files so that the id can be read back", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40, unit: "grapheme" }), (id) => {
        expect(decodeURIComponent(fileName(id))).toBe(id);
      }),
    );
  });
});
