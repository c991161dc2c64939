import { describe, expect, it } from "vitest";
import { loadProject } from "../../src/project/load.js";
import { LineIndex } from "../../src/yaml/index.js";
import { memoryHost } from "../support/memory-host.js";

const RULE = `rule_id: r-1
name: A rule
description: What it looks for
type: query
severity: low
risk_score: 21
query: "a: b"
`;
const CUSTOM = "/p/schemas/custom-fields.yml";
const LOCK = "/p/schemas/fields.lock.json";

/** The project, and its findings as `code file:line:column`. */
function load(
  files: Readonly<Record<string, string>>,
  options: Partial<Parameters<typeof loadProject>[1]> = {},
  links = {},
) {
  const host = memoryHost(
    { "/p/kdac.config.yml": "name: p\n", "/p/rules/a.rule.yml": RULE, ...files },
    { links },
  );
  const project = loadProject(host, { cwd: "/p", ...options });
  const findings = project.diagnostics.map(({ code, target }) => {
    const document = project.documents.get(target.file);
    if (document === undefined) return `${code} ${target.file}`;
    const { line, column } = new LineIndex(document.text).positionOf(document.rangeOf(target).start);
    return `${code} ${target.file}:${line}:${column}`;
  });
  return { project, findings };
}

describe("a project's own fields", () => {
  it("are those of schemas/custom-fields.yml, if it is there", () => {
    const { project, findings } = load({
      [CUSTOM]: `fields:
  acme.user.id: keyword
  acme.size: {type: long, description: In bytes., ignore_above: 5, array: true}
`,
    });
    expect(findings).toEqual([]);
    const fields = project.fields.for(["logs-*"]);
    expect(fields.find("acme.user.id")).toEqual({ name: "acme.user.id", type: "keyword", source: "custom" });
    expect(fields.find("acme.size")).toMatchObject({ type: "long", ignoreAbove: 5, array: true });
    expect(fields.find("process.name")?.source).toBe("ecs");
    expect(fields.closed).toBe(false);
    expect(load({}).project.fields.for(undefined).find("acme.size")).toBeUndefined();
  });

  it("may be for some indices only", () => {
    const { project, findings } = load({
      [CUSTOM]: `fields:
  - index: [logs-acme-*]
    fields: {acme.user.id: keyword}
  - index: [logs-door-*, metrics-door-*]
    fields: {acme.door: {type: keyword, allowed_values: [open, shut]}}
`,
    });
    expect(findings).toEqual([]);
    expect(project.fields.for(["logs-acme-a"]).find("acme.user.id")?.type).toBe("keyword");
    expect(project.fields.for(["logs-acme-a"]).find("acme.door")).toBeUndefined();
    expect(project.fields.for(["metrics-*"]).find("acme.door")?.allowed).toEqual(["open", "shut"]);
    expect(project.fields.for(["logs-acme-a"], true).find("acme.door")?.type).toBe("keyword");
  });

  it("are checked where they stand, and those that are right count", () => {
    const { project, findings } = load({
      [CUSTOM]: `field: {}
fields:
  acme..b: keyword
  acme.a: keywrod
  acme.b: {type: longg}
  acme.c: {typ: ip}
  acme.d: Keyword
  acme.e: 3
  acme.f: {type: ip, ignore_above: no, allowed_values: x}
  acme.g: date
`,
    });
    expect(findings.sort()).toEqual([
      "field/unknown-type schemas/custom-fields.yml:4:11",
      "field/unknown-type schemas/custom-fields.yml:5:18",
      "schema/bad-format schemas/custom-fields.yml:3:3",
      "schema/bad-format schemas/custom-fields.yml:7:11",
      "schema/unknown-key schemas/custom-fields.yml:1:1",
      "schema/unknown-key schemas/custom-fields.yml:6:12",
      "schema/wrong-type schemas/custom-fields.yml:8:11",
      "schema/wrong-type schemas/custom-fields.yml:9:36",
      "schema/wrong-type schemas/custom-fields.yml:9:56",
    ]);
    const fields = project.fields.for(undefined);
    expect(fields.find("acme.g")?.type).toBe("date");
    expect(fields.find("acme.f")).toEqual({ name: "acme.f", type: "ip", source: "custom" });
    expect(fields.find("acme.c")).toBeUndefined();
    expect(fields.find("acme.e")).toBeUndefined();
  });

  it("say what the type was meant to be", () => {
    const { project } = load({ [CUSTOM]: "fields: {a: keywrod}\n" });
    expect(project.diagnostics[0]).toMatchObject({
      severity: "warning",
      message: 'Elasticsearch has no mapping type "keywrod"',
      help: 'did you mean "keyword"?',
    });
  });

  it.each([
    ["fields: 3\n", "schema/wrong-type"],
    ["fields: [3]\n", "schema/wrong-type"],
    ["fields: [{index: logs, fields: {a: ip}}]\n", "schema/wrong-type"],
    ["fields: [{index: [3], fields: {a: ip}}]\n", "schema/wrong-type"],
    ["fields: [{fields: {a: ip}}]\n", "schema/missing-field"],
    ["fields: [{index: [a]}]\n", "schema/missing-field"],
    ["fields: [{index: [], fields: {a: ip}}]\n", "schema/too-few"],
    ["{}\n", "schema/missing-field"],
    ["- a: b\n", "yaml/"],
    ["fields: {a: ip\n", "yaml/"],
    ["", "yaml/"],
  ])("that are broken are none: %j", (text, code) => {
    const { project, findings } = load({ [CUSTOM]: text });
    expect(findings[0]).toContain(code);
    expect(project.fields.for(["logs"]).find("a")).toBeUndefined();
  });
});

