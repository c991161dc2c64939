import { describe, expect, it } from "vitest";
import { filesBelow, importsOf, read } from "../support/source-tree.js";

/** The floors of the house, lowest first. A folder may import from its own floor and from those below. */
const FLOORS: readonly (readonly string[])[] = [
  [
    "schemas/kbn-securitysolution-io-ts-alerting-types",
    "schemas",
    "src/diagnostics",
    "src/attack",
    "src/fields",
    "src/json",
  ],
  ["src/query", "src/kibana", "src/report", "src/yaml", "src/schema"],
  ["src/rule", "src/bundle", "src/detect"],
  ["src/project", "src/deploy", "src/emulator"],
  ["src/lint", "src/intake", "src/format", "src/scaffold", "src/ruletest", "src/review", "src/catalogue"],
  ["src/cli", "src/index.ts"],
  ["scripts"],
];
/** What every floor may read: facts about the package itself. */
const EVERYWHERE = new Set(["src/version.js", "package.json"]);
const KBN = "@kbn/securitysolution-io-ts-alerting-types";

function floorOf(path: string): number {
  if (path === KBN) return 0;
  return FLOORS.findIndex((folders) =>
    folders.some(
      (folder) => path === folder || path === folder.replace(/\.ts$/, ".js") || path.startsWith(`${folder}/`),
    ),
  );
}

const folderOf = (path: string): string => path.split("/").slice(0, 2).join("/");
const sources = [
  ...filesBelow("src", (name) => name.endsWith(".ts")),
  ...filesBelow("scripts", (name) => name.endsWith(".ts")),
];

describe("the floors", () => {
  it("hold every source file", () => {
    expect(sources.length).toBeGreaterThan(40);
    expect(sources.filter((file) => file !== "src/version.ts" && floorOf(file) < 0)).toEqual([]);
  });

  it("import only downwards", () => {
    const upward = sources.flatMap((file) =>
      importsOf(file)
        .filter((target) => target.includes("/") && !target.includes(":") && !EVERYWHERE.has(target))
        .filter((target) => target === KBN || /^(src|scripts|schemas)\//.test(target))
        .filter((target) => floorOf(file) >= 0 && floorOf(target) > floorOf(file))
        .map((target) => `${file} imports ${target}`),
    );
    expect(upward).toEqual([]);
  });

  it("have no cycle between folders", () => {
    const edges = new Map<string, Set<string>>();
    for (const file of sources.filter((source) => source.startsWith("src/"))) {
      for (const target of importsOf(file).filter((to) => to.startsWith("src/") && !EVERYWHERE.has(to))) {
        const from = folderOf(file);
        if (folderOf(target) !== from) edges.set(from, (edges.get(from) ?? new Set()).add(folderOf(target)));
      }
    }
    expect(cycles(edges)).toEqual([]);
  });
});

describe("the edges of the house", () => {
  it("only cli/ and scripts/ touch the process, the console and colour", () => {
    const offenders = sources
      .filter((file) => file.startsWith("src/") && !file.startsWith("src/cli/"))
      .filter((file) => {
        const code = read(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
        return (
          /\bprocess\.(?:argv|cwd|env|exit|exitCode|hrtime|kill|memoryUsage|nextTick|on|once|platform|stderr|stdin|stdout)\b|\bconsole\.(?:debug|dir|error|info|log|table|trace|warn)\b/.test(
            code,
          ) || importsOf(file).some((to) => /^(picocolors|commander|node:process)$/.test(to))
        );
      });
    expect(offenders).toEqual([]);
  });

  it("only kibana/ imports axios", () => {
    const offenders = sources.filter(
      (file) => importsOf(file).includes("axios") && !file.startsWith("src/kibana/"),
    );
    expect(offenders).toEqual([]);
  });

  it("no file is over 700 lines but generated ones and parsers", () => {
    const long = sources.filter(
      (file) => !/\.generated\.|\/generated\/|parser\.ts$/.test(file) && read(file).split("\n").length > 700,
    );
    expect(long).toEqual([]);
  });
});

function cycles(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (at: string, trail: readonly string[]): void => {
    if (trail.includes(at)) {
      found.push([...trail.slice(trail.indexOf(at)), at].join(" → "));
      return;
    }
    if (done.has(at)) return;
    for (const next of edges.get(at) ?? []) walk(next, [...trail, at]);
    done.add(at);
  };
  for (const start of edges.keys()) walk(start, []);
  return found;
}
