import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadAttack } from "../../src/attack/index.js";
import {
  apply,
  type Desired,
  type DesiredRule,
  desiredSpaces,
  type Plan,
  planEnvironment,
  readLiveSpace,
} from "../../src/deploy/index.js";
import { type Pull, type Selection } from "../../src/intake/pull-model.js";
import { planPull, wantedOf } from "../../src/intake/pull.js";
import { fileText } from "../../src/intake/text.js";
import { patchRule } from "../../src/kibana/endpoints/index.js";
import { loadProject, type Project, type SpaceSettings } from "../../src/project/index.js";
import { decompileList, decompileRule } from "../../src/rule/decompile/index.js";
import { parseDocument } from "../../src/yaml/index.js";
import { estate } from "../deploy/arbitrary.js";
import { embedded, type Embedded } from "../deploy/embedded.js";
import { listOf } from "../deploy/support.js";
import { memoryHost } from "../support/memory-host.js";
import { MemoryFiles } from "../support/run-files.js";

type Json = Record<string, unknown>;
type Files = Readonly<Record<string, string>>;

/** Each run deploys eight rules twice, pulls and plans. */
const RUNS = 6;

const CONFIG =
  "name: acme\nstack: '9.5'\nenvironments: {test: {url: http://localhost:5601, spaces: [default]}}\n";
const LISTS = [listOf({}, [{}]), listOf({ list_id: "other" }, [{ comments: [{ comment: "why" }] }])];
const SHARED: Files = {
  "kdac.config.yml": CONFIG,
  "rules/soc.connector.yml":
    "name: soc-slack\nconnector_type_id: .slack\nsecrets: { webhookUrl: '${SLACK_URL}' }\n",
  ...Object.fromEntries(
    LISTS.map(({ file, list, items }) => [
      file,
      fileText(
        "exceptions",
        decompileList(
          { ...list },
          items.map((item) => ({ ...item })),
        ).authored,
        "# list",
      ),
    ]),
  ),
};
const SPACE: SpaceSettings = { id: "default", selectors: undefined, overlays: [] };

/** The file of a rule, with comments in it. */
function fileOf({ rule, connectors }: DesiredRule): string {
  const { authored } = decompileRule(
    { ...rule, actions: rule.actions?.map((action, i) => ({ ...action, id: connectors[i] })) },
    {
      attack: loadAttack(projectOf(SHARED).settings.attack),
      locale: "en",
      listReference: ({ list_id }) => list_id as string,
      connectorName: (id) => id,
    },
  );
  return fileText("rule", authored, "# yaml").replace(/^severity: .*$/m, "$& # how grave\n\n# a comment");
}

const hostOf = (files: Files) =>
  memoryHost(Object.fromEntries(Object.entries(files).map(([path, text]) => [`/project/${path}`, text])));
const projectOf = (files: Files): Project => loadProject(hostOf(files), { cwd: "/project" });
const desiredOf = (project: Project): Desired => desiredSpaces(project, [SPACE])[0]!;

async function planned(world: Embedded, files: Files, overwriteDrift = false): Promise<Plan> {
  const { plan, diagnostics } = await planEnvironment({
    environment: "test",
    configFile: "kdac.config.yml",
    spaces: [desiredOf(projectOf(files))],
    policy: { project: "acme", overwriteDrift },
    connect: () => world.client(),
  });
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
  return plan;
}

async function deployed(world: Embedded, files: Files): Promise<void> {
  const env = { SLACK_URL: "https://hooks.example.com" };
  const plan = await planned(world, files, true);
  const { result } = await apply(plan, { client: world.client(), env, files: new MemoryFiles() });
  const failed = result!.spaces.flatMap(({ results }) => results).filter(({ outcome }) => outcome !== "done");
  expect(failed).toEqual([]);
}

async function pulled(world: Embedded, files: Files, selection: Selection): Promise<Pull> {
  const project = projectOf(files);
  const desired = desiredOf(project);
  const { actual } = await readLiveSpace({
    environment: "test",
    configFile: "kdac.config.yml",
    wanted: wantedOf(project, desired, selection),
    connect: () => world.client(),
  });
  return planPull({
    project,
    host: hostOf(files),
    space: SPACE,
    desired,
    actual: actual!,
    selection,
    out: "rules",
    force: false,
    isAsPulled: () => false,
    schemaLine: () => "# yaml",
  });
}

