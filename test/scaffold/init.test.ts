import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { kdac } from "../support/cli.js";
import { filesBelow, read } from "../support/source-tree.js";
import { AUTHORED, SCHEMAS } from "../schema/schemas.js";
import { temporaryFolder } from "./support.js";

const base = temporaryFolder();
const fresh = (): string => mkdtempSync(join(base, "in-"));
const textOf = (...path: string[]): string => readFileSync(join(...path), "utf8");

const FILES = [
  "kdac.config.yml",
  "rules/windows/local-account-created-with-net.rule.yml",
  ".github/workflows/validate.yml",
  ".github/workflows/deploy.yml",
  ".github/workflows/drift.yml",
  ".vscode/settings.json",
  ".vscode/extensions.json",
  ".gitignore",
  "package.json",
  "README.md",
];

describe("a new repository", async () => {
  const cwd = fresh();
  const made = await kdac(["init", "acme-detections"], { cwd });
  const home = join(cwd, "acme-detections");

  it("is whole, and says what was written", () => {
    expect(made).toMatchObject({ exit: 0, err: "" });
    for (const file of FILES) {
      expect(existsSync(join(home, file)), file).toBe(true);
      expect(made.out).toContain(`created      ${join("acme-detections", file)}\n`);
    }
  });

  it.each([
    ["validate", "--max-warnings", "0"],
    ["fmt", "--check"],
    ["build", "--out", "dist/detections"],
    ["build", "--env", "production", "--space", "default", "--out", "dist/production"],
    ["export", "--out", "-"],
    ["validate", "--stack", "9.2", "--max-warnings", "0"],
  ])("passes %s %s", async (...args) => {
    const { exit, out } = await kdac(args, { cwd: home });
    expect(exit, out).toBe(0);
  });

  it("has no finding at all", async () => {
    expect((await kdac(["validate"], { cwd: home })).out).toBe("No problems in 1 rule.\n");
  });

  it("is named after its folder, and depends on the kdac that made it", () => {
    expect(load(textOf(home, "kdac.config.yml"))).toMatchObject({ name: "acme-detections" });
    const { version } = JSON.parse(read("package.json")) as { version: string };
    expect(JSON.parse(textOf(home, "package.json"))).toMatchObject({
      name: "acme-detections",
      private: true,
      devDependencies: { "kibana-detections-as-code": version },
    });
  });

  it("attaches every schema of a file that people write or read, under names that exist", () => {
    const settings = JSON.parse(textOf(home, ".vscode/settings.json")) as {
      "yaml.schemas": Record<string, string[]>;
      "json.schemas": { fileMatch: string[]; url: string }[];
    };
    const urls = [
      ...Object.keys(settings["yaml.schemas"]),
      ...settings["json.schemas"].map(({ url }) => url),
    ];
    const names = urls.map((url) => url.replace("./node_modules/kibana-detections-as-code/schemas/", ""));
    expect(names.toSorted()).toEqual(AUTHORED.map(([name]) => name).toSorted());
    expect(Object.values(settings["yaml.schemas"]).flat()).toContain("schemas/custom-fields.yml");
    expect(settings["json.schemas"][0]!.fileMatch).toEqual(["/schemas/fields.lock.json"]);
  });

  it("shows the rule's schema from where the rule stands", () => {
    const rule = textOf(home, FILES[1]!);
    const named = /^# yaml-language-server: \$schema=(\S+)$/m.exec(rule)![1]!;
    expect(join("rules/windows", named)).toBe(
      "node_modules/kibana-detections-as-code/schemas/rule.schema.json",
    );
  });

  it("can be had again without a change, and as JSON", async () => {
    const schema = new Ajv2020({ strict: true, strictRequired: false }).compile(
      SCHEMAS.get("output/init.schema.json")!,
    );
    const ran = await kdac(["init", "--force", "--format", "json"], { cwd: home });
    const printed = JSON.parse(ran.out) as { summary: unknown };
    expect(schema(printed), JSON.stringify(schema.errors)).toBe(true);
    // The sample rule has another id each time.
    expect(printed.summary).toEqual({ created: 0, extended: 0, kept: FILES.length - 1, overwritten: 1 });
  });
});

