import { spawnSync } from "node:child_process";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { kdac } from "../support/cli.js";
import { filesBelow, read } from "../support/source-tree.js";

type Names = Readonly<Record<string, string>>;
interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Names;
}
interface Job {
  readonly "timeout-minutes": number;
  readonly needs?: string;
  readonly outputs?: Names;
  readonly permissions?: Names;
  readonly environment?: string;
  readonly env?: Names;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Names;
  readonly jobs: Readonly<Record<string, Job>>;
}

const files = filesBelow(".github/workflows", (name) => name.endsWith(".yml"));
const actions = filesBelow(".github/actions", (name) => name === "action.yml");

/** What a job may write, by workflow and job; everything else is read-only. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  "validate.yml code-scanning": ["security-events"],
  "validate.yml comment": ["pull-requests"],
  "drift.yml issue": ["issues"],
  "release.yml bundle": ["contents"],
};

const stepsOf = (file: string): readonly Step[] => {
  const document = load(read(file)) as Workflow | { readonly runs: Job };
  return "runs" in document
    ? document.runs.steps
    : Object.values(document.jobs).flatMap(({ steps }) => steps);
};

describe.each([...files, ...actions])("%s", (file) => {
  const steps = stepsOf(file);
  const scripts = steps.flatMap(({ run }) => (run === undefined ? [] : [run]));

  it("pins every action by its commit, and says which version that is", () => {
    for (const { uses } of steps)
      if (uses !== undefined) expect(uses).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/);
    for (const line of read(file)
      .split("\n")
      .filter((text) => /^\s*(?:- )?uses:/.test(text)))
      expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("puts nothing that others write into a shell", () => {
    for (const script of scripts) expect(script).not.toContain("${{");
  });

  it("has scripts that bash can read", () => {
    for (const script of scripts)
      expect(spawnSync("bash", ["-n"], { input: script, encoding: "utf8" }).stderr).toBe("");
  });
});

describe.each(files)("%s", (file) => {
  const name = file.split("/").at(-1)!;
  const workflow = load(read(file)) as Workflow;
  const jobs = Object.entries(workflow.jobs);

  it("has read permission only, but for what is listed", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    for (const [id, { permissions = {} }] of jobs) {
      const writes = Object.entries(permissions).filter(([, access]) => access !== "read");
      expect(writes).toEqual((WRITES[`${name} ${id}`] ?? []).map((scope) => [scope, "write"]));
    }
  });

  it("is safe for forks", () => {
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    expect(Object.keys(workflow.on)).not.toContain("workflow_run");
    if ("pull_request" in workflow.on) expect(read(file)).not.toMatch(/\$\{\{\s*secrets\./);
    for (const [id, { steps }] of jobs) {
      if (WRITES[`${name} ${id}`] === undefined) continue;
      // A release packs what was merged, in the job that attaches it; elsewhere nothing runs with a token that can write.
      if (name === "release.yml") continue;
      expect(steps.map(({ uses, run }) => `${uses} ${run}`).join()).not.toMatch(/checkout|npm|npx|node/);
    }
  });

  it("takes secrets from a protected environment, in the steps that need them", () => {
    for (const [, { environment, env, steps }] of jobs) {
      expect(JSON.stringify(env ?? {})).not.toContain("secrets.");
      const secret = steps.filter((step) => JSON.stringify(step).includes("secrets."));
      if (secret.length > 0) expect(environment).toBeDefined();
      for (const { run } of secret) expect(run).toMatch(/npx kdac (?:plan|apply|drift) /);
    }
  });

  it("ends some time, and says so", () => {
    for (const [, job] of jobs) expect(job["timeout-minutes"]).toBeLessThanOrEqual(30);
  });

  it("reads only steps and jobs that are there", () => {
    const outputs = new Set(jobs.flatMap(([, { outputs = {} }]) => Object.keys(outputs)));
    for (const [id, { steps, needs }] of jobs) {
      const ids = new Set(steps.map((step) => step.id));
      const text = JSON.stringify(workflow.jobs[id]);
      for (const [, step] of text.matchAll(/steps\.([\w-]+)\./g)) expect(ids).toContain(step);
      for (const [, job, output] of text.matchAll(/needs\.([\w-]+)\.outputs\.([\w-]+)/g)) {
        expect(needs).toBe(job);
        expect(outputs).toContain(output);
      }
    }
  });

  it("leaves no credentials behind after the checkout", () => {
    const text = read(file);
    expect(text.match(/persist-credentials: false/g)?.length).toBe(text.match(/actions\/checkout@/g)?.length);
  });

  const commands = jobs.flatMap(([, { steps }]) =>
    steps.flatMap(({ run }) =>
      [...(run ?? "").matchAll(/npx kdac ([^|>\n]+)/g)].map((match) => match[1]!.trim()),
    ),
  );

  it.each(commands)("kdac %s", async (command) => {
    const [verb, ...args] = command.split(" ");
    const { exit, out } = await kdac([verb!, "--help"]);
    expect(exit).toBe(0);
    for (const option of args.filter((arg) => arg.startsWith("--"))) expect(out).toContain(`${option} `);
  });
});

it("a deploy hands over every variable that the environment and the connectors name", () => {
  const { jobs } = load(read(".github/workflows/deploy.yml")) as Workflow;
  const { environments } = load(read("kdac.config.yml")) as { environments: { production: object } };
  const connectors = filesBelow("rules", (name) => name.endsWith(".connector.yml")).map(read);
  const named = [JSON.stringify(environments.production), ...connectors].flatMap((text) =>
    [...text.matchAll(/\$\{(\w+)\}/g)].map((match) => match[1]!),
  );
  const given = Object.entries(jobs["apply"]!.steps.find(({ name }) => name === "Apply")!.env!);
  expect(named.length).toBeGreaterThan(2);
  expect(given.map(([variable]) => variable).sort()).toEqual([...new Set(named)].sort());
  for (const [variable, value] of given) expect(value).toBe(`\${{ secrets.${variable} }}`);
});
