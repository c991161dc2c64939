/** The package as a user gets it: packed, installed into an empty folder, run and imported there. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { read, root } from "../support/source-tree.js";

let home: string;

const sh = (command: string, args: readonly string[]): string =>
  execFileSync(command, args, { cwd: home, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "kdac-package-"));
  const packed = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", home], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }),
  ) as { filename: string }[];
  writeFileSync(join(home, "package.json"), '{"name":"empty","type":"module","private":true}');
  sh("npm", ["install", "--offline", "--no-audit", "--no-fund", join(home, packed[0]!.filename)]);
}, 120_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe("the installed package", () => {
  it("has a working npx kdac", () => {
    const { version } = JSON.parse(read("package.json")) as { version: string };
    expect(sh("npx", ["--no-install", "kdac", "--version"]).trim()).toBe(version);
    expect(sh("npx", ["--no-install", "kdac", "--help"])).toContain("validate");
  });

  it("validates and exports rules of its own", () => {
    mkdirSync(join(home, "rules"));
    cpSync(join(root, "rules/windows"), join(home, "rules/windows"), { recursive: true });
    cpSync(join(root, "rules/_shared"), join(home, "rules/_shared"), { recursive: true });
    expect(sh("npx", ["--no-install", "kdac", "validate", "--quiet"])).toMatch(/No problems|0 errors/);
    expect(sh("npx", ["--no-install", "kdac", "export", "--quiet", "--out", "-"])).toContain(
      '"exported_rules_count"',
    );
  });

  it("is a library", () => {
    writeFileSync(
      join(home, "use.js"),
      `import { loadProject, validate, compile, nodeHost } from "kibana-detections-as-code";
       const project = loadProject(nodeHost({}), { cwd: process.cwd() });
       console.log(JSON.stringify({ findings: validate(project).diagnostics.filter((d) => d.severity === "error").length, rules: compile(project).length > 0 }));`,
    );
    expect(JSON.parse(sh("node", ["use.js"]))).toEqual({ findings: 0, rules: true });
  });

  it("has the query languages by themselves", () => {
    writeFileSync(
      join(home, "query.js"),
      `import { eql, esql, kql, lucene, matchAll } from "kibana-detections-as-code/query";
       const { diagnostics: [found] } = eql.parse('process where process.name = "a"');
       const events = [{ process: { name: "a" } }, { "process.name": "b", event: { category: "process" } }];
       console.log(JSON.stringify([
         found.code, found.start, kql.print(kql.parse("a:b").ast), kql.compile("process.name: a")(events[0]),
         lucene.compile("process.name:a")(events[1]), eql.run("process where true", events).events,
         esql.parse("FROM a | LIMIT 1").diagnostics.length, matchAll([{ query: "process.name: *" }], events),
       ]));`,
    );
    expect(JSON.parse(sh("node", ["query.js"]))).toEqual([
      "eql/single-equals",
      27,
      "a: b",
      true,
      false,
      [1],
      0,
      [{ events: [0, 1] }],
    ]);
  });

  it("has the detection engine by itself", () => {
    writeFileSync(
      join(home, "detect.js"),
      `import { createDetector } from "kibana-detections-as-code/detect";
       const detector = createDetector();
       detector.index([{ "@timestamp": "2024-05-01T11:58:00Z", process: { name: "a" } }]);
       const rule = { type: "query", name: "r", severity: "low", risk_score: 1, from: "now-6m", query: "process.name: a" };
       const { status, alerts } = detector.run(rule, { at: "2024-05-01T12:00:00Z" });
       console.log(JSON.stringify([status, alerts.length]));`,
    );
    expect(JSON.parse(sh("node", ["detect.js"]))).toEqual(["succeeded", 1]);
  });

  it("carries types that a strict consumer can check without our dependencies", () => {
    writeFileSync(
      join(home, "use.ts"),
      `import { loadProject, nodeHost, validate, compile, plan, type Diagnostic, type RuleCreate } from "kibana-detections-as-code";
       import { eql, kql, type QueryDiagnostic } from "kibana-detections-as-code/query";
       const hits: number[] | undefined = eql.run("any where true", [{ a: 1 }]).events;
       const problems: readonly QueryDiagnostic[] = kql.check(kql.parse("a: b").ast, { fields: { a: "long" } });
       const found: readonly Diagnostic[] = validate(loadProject(nodeHost({}), { cwd: "." })).diagnostics;
       const rules: RuleCreate[] = compile(loadProject(nodeHost({}), { cwd: "." })).map((compiled) => compiled.rule);
       console.log(found.length, rules.length, typeof plan, hits, problems);`,
    );
    writeFileSync(
      join(home, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          module: "NodeNext",
          target: "ES2023",
          lib: ["ES2023"],
          strict: true,
          noEmit: true,
          skipLibCheck: false,
          types: ["node"],
          typeRoots: [join(root, "node_modules/@types")],
        },
        files: ["use.ts"],
      }),
    );
    const tsc = [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.json"];
    expect(spawnSync("node", tsc, { cwd: home, encoding: "utf8" }).stdout).toBe("");
  });
});