/** The scripts of a workflow. */
function scriptsOf(text: string): string[] {
  const { jobs } = load(text) as { jobs: Record<string, { steps: { run?: string }[] }> };
  return Object.values(jobs).flatMap(({ steps }) =>
    steps.flatMap(({ run }) => (run === undefined ? [] : [run])),
  );
}

/** What a job may write; all others read only. */
const WRITES: Readonly<Record<string, readonly string[]>> = { comment: ["pull-requests"], issue: ["issues"] };

describe("the workflows of a new repository", async () => {
  const home = fresh();
  await kdac(["init"], { cwd: home });
  const own = filesBelow(".github/workflows", (name) => name.endsWith(".yml"))
    .map(read)
    .join("\n");
  const pins = (text: string): string[] => [...text.matchAll(/uses: (.*)$/gm)].map((match) => match[1]!);

  describe.each(["validate", "deploy", "drift"])("%s", (name) => {
    const text = textOf(home, `.github/workflows/${name}.yml`);
    const workflow = load(text) as {
      on: object;
      permissions: object;
      jobs: Record<
        string,
        { environment?: string; permissions?: object; steps: { run?: string; env?: object }[] }
      >;
    };
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

    it("uses the same actions at the same commits as the project itself", () => {
      expect(pins(text).length).toBeGreaterThan(0);
      for (const pin of pins(text)) {
        expect(pin).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
        expect(pins(own)).toContain(pin);
      }
    });

    it("writes only what it is for, leaves no credentials, and puts nothing that others write into a shell", () => {
      expect(workflow.permissions).toEqual({ contents: "read" });
      for (const [id, { permissions = {}, steps: scripts }] of Object.entries(workflow.jobs)) {
        const writes = Object.entries(permissions).filter(([, access]) => access !== "read");
        expect(writes).toEqual((WRITES[id] ?? []).map((scope) => [scope, "write"]));
        // With a token that can write, nothing of the repository runs.
        if (writes.length > 0) expect(JSON.stringify(scripts)).not.toMatch(/checkout|npm|npx|node/);
      }
      expect(text.match(/persist-credentials: false/g)?.length).toBe(
        text.match(/actions\/checkout@/g)?.length,
      );
      for (const { run = "" } of steps) {
        expect(run).not.toContain("${{");
        expect(spawnSync("bash", ["-n"], { input: run, encoding: "utf8" }).stderr).toBe("");
      }
    });

    it("says what the project's own workflow says, where it does the same", () => {
      const known = new Set(scriptsOf(read(`.github/workflows/${name}.yml`)));
      const shared = scriptsOf(text).filter((script) => /gh |kdac (?:diff|drift) /.test(script));
      for (const script of shared) expect(known).toContain(script);
    });

    it("gives secrets only to jobs of a protected environment", () => {
      if ("pull_request" in workflow.on) expect(text).not.toContain("secrets.");
      for (const { environment, steps } of Object.values(workflow.jobs))
        if (JSON.stringify(steps).includes("secrets.")) expect(environment).toMatch(/^production/);
    });

    it("runs commands that exist, with options that they have", async () => {
      const commands = steps.flatMap(({ run = "" }) =>
        [...run.matchAll(/npx kdac ([^|>\n]+)/g)].map((m) => m[1]!),
      );
      expect(commands.length).toBeGreaterThan(0);
      for (const command of commands) {
        const [verb, ...args] = command.trim().split(" ");
        const { out, exit } = await kdac([verb!, "--help"]);
        expect(exit).toBe(0);
        for (const option of args.filter((arg) => arg.startsWith("--"))) expect(out).toContain(`${option} `);
      }
    });
  });
});

