import { describe, expect, it } from "vitest";
import { RULE_TYPES } from "../../src/kibana/rule.js";
import { decodeRuleCreate } from "../../src/kibana/wire.js";
import { validate } from "../../src/lint/index.js";
import { compileProject, rulesOf, spacesOf } from "../../src/project/index.js";
import { filesBelow, read } from "../support/source-tree.js";
import { detections } from "./project.js";

const project = detections();
const compiled = compileProject(project);
const byFile = new Map(compiled.map((rule) => [rule.source.file, rule]));
const files = [...byFile.keys()];
/** Its page is the only source of what it says, and the page gives no references and no list of false positives. */
const SEED = "rules/windows/script-executing-powershell.rule.yml";
const own = files.filter((file) => file !== SEED);

describe("the portfolio", () => {
  it("is every rule file in the folder", () => {
    expect(files.toSorted()).toEqual(filesBelow("rules", (name) => name.endsWith(".rule.yml")));
    expect(own.length).toBeGreaterThanOrEqual(26);
  });

  it.each(RULE_TYPES.map((type) => [type]))("has at least two %s rules", (type) => {
    expect(compiled.filter(({ rule }) => rule.type === type).length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    ["windows", "OS: Windows"],
    ["linux", "OS: Linux"],
    ["macos", "OS: macOS"],
    ["aws", "Data Source: AWS"],
    ["azure", "Data Source: Microsoft Entra ID"],
    ["okta", "Data Source: Okta"],
    ["github", "Data Source: GitHub"],
    ["kubernetes", "Data Source: Kubernetes"],
    ["network", "Domain: Network"],
  ])("covers %s, and its rules say so in their tags", (folder, tag) => {
    const there = compiled.filter(({ source }) => source.file.startsWith(`rules/${folder}/`));
    expect(there.length).toBeGreaterThanOrEqual(2);
    for (const { rule } of there) expect(rule.tags).toContain(tag);
  });

  it("has no finding, warnings included, on the stack of the configuration", () => {
    expect(validate(project).diagnostics).toEqual([]);
  });

  it.each([["9.4"], ["9.2"]])("has no finding on stack %s, whose ATT&CK is 18.1", (stack) => {
    const older = detections({ stack });
    expect(older.settings.attack).toBe("18.1");
    expect(validate(older).diagnostics).toEqual([]);
  });

  it("leaves out on an older stack what needs a newer one", () => {
    const newer = new Set(rulesOf(project, undefined).map(({ source }) => source.file));
    for (const { source } of rulesOf(detections({ stack: "9.1" }), undefined)) newer.delete(source.file);
    expect([...newer]).toEqual(["rules/network/lookup-of-malicious-domain-sibling.rule.yml"]);
  });

  it("uses every exception list, connector and fragment that it declares", () => {
    const text = files.map(read).join("\n");
    for (const list of project.exceptionLists.keys()) {
      const uses = compiled.filter(({ rule }) => rule.exceptions_list?.some(({ list_id }) => list_id === list));
      expect(uses.length, list).toBeGreaterThanOrEqual(2);
    }
    for (const connector of project.connectors.keys()) expect(text).toContain(`connector: ${connector}\n`);
    for (const fragment of project.fragments.keys()) expect(text).toContain(`{{> ${fragment}}}`);
  });

  it("needs no credentials of connectors in the environment of the demo", () => {
    const secretive = [...project.connectors.values()].filter(
      ({ authored }) => authored.secrets !== undefined,
    );
    expect(secretive.map(({ authored }) => authored.name)).toEqual(["soc-pager"]);
    for (const space of spacesOf(project, "local")) {
      const rules = rulesOf(project, space);
      expect(rules.length).toBeGreaterThan(10);
      expect(rules.flatMap(({ connectors }) => connectors)).not.toContain("soc-pager");
    }
  });
});

describe.each(files.map((file) => [file] as const))("%s", (file) => {
  const { rule, source } = byFile.get(file)!;

  it("points the editor at its schema", () => {
    expect(read(file).split("\n")[0]).toBe(
      "# yaml-language-server: $schema=../../schemas/rule.schema.json",
    );
  });

  it("compiles to what Kibana's create route takes, without a key that it would drop", () => {
    expect(decodeRuleCreate(rule, "reject")).toMatchObject({ ok: true });
  });

  it("is named in lower case with hyphens", () => {
    expect(file).toMatch(/^rules\/[a-z-]+\/[a-z0-9]+(-[a-z0-9]+)*\.rule\.yml$/);
  });

  it("has a random UUID, an author and a licence", () => {
    expect(rule.rule_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(rule.author).toEqual(file === SEED ? ["Elastic"] : ["kdac maintainers"]);
    expect(rule.license).toBe(file === SEED ? "Elastic License v2" : "Apache-2.0");
  });

  it("has a risk score that goes with its severity", () => {
    expect(rule.risk_score).toBe({ low: 21, medium: 47, high: 73, critical: 99 }[rule.severity]);
  });

  it("has a guide of at least three steps, one on harmless activity and one on the response", () => {
    const { guide } = source.authored;
    if (guide === undefined || typeof guide === "string") throw new Error("the guide is not in parts");
    expect(guide.overview?.length).toBeGreaterThan(80);
    expect(guide.investigation_steps?.length).toBeGreaterThanOrEqual(3);
    expect(guide.false_positives?.length).toBeGreaterThanOrEqual(1);
    expect(guide.response?.length).toBeGreaterThanOrEqual(1);
    expect(rule.note).not.toContain("{{>");
  });

  it("is mapped to ATT&CK, or says why not", () => {
    const reason = /^# no ATT&CK: \S.{20,}$/m.exec(read(file));
    expect((rule.threat ?? []).length > 0).toBe(reason === null);
  });
});

describe.each(own.map((file) => [file] as const))("%s", (file) => {
  const { rule } = byFile.get(file)!;

  it("has false positives, and references that are secure addresses", () => {
    expect(rule.false_positives?.length).toBeGreaterThanOrEqual(1);
    expect(rule.references?.length).toBeGreaterThanOrEqual(1);
    for (const reference of rule.references!) expect(reference).toMatch(/^https:\/\/[\w.-]+\/\S*$/);
  });

  it("says how its data gets there", () => {
    expect(rule.setup).toMatch(/^## Setup\n/);
    expect(rule.setup).not.toContain("{{>");
    expect(rule.type === "machine_learning" || rule.type === "esql" || (rule.index ?? []).length > 0).toBe(
      true,
    );
  });
});