const written = (files: Files, pull: Pull): Files => ({
  ...files,
  ...Object.fromEntries(pull.files.map(({ path, text }) => [path, text])),
});

/** The fields that a plan would change; marks are none. */
const differences = (plan: Plan): string[] =>
  plan.spaces.flatMap(({ changes }) =>
    changes.flatMap(({ id, action, diff }) => [
      ...(action === "create" ? [`${id}: create`] : []),
      ...diff.filter(({ path }) => path !== "meta.kdac").map(({ path }) => `${id}: ${path}`),
    ]),
  );

/** The lines of comments of a file. */
const comments = (text: string): string[] => text.match(/#(?: how grave| a comment)$/gm) ?? [];

/** The rules whose two files the schema takes. */
function filesOf(rules: readonly [DesiredRule, DesiredRule][]): {
  before: Files;
  after: Files;
  ids: string[];
} {
  const [before, after]: [Record<string, string>, Record<string, string>] = [{ ...SHARED }, { ...SHARED }];
  for (const [one, two] of rules) {
    before[one.file] = fileOf(one);
    after[one.file] = fileOf(two);
  }
  const broken = [before, after].flatMap((files) =>
    projectOf(files)
      .rules.filter((rule) => rule.broken)
      .map(({ source }) => source.file),
  );
  for (const file of broken) {
    delete before[file];
    delete after[file];
  }
  return { before, after, ids: desiredOf(projectOf(before)).rules.map(({ rule }) => rule.rule_id) };
}

describe("pulling rules of every type after any change of them", () => {
  it("gives files that a plan has nothing to say about, with all comments, and pulls nothing twice", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(estate, async (rules) => {
        const { before, after, ids } = filesOf(rules);
        for (const id of ids) seen.add(id);
        const world = embedded();
        await deployed(world, before);
        const marks = await marksOf(world, ids);
        await deployed(world, after);
        // As if somebody had made the changes in Kibana: the marks are those of what was applied before.
        for (const id of ids) {
          const { meta } = await liveRule(world, id);
          await patchRule(world.client(), "default", {
            rule_id: id,
            meta: { ...(meta as Json), kdac: marks.get(id) },
          });
        }
        const pull = await pulled(world, before, { kind: "drifted" });
        expect(
          pull.findings.filter(({ code }) => code.startsWith("pull/") && code !== "pull/guide-as-note"),
        ).toEqual([]);
        const files = written(before, pull);
        expect(differences(await planned(world, files))).toEqual([]);
        for (const { path, text } of pull.files) {
          expect(parseDocument(text, path).diagnostics).toEqual([]);
          expect(comments(text)).toEqual(comments(before[path]!));
          expect(text).not.toMatch(/kdac:|uuid:/);
        }
        expect((await pulled(world, files, { kind: "drifted" })).files).toEqual([]);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect(seen.size).toBeGreaterThanOrEqual(8);
  });

  it("gives new files that mean what Kibana has", async () => {
    await fc.assert(
      fc.asyncProperty(estate, async (rules) => {
        const { before } = filesOf(rules);
        const world = embedded();
        await deployed(world, before);
        const pull = await pulled(world, { "kdac.config.yml": CONFIG }, { kind: "all", source: "custom" });
        expect(pull.findings.filter(({ code }) => code.startsWith("pull/"))).toEqual([]);
        const files = written({ "kdac.config.yml": CONFIG }, pull);
        expect(projectOf(files).rules.filter((rule) => rule.broken)).toEqual([]);
        expect(differences(await planned(world, files))).toEqual([]);
        expect((await pulled(world, files, { kind: "all", source: "custom" })).files).toEqual([]);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  });
});

async function liveRule(world: Embedded, rule_id: string): Promise<Json> {
  return (await world.client().json({
    method: "GET",
    path: "/api/detection_engine/rules",
    query: { rule_id },
    doing: "read",
    repeat: "never",
  })) as Json;
}

async function marksOf(world: Embedded, ids: readonly string[]): Promise<Map<string, unknown>> {
  const marks = await Promise.all(
    ids.map(async (id) => [id, ((await liveRule(world, id))["meta"] as Json)["kdac"]] as const),
  );
  return new Map(marks);
}