describe("a repository that is in use", () => {
  it("keeps its history, its README and what else it has", async () => {
    const home = fresh();
    execFileSync("git", ["init", "--quiet"], { cwd: home });
    writeFileSync(join(home, "README.md"), "# Ours\n");
    writeFileSync(join(home, "LICENSE"), "Ours\n");
    writeFileSync(join(home, ".gitignore"), "/node_modules\n*.log");
    const manifest = { name: "ours", version: "1.0.0", devDependencies: { prettier: "3.0.0" }, author: "us" };
    writeFileSync(join(home, "package.json"), JSON.stringify(manifest, null, 4));
    const { exit, out } = await kdac(["init"], { cwd: home });
    expect(exit, out).toBe(0);
    expect(textOf(home, "README.md")).toBe("# Ours\n");
    expect(textOf(home, ".gitignore")).toBe("/node_modules\n*.log\ndist/\n.kdac/\n");
    const { devDependencies, ...rest } = JSON.parse(textOf(home, "package.json")) as typeof manifest;
    expect({ ...rest, devDependencies: { prettier: "3.0.0" } }).toEqual(manifest);
    expect(Object.keys(devDependencies)).toEqual(["kibana-detections-as-code", "prettier"]);
    expect(textOf(home, "package.json")).toContain('\n    "name"');
    expect(out).toContain("kept         README.md\n");
    expect(out).toContain("extended     package.json\n");
    expect((await kdac(["validate"], { cwd: home })).exit).toBe(0);
  });

  it("is not overwritten, and nothing is written beside what is in the way", async () => {
    const home = fresh();
    writeFileSync(join(home, "kdac.config.yml"), "name: ours\n");
    mkdirSync(join(home, ".vscode"));
    writeFileSync(join(home, ".vscode/settings.json"), "{}\n");
    const { exit, err } = await kdac(["init"], { cwd: home });
    expect(exit).toBe(2);
    expect(err).toContain("  kdac.config.yml\n  .vscode/settings.json\n");
    expect(err).toContain("--force");
    expect(textOf(home, "kdac.config.yml")).toBe("name: ours\n");
    expect(existsSync(join(home, "rules"))).toBe(false);

    const forced = await kdac(["init", "--force"], { cwd: home });
    expect(forced.exit).toBe(0);
    expect(forced.out).toContain("overwritten  kdac.config.yml\n");
    expect((await kdac(["validate"], { cwd: home })).exit).toBe(0);
  });

  it.each([
    ["no manifest", "not JSON"],
    ["a list", "[]"],
    ["odd dependencies", '{"devDependencies": []}'],
  ])("with a package.json that is %s has a conflict", async (_, text) => {
    const home = fresh();
    writeFileSync(join(home, "package.json"), text);
    expect(await kdac(["init"], { cwd: home })).toMatchObject({ exit: 2 });
    expect(textOf(home, "package.json")).toBe(text);
  });

  it("that depends on kdac already keeps the version that it has", async () => {
    const home = fresh();
    const text = '{"dependencies": {"kibana-detections-as-code": "0.0.1"}}';
    writeFileSync(join(home, "package.json"), text);
    expect((await kdac(["init"], { cwd: home })).exit).toBe(0);
    expect(textOf(home, "package.json")).toBe(text);
  });

  it.each([
    ["a file where a folder goes", (home: string) => writeFileSync(join(home, "rules"), "")],
    ["a folder where a file goes", (home: string) => mkdirSync(join(home, "kdac.config.yml"))],
    ["a link that leads nowhere", (home: string) => symlinkSync("/nowhere/at/all", join(home, "rules"))],
    [
      "a file that is no text",
      (home: string) => writeFileSync(join(home, "README.md"), Buffer.from([0xff, 0xfe])),
    ],
  ])("with %s is left alone", async (_, prepare) => {
    const home = fresh();
    prepare(home);
    const { exit, err } = await kdac(["init"], { cwd: home });
    expect(exit).toBe(2);
    expect(err).toMatch(/^kdac: /);
    expect(existsSync(join(home, "package.json"))).toBe(false);
  });
});

describe("the project's name", () => {
  it.each([
    ["Acme Détections!", "acme-detections"],
    ["acme.Rules_2", "acme-rules-2"],
  ])("of the folder %s is %s", async (folder, name) => {
    const cwd = fresh();
    expect((await kdac(["init", folder], { cwd })).exit).toBe(0);
    expect(load(textOf(cwd, folder, "kdac.config.yml"))).toMatchObject({ name });
  });

  it("is asked for where the folder's name cannot be one, and taken from --name", async () => {
    const cwd = fresh();
    expect(await kdac(["init", "検知"], { cwd })).toMatchObject({ exit: 2 });
    expect(await kdac(["init", "検知", "--name", "kenchi"], { cwd })).toMatchObject({ exit: 0 });
    expect(await kdac(["init", "b", "--name", "a: b"], { cwd })).toMatchObject({ exit: 2 });
  });
});
