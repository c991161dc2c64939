import { visible } from "../report/index.js";
import { appendFileSync } from "node:fs";
import {
  type ApplyResult,
  KIND_NAMES,
  type Plan,
  renderResultMarkdown,
  type UnfinishedRun,
} from "../deploy/index.js";
import type { Account } from "../kibana/endpoints/index.js";
import type { Io } from "./io.js";

/** Changes that are named before the rest is counted. */
const MOST_NAMED = 5;

/** The question before an apply: where it goes, as whom, and what it does, with what is deleted in words. */
export function confirmation(plan: Plan, user: string): string {
  const { create, update, replace, delete: deletes } = plan.summary;
  const spaces = plan.spaces.map(({ space }) => `"${space}"`);
  const makes = plan.creates_spaces ?? [];
  const counts = [
    [create, "to create"],
    [update, "to update"],
    [replace, "to replace"],
    [deletes, "to delete"],
  ] as const;
  const gone = plan.spaces
    .flatMap(({ changes }) => changes)
    .filter(({ action }) => action === "delete" || action === "replace")
    .map(
      ({ action, kind, name }) =>
        `${action === "delete" ? "deletes" : "deletes and makes anew"} the ${KIND_NAMES[kind]} "${name}"`,
    );
  return [
    `${counts
      .filter(([count]) => count > 0)
      .map(([count, words]) => `${count} ${words}`)
      .join(", ")} in ${spaces.length === 1 ? "space" : "spaces"} ${spaces.join(", ")}`,
    `of ${new URL(plan.url).host} as ${user}.`,
    ...(makes.length === 0
      ? []
      : [`This makes the ${makes.length === 1 ? "space" : "spaces"} ${makes.join(", ")}.`]),
    ...(gone.length === 0 ? [] : [`This ${someOf(gone)}.`]),
    `Apply these changes to ${plan.environment}? Only "yes" is taken for a yes: `,
  ]
    .map(visible)
    .join("\n");
}

/** Whose credentials carry the plan out. */
export function nameOf({ username, kind, key }: Account): string {
  if (kind !== "api-key") return username === "" ? "an unknown user" : username;
  const called = key?.name === undefined ? "an API key" : `the API key "${key.name}"`;
  return username === "" ? called : `${called} of ${username}`;
}

/** What is said of an apply that was cut off before. */
export function unfinishedNote({ name, done, undecided, notMade, snapshot }: UnfinishedRun): string {
  const named = (changes: UnfinishedRun["done"]): string =>
    someOf(changes.map(({ kind, name: of, action }) => `${action} ${KIND_NAMES[kind]} "${of}"`));
  return [
    `The last apply to this environment (${name}) was cut off.`,
    `  made: ${done.length === 0 ? "nothing" : named(done)}`,
    ...(undecided.length === 0 ? [] : [`  begun, outcome not known: ${named(undecided)}`]),
    `  not made: ${notMade}`,
    `What is still missing is in the plan now; kdac rollback ${snapshot} would go back.`,
    "",
  ]
    .map(visible)
    .join("\n");
}

/** Appends the result to the summary of a job of GitHub Actions, where there is one. */
export function stepSummary(io: Io, result: ApplyResult): void {
  const file = io.env["GITHUB_STEP_SUMMARY"] ?? "";
  if (file === "") return;
  try {
    appendFileSync(file, `${renderResultMarkdown(result)}\n`);
  } catch (error) {
    io.err(`kdac: cannot write the job's summary: ${visible((error as Error).message)}\n`);
  }
}

function someOf(texts: readonly string[]): string {
  const some = texts.slice(0, MOST_NAMED).join(", ");
  return texts.length > MOST_NAMED ? `${some}, and ${texts.length - MOST_NAMED} more` : some;
}
