/** The scripts of the workflows, run: kdac as it is, against the embedded Kibana; GitHub's `gh` as a stand-in that writes down what it is asked. */
import { execFile, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createKibana, type Running, serve } from "../../src/emulator/index.js";
import { read, root } from "../support/source-tree.js";

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { name?: string; run?: string }[] }>>;
}

/** Stands for gh: artifacts come from a folder, an API's answer from a file that the real `--jq` filter is run on. */
const GH = `#!/bin/bash
echo "$*" >> "$GH_FOLDER/log"
if [ "$1 $2" = "run download" ]; then cp "$GH_FOLDER"/artifact/* .; exit; fi
while [ $# -gt 0 ]; do
  if [ "$1" = --input ]; then cp "$2" "$GH_FOLDER/body"; fi
  if [ "$1" = --jq ]; then jq -r "$2" < "$GH_FOLDER/answer"; fi
  shift
done
`;
const NPX = `#!/bin/bash
shift
exec "${process.execPath}" --import "file://${root}/node_modules/tsx/dist/esm/index.mjs" "${root}/scripts/kdac.ts" "$@"
`;

let home: string;
let bin: string;
let gh: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "kdac-steps-"));
  bin = join(home, "bin");
  mkdirSync(bin);
  for (const [name, text] of [
    ["gh", GH],
    ["npx", NPX],
  ] as const) {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  }
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

beforeEach(() => {
  gh = mkdtempSync(join(home, "gh-"));
  mkdirSync(join(gh, "artifact"));
});

function scriptOf(file: string, job: string, step: string): string {
  const { jobs } = load(read(`.github/workflows/${file}`)) as Workflow;
  return jobs[job]!.steps.find(({ name }) => name === step)!.run!;
}

interface Ran {
  readonly code: number;
  readonly text: string;
  /** What the step told the next ones. */
  readonly outputs: string;
  readonly summary: string;
}

/** Runs a step as GitHub does: `bash -e` on its script. */
function runStep(script: string, cwd: string, env: Readonly<Record<string, string>>): Promise<Ran> {
  const [outputs, summary] = ["outputs", "summary"].map((name) => join(gh, name)) as [string, string];
  writeFileSync(outputs, "");
  writeFileSync(summary, "");
  const given = {
    PATH: `${bin}:${process.env["PATH"] ?? ""}`,
    HOME: home,
    CI: "true",
    GH_FOLDER: gh,
    GITHUB_RUN_ID: "7",
    GITHUB_REPOSITORY: "acme/detections",
    GITHUB_OUTPUT: outputs,
    GITHUB_STEP_SUMMARY: summary,
    ...env,
  };
  return new Promise((resolve) => {
    execFile("bash", ["-e", "-c", script], { cwd, env: given }, (error, stdout, stderr) =>
      resolve({
        code: error === null ? 0 : Number(error.code),
        text: `${stdout}\n${stderr}`,
        outputs: readFileSync(outputs, "utf8"),
        summary: readFileSync(summary, "utf8"),
      }),
    );
  });
}

const asked = (): string[] =>
  existsSync(join(gh, "log")) ? readFileSync(join(gh, "log"), "utf8").trim().split("\n") : [];
const writes = (): string[] =>
  asked()
    .filter((line) => /--method/.test(line))
    .map((line) => line.replace(/ --(?:input|silent).*/, ""));
const sent = (): { title?: string; body: string } =>
  JSON.parse(readFileSync(join(gh, "body"), "utf8")) as { body: string };