describe("the lock of the stack's fields", () => {
  const lock = (patterns: unknown, more = {}): string => JSON.stringify({ version: 1, patterns, ...more });

  it("makes what is not there certain, for rules whose indices it covers", () => {
    const { project, findings } = load({
      [LOCK]: lock({
        "logs-acme-*": { fields: { keyword: ["acme.user.id"], "keyword, long": ["acme.code"] } },
      }),
    });
    expect(findings).toEqual([]);
    expect(project.fields.for(["logs-acme-*"]).closed).toBe(true);
    expect(project.fields.for(["logs-acme-*"], true).closed).toBe(false);
    expect(project.fields.for(["logs-*"]).closed).toBe(false);
    expect(project.fields.for(undefined).closed).toBe(false);
    expect(project.fields.for(["logs-acme-*"]).find("acme.code")).toMatchObject({
      type: "keyword",
      otherTypes: ["long"],
    });
  });

  it.each([
    ['{"version": 2, "patterns": {}}', "schema/bad-value schemas/fields.lock.json:1:13"],
    ['{\n  "patterns": {}\n}', "schema/missing-field schemas/fields.lock.json:1:1"],
    ['{"version": 1, "patterns": {"logs": {"fields": {"Keyword": ["a"]}}}}', "schema/bad-format schemas/fields.lock.json:1:49"],
    ['{"version": 1, "patterns": {"logs": {"fields": {"keyword": "a"}}}}', "schema/wrong-type schemas/fields.lock.json:1:60"],
    ['{"version": 1, "synced_at": "today", "patterns": {}}', "schema/bad-format schemas/fields.lock.json:1:29"],
    ['{"version": 1, "patterns": {', "yaml/"],
    ["[]", "yaml/"],
    ["3", "yaml/"],
    ["", "yaml/"],
  ])("counts for nothing where it is broken: %s", (text, finding) => {
    const { project, findings } = load({ [LOCK]: text });
    expect(findings[0]).toContain(finding);
    expect(project.fields.for(["logs"]).closed).toBe(false);
  }); // prettier-ignore

  it("need not be as strict as JSON is", () => {
    const { project, findings } = load({ [LOCK]: "version: 1\npatterns: {logs: {fields: {ip: [a]}}}\n" });
    expect(findings).toEqual([]);
    expect(project.fields.for(["logs"]).find("a")?.type).toBe("ip");
  });
});

