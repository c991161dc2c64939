import { posix } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { exportBundle } from "../../src/bundle/index.js";
import { readSource, type SourceItem } from "../../src/bundle/sources/index.js";
import { openDestination, planImport } from "../../src/intake/index.js";
import { platformOf } from "../../src/intake/platform.js";
import {
  bundleConnectors,
  bundleLists,
  bundleRules,
  compileProject,
  loadProject,
  nodeHost,
  type Project,
} from "../../src/project/index.js";
import { root } from "../support/source-tree.js";
import { chunks } from "./support.js";

let project: Project;
let items: SourceItem[];

beforeAll(async () => {
  project = loadProject(nodeHost({}), { cwd: root });
  const rules = bundleRules(compileProject(project));
  const { text } = exportBundle({
    rules,
    lists: bundleLists(project),
    connectors: bundleConnectors(project),
  });
  items = [];
  for await (const item of readSource("bundle.ndjson", chunks(Buffer.from(text)))) items.push(item);
});

it("an export of this repository's own rules says what their files say, fragments, comments and all", async () => {
  const destination = openDestination(nodeHost({}), { cwd: root, out: "rules" });
  const { report } = await planImport(items, { destination });
  expect(report.findings).toEqual([]);
  expect(report.files).toEqual({ create: 0, update: 0, unchanged: items.filter(isFile).length, refused: 0 });
});

it("its rules would be put into the folders that people put them into", () => {
  for (const { source } of project.rules) {
    const { rule } = compileProject(project).find((compiled) => compiled.source === source)!;
    expect(`${rule.name}: ${platformOf(rule as never)}`).toBe(
      `${rule.name}: ${posix.basename(posix.dirname(source.file))}`,
    );
  }
});

const isFile = ({ kind }: SourceItem): boolean =>
  kind === "rule" || kind === "exception-list" || kind === "connector";