/** Job scripts need jq, which GitHub's machines have. */
describe.skipIf(spawnSync("jq", ["--version"]).status !== 0)("jobs that may write", () => {
  const bot = { user: { login: "github-actions[bot]" } };
  const comment = { ...bot, id: 41, body: "<!-- kdac diff -->\nold" };
  const run = async (
    changes: string,
    comments: readonly unknown[],
    text = "<!-- kdac diff -->\nnew",
  ): Promise<string[]> => {
    writeFileSync(join(gh, "artifact/diff.md"), text);
    writeFileSync(join(gh, "answer"), JSON.stringify(comments));
    const { code, text: printed } = await runStep(
      scriptOf("validate.yml", "comment", "Post or update the comment"),
      mkdtempSync(join(gh, "work-")),
      { PULL_REQUEST: "12", CHANGES: changes },
    );
    expect(code, printed).toBe(0);
    return writes();
  };

  it("post one comment", async () => {
    expect(await run("true", [])).toEqual(["api --method POST repos/acme/detections/issues/12/comments"]);
    expect(sent()).toEqual({ body: "<!-- kdac diff -->\nnew" });
  });

  it("update it, and no one else's", async () => {
    const foreign = { user: { login: "mallory" }, id: 40, body: comment.body };
    const other = { ...bot, id: 39, body: "coverage" };
    expect(await run("true", [foreign, other, comment])).toEqual([
      "api --method PATCH repos/acme/detections/issues/comments/41",
    ]);
  });

  it("say it too when the changes are gone, and nothing where there never were any", async () => {
    expect(await run("false", [comment])).toHaveLength(1);
    rmSync(join(gh, "log"));
    expect(await run("false", [])).toEqual([]);
  });

  it("post no more than a comment holds", async () => {
    await run("true", [], `<!-- kdac diff -->\n${"ä".repeat(70_000)}`);
    expect(sent().body).toHaveLength(65_000);
  });

  const issue = { number: 5, body: "<!-- kdac drift -->\nold" };
  it.each([
    ["opens an issue", "true", [{ number: 4, body: null }], "api --method POST repos/acme/detections/issues"],
    ["updates it", "true", [issue], "api --method PATCH repos/acme/detections/issues/5"],
    [
      "closes it when there is no drift",
      "false",
      [issue],
      "api --method PATCH repos/acme/detections/issues/5 -f state=closed -f state_reason=completed",
    ],
    ["leaves a pull request with such a text alone", "false", [{ ...issue, pull_request: {} }], undefined],
    ["opens none where there is no drift", "false", [], undefined],
  ])("the nightly job %s", async (_, found, issues, expected) => {
    writeFileSync(join(gh, "artifact/drift.md"), "# Drift\n");
    writeFileSync(join(gh, "answer"), JSON.stringify(issues));
    const script = scriptOf("drift.yml", "issue", "Open, update or close the issue");
    const { code, text } = await runStep(script, mkdtempSync(join(gh, "work-")), { FOUND: found });
    expect(code, text).toBe(0);
    expect(writes()).toEqual(expected === undefined ? [] : [expected]);
    if (found === "true")
      expect(sent()).toEqual({ title: "Drift in production", body: "<!-- kdac drift -->\n# Drift\n" });
  });
});

describe("jobs that run kdac", () => {
  let kibana: Running;
  let work: string;
  let secrets: Record<string, string>;
  const git = (...args: readonly string[]): void => {
    const { status, stderr } = spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], {
      cwd: work,
    });
    expect(status, String(stderr)).toBe(0);
  };

  beforeAll(async () => {
    kibana = await serve(createKibana({ apiKey: "steps", spaces: ["soc-emea"] }), { port: 0 });
    secrets = {
      KIBANA_URL: kibana.url,
      KIBANA_API_KEY: kibana.apiKey,
      SOC_PAGER_USER: "u",
      SOC_PAGER_PASSWORD: "p",
      TARGET: "production",
    };
    work = mkdtempSync(join(home, "work-"));
    for (const part of ["rules", "schemas", "kdac.config.yml"])
      cpSync(join(root, part), join(work, part), { recursive: true });
    git("init", "-q", "-b", "main");
    git("add", ".");
    git("commit", "-q", "-m", "one");
  });
  afterAll(() => kibana.close());

  it("a pull request's changes", { timeout: 60_000 }, async () => {
    const file = join(work, "rules/windows/first-seen-third-party-driver.rule.yml");
    writeFileSync(file, readFileSync(file, "utf8").replace(/^severity: .*$/m, "severity: low"));
    git("commit", "-q", "-a", "-m", "two");
    const { code, text, outputs, summary } = await runStep(
      scriptOf("validate.yml", "validate", "What changes in the detections"),
      work,
      {},
    );
    expect(code, text).toBe(0);
    expect(outputs).toBe("changes=true\n");
    expect(summary).toContain("severity-lowered");
  });

  it("plan, apply, and the night after", { timeout: 120_000 }, async () => {
    const steps = [
      ["deploy.yml", "plan", "Plan"],
      ["deploy.yml", "apply", "Apply"],
      ["drift.yml", "drift", "Look for drift"],
      ["deploy.yml", "plan", "Plan"],
    ] as const;
    const ran: Ran[] = [];
    for (const [file, job, step] of steps) {
      const done = await runStep(scriptOf(file, job, step), work, secrets);
      expect(done.code, done.text).toBe(0);
      ran.push(done);
    }
    expect(ran.map(({ outputs }) => outputs)).toEqual([
      "changes=true\n",
      "",
      "found=false\n",
      "changes=false\n",
    ]);
    for (const { summary } of ran) expect(summary).not.toBe("");
    for (const { text, summary } of ran) expect(text + summary).not.toContain(kibana.apiKey);
  });
});
