import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, it } from "vitest";
import { desiredSpaces } from "../../src/deploy/index.js";
import { loadProject, nodeHost, spacesOf } from "../../src/project/index.js";
import { kdac } from "../support/cli.js";
import { SCHEMAS } from "../schema/schemas.js";
import { BASE } from "../support/rule.js";

const home = mkdtempSync(join(tmpdir(), "kdac-build-"));
const json = (path: string): unknown => JSON.parse(readFileSync(join(home, path), "utf8"));

function isValid(name: string, document: unknown): void {
  const ajv = new Ajv2020({ strict: true, allErrors: true, strictRequired: false });
  const validate = ajv.compile(SCHEMAS.get(`output/${name}.schema.json`)!);
  expect(validate(document) ? [] : validate.errors).toEqual([]);
}

beforeAll(() => {
  mkdirSync(join(home, "rules"));
  writeFileSync(
    join(home, "kdac.config.yml"),
    "name: p\nenvironments:\n  e:\n    url: ${U}\n    api_key: ${K}\n    spaces: [one, {id: two, set: {enabled: false}}]\n",
  );
  writeFileSync(join(home, "rules/a.rule.yml"), `${BASE}index: [logs-*]\n`);
  writeFileSync(join(home, "rules/hosts.values.txt"), "a\nb\n");
});
afterAll(() => rmSync(home, { recursive: true }));

it("builds for each space of an environment the very JSON that a plan sends", async () => {
  const { exit, out } = await kdac(["build", "--env", "e", "--out", "dist"], { cwd: home });
  expect(exit).toBe(0);
  expect(out).toBe(
    "Built 2 rules into dist, a folder for each of 2 spaces: 8 files, hashes in manifest.json.\n",
  );
  const project = loadProject(nodeHost({}), { cwd: home });
  const desired = desiredSpaces(project, spacesOf(project, "e"));
  for (const { space, rules } of desired) {
    expect(json(`dist/${space}/rules/r-1.json`)).toEqual(rules[0]!.rule);
    expect(readFileSync(join(home, `dist/${space}/values/hosts.txt`), "utf8")).toBe("a\nb\n");
  }
});

it("builds one space into the folder itself, and again over it", async () => {
  for (const space of ["two", "one", "one"]) {
    const args = ["build", "--env", "e", "--space", space, "--out", "single"];
    const { exit, out } = await kdac(args, { cwd: home });
    expect(exit).toBe(0);
    expect(out).toContain("Built 1 rule into single: 4 files");
  }
  expect(json("single/rules/r-1.json")).not.toHaveProperty("enabled");
});

it("tells where each field of each space comes from", async () => {
  const args = ["build", "--env", "e", "--out", "explained", "--format", "json"];
  const { exit, out } = await kdac([...args, "--explain"], { cwd: home });
  expect(exit).toBe(0);
  isValid("build", JSON.parse(out));
  for (const [space, enabled] of [
    ["one", undefined],
    [
      "two",
      {
        from: "overlay",
        place: expect.stringMatching(/^kdac\.config\.yml:6:\d+$/) as string,
        what: 'space "two"',
      },
    ],
  ] as const) {
    const origins = json(`explained/${space}/origins.json`) as {
      rules: { file: string; origins: Record<string, object> }[];
    };
    isValid("origins", origins);
    const [rule] = origins.rules;
    expect(rule).toMatchObject({ rule_id: "r-1", file: "rules/r-1.json" });
    expect(rule!.origins["index"]).toMatchObject({
      from: "rule",
      place: expect.stringContaining("rules/a.rule.yml:") as string,
    });
    expect(rule!.origins["enabled"]).toEqual(enabled);
    expect(Object.keys(rule!.origins)).toEqual(
      Object.keys(json(`explained/${space}/${rule!.file}`) as object),
    );
  }
  // The next build without it leaves none behind.
  expect((await kdac(args, { cwd: home })).exit).toBe(0);
  expect(readdirSync(join(home, "explained/two"))).not.toContain("origins.json");
});

it("exports into a folder that is not there, and the value lists beside it", async () => {
  const args = [
    "export",
    "--split",
    "--out",
    "new/deep/b.ndjson",
    "--values",
    "new/values",
    "--format",
    "json",
  ];
  const { exit, out } = await kdac(args, { cwd: home });
  expect(exit).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    file: "new/deep/b.ndjson",
    parts: ["new/deep/b.ndjson"],
    values: ["new/values/hosts.txt"],
  });
  expect(readdirSync(join(home, "new/deep"))).toEqual(["b.ndjson"]);
});

it("exports one space only", async () => {
  const { exit, err } = await kdac(["export", "--env", "e"], { cwd: home });
  expect(exit).toBe(2);
  expect(err).toContain("name a space with --space: there are one, two");
});