describe("the configuration", () => {
  const config = (fields: string): Readonly<Record<string, string>> => ({
    "/p/kdac.config.yml": `name: p\nfields: ${fields}\n`,
  });

  it("may name other files", () => {
    const { project, findings } = load({
      ...config("{custom: ./rules/mine.yml, lock: lock.json}"),
      "/p/rules/mine.yml": "fields: {a: ip}\n",
      "/p/lock.json": JSON.stringify({ version: 1, patterns: { logs: { fields: { ip: ["b"] } } } }),
      [CUSTOM]: "fields: {c: ip}\n",
    });
    expect(findings).toEqual([]);
    const fields = project.fields.for(["logs"]);
    expect(["a", "b", "c"].map((name) => fields.find(name)?.type)).toEqual(["ip", "ip", undefined]);
  });

  it.each([
    ["{custom: mine.yml}", "file/unreadable kdac.config.yml:2:18"],
    ["{lock: lock.json}", "file/unreadable kdac.config.yml:2:16"],
    ["{custom: ../mine.yml}", "project/outside kdac.config.yml:2:18"],
    ["{lock: ../lock.json}", "project/outside kdac.config.yml:2:16"],
    ["{lock: /etc/passwd}", "file/unreadable kdac.config.yml:2:16"],
    ["{custom: ' '}", "schema/blank kdac.config.yml:2:18"],
    ["{customs: a.yml}", "schema/unknown-key kdac.config.yml:2:10"],
    ["mine.yml", "schema/wrong-type kdac.config.yml:2:9"],
  ])("%s", (fields, finding) => {
    expect(load({ ...config(fields), "/mine.yml": "fields: {a: ip}\n", "/lock.json": "{}" }).findings).toEqual([finding]);
  }); // prettier-ignore

  it("may not lead out of the project by a link", () => {
    const { project, findings } = load(
      { "/elsewhere/fields.yml": "fields: {a: ip}\n" },
      {},
      { "/p/schemas/custom-fields.yml": "/elsewhere/fields.yml" },
    );
    expect(findings).toEqual(["project/outside schemas/custom-fields.yml"]);
    expect(project.fields.for(undefined).find("a")).toBeUndefined();
  });
});

describe("the files with the fields", () => {
  it("are no unknown files, and are asked about with every rule", () => {
    const files = { [CUSTOM]: "fields: {a: 3}\n", [LOCK]: "{}" };
    const { project, findings } = load(files, { paths: ["rules/a.rule.yml", "schemas/custom-fields.yml"] });
    expect(findings.map((finding) => finding.split(" ")[0])).toEqual([
      "schema/wrong-type",
      "schema/missing-field",
      "schema/missing-field",
    ]);
    expect(project.isAsked("schemas/custom-fields.yml")).toBe(true);
    expect(project.isAsked("schemas/fields.lock.json")).toBe(true);
    expect(project.isAsked("rules/b.rule.yml")).toBe(false);
  });

  it("are found without a configuration too", () => {
    const host = memoryHost({ "/p/a.rule.yml": RULE, [CUSTOM]: "fields: {a: ip}\n" });
    const project = loadProject(host, { cwd: "/p" });
    expect(project.diagnostics).toEqual([]);
    expect(project.fields.for(undefined).find("a")?.type).toBe("ip");
  });

  it("that cannot be read are reported", () => {
    const host = memoryHost({ "/p/a.rule.yml": RULE, [LOCK]: "{}" });
    const broken = {
      ...host,
      read: (file: string) => {
        if (file === LOCK) throw new Error("it is not UTF-8 text");
        return host.read(file);
      },
    };
    const project = loadProject(broken, { cwd: "/p" });
    expect(project.diagnostics.map(({ message }) => message)).toEqual([
      "cannot read schemas/fields.lock.json: it is not UTF-8 text",
    ]);
  });
});
