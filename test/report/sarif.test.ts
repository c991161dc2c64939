import { createRequire } from "node:module";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import type { Log } from "sarif";
import { describe, expect, it } from "vitest";
import { report } from "../../src/diagnostics/index.js";
import { render, type ReportInput } from "../../src/report/index.js";
import { inputOf, warning } from "./support.js";

// The schema is of draft 4. It uses nothing of it that later drafts read otherwise, but for the names of its own two keywords.
const {
  $schema: draft,
  id,
  ...schema
} = createRequire(import.meta.url)("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json") as Record<
  string,
  unknown
>;
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(schema);

function sarif(input: ReportInput): Log["runs"][number] {
  const log = JSON.parse(render("sarif", input)) as Log;
  expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
  return log.runs[0]!;
}

const files = { "rules/ä #1.rule.yml": "name: One\ntype: eql\nname: Two\n" };
const file = "rules/ä #1.rule.yml";
const findingsUrl = "https://example.org/findings.md";

describe("sarif", () => {
  const input = inputOf(
    files,
    warning("here", { file, pointer: "/type" }),
    report("file/unreadable", { file: "gone", reason: "EACCES" }, { file: "gone" }),
    report("yaml/unused-suppression", { code: "x" }, { file, pointer: "/type" }),
  );
  const run = sarif({ ...input, findingsUrl });

  it("is rejected by the schema when it is wrong, so that the other tests mean something", () => {
    expect([draft, id]).toEqual([
      expect.stringContaining("draft-04"),
      expect.stringContaining("sarif-2.1.0"),
    ]);
    expect(validate({ version: "2.1.0", runs: [{ results: [] }] })).toBe(false);
  });

  it("describes each rule that was broken, once, from the registry", () => {
    const { rules = [] } = run.tool.driver;
    expect(
      rules.map(({ id, helpUri, defaultConfiguration }) => [id, helpUri, defaultConfiguration?.level]),
    ).toEqual([
      ["file/unreadable", `${findingsUrl}#fileunreadable`, "error"],
      ["project/no-rules", `${findingsUrl}#projectno-rules`, "warning"],
      ["yaml/duplicate-key", `${findingsUrl}#yamlduplicate-key`, "error"],
      ["yaml/unused-suppression", `${findingsUrl}#yamlunused-suppression`, "note"],
    ]);
    expect(rules[2]?.shortDescription?.text).toBe('the key "<key>" stands here for the second time');
    expect(rules[2]?.help?.markdown).toContain("Remove one of the two");
  });

  it("gives each result its rule, level, region and other places", () => {
    expect(run.results?.map(({ ruleId, ruleIndex, level }) => [ruleId, ruleIndex, level])).toEqual([
      ["file/unreadable", 0, "error"],
      ["project/no-rules", 1, "warning"],
      ["yaml/unused-suppression", 3, "note"],
      ["yaml/duplicate-key", 2, "error"],
    ]);
    const uri = "rules/%C3%A4%20%231.rule.yml";
    const artifactLocation = { uri, uriBaseId: "%SRCROOT%" };
    expect(run.results?.[3]).toMatchObject({
      message: { text: 'the key "name" stands here for the second time' },
      locations: [
        {
          physicalLocation: {
            artifactLocation,
            region: { startLine: 3, startColumn: 1, endLine: 3, endColumn: 5 },
          },
        },
      ],
      relatedLocations: [
        {
          id: 0,
          message: { text: "it stands here first" },
          physicalLocation: {
            artifactLocation,
            region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 5 },
          },
        },
      ],
    });
    expect(run.results?.[0]?.locations?.[0]?.physicalLocation).not.toHaveProperty("region");
  });

  it("is valid when there is nothing, and without a findings page", () => {
    expect(sarif({ diagnostics: [], documents: new Map(), rules: 0 }).results).toEqual([]);
    expect(sarif(input).tool.driver.rules?.[0]).not.toHaveProperty("helpUri");
  });
});

const fingerprints = (text: string, ...pointers: string[]) =>
  sarif(
    inputOf({ a: text }, ...pointers.map((pointer) => warning("x", { file: "a", pointer }))),
  ).results!.map(({ partialFingerprints }) => partialFingerprints!["kdacFinding/v1"]);

describe("fingerprints", () => {
  const [original] = fingerprints("name: One\ntype: eql\n", "/type");

  it("stay when lines are added, moved or indented", () => {
    expect(fingerprints("# more\n\ntype: eql\nname: One\n", "/type")).toEqual([original]);
    expect(fingerprints("name: One\nx:\n  type: eql\n", "/x/type")).toEqual([original]);
  });

  it("change with the line itself, the code and the file", () => {
    expect(fingerprints("name: One\ntype: query\n", "/type")).not.toEqual([original]);
    const elsewhere = inputOf({ b: "type: eql\n" }, warning("x", { file: "b", pointer: "/type" }));
    expect(sarif(elsewhere).results![0]!.partialFingerprints).not.toEqual({ "kdacFinding/v1": original });
  });

  it("tell equal lines apart", () => {
    const both = fingerprints("a:\n  - x: 1\n  - x: 1\n", "/a/0/x", "/a/1/x");
    expect(new Set(both).size).toBe(2);
    expect(both.map((print) => print!.slice(-2))).toEqual([":1", ":2"]);
  });
});
