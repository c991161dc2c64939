import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { filesBelow, read } from "../support/source-tree.js";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const files = filesBelow(".github/workflows", (name) => name.endsWith(".yml"));
const action = ".github/actions/kdac/action.yml";
const commands = filesBelow("src/cli/commands", (name) => name.endsWith(".ts")).map((file) =>
  file.slice("src/cli/commands/".length, -3),
);

/** What a job may write, by workflow and job; everything else is read-only. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  "validate.yml code-scanning": ["security-events"],
  "release.yml bundle": ["contents"],
};

describe.each(files)("%s", (file) => {
  const name = file.split("/").at(-1)!;
  const workflow = load(read(file)) as Workflow;
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps);

  it("has read permission only, but for what is listed", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    for (const [id, { permissions = {} }] of jobs) {
      const writes = Object.entries(permissions).filter(([, access]) => access === "write");
      expect(writes.map(([scope]) => scope)).toEqual(WRITES[`${name} ${id}`] ?? []);
    }
  });

  it("pins every action by its commit", () => {
    for (const { uses } of steps)
      if (uses !== undefined) expect(uses).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/);
  });

  it("is safe for forks", () => {
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    if ("pull_request" in workflow.on) expect(read(file)).not.toMatch(/\$\{\{\s*secrets\./);
  });

  it("puts nothing that others write into a shell", () => {
    for (const { run } of steps) expect(run ?? "").not.toMatch(/\$\{\{/);
  });

  it("runs commands that there are", () => {
    const used = steps.flatMap(({ run }) =>
      [...(run ?? "").matchAll(/npx kdac (\w+)/g)].map((match) => match[1]!),
    );
    for (const command of used) expect(commands).toContain(command);
  });
});

it("the composite action pins what it uses and hands its inputs over in the environment", () => {
  const { runs } = load(read(action)) as { runs: { steps: readonly Step[] } };
  for (const { uses, run } of runs.steps) {
    if (uses !== undefined) expect(uses).toMatch(/@[0-9a-f]{40}$/);
    expect(run ?? "").not.toMatch(/\$\{\{/);
  }
});
