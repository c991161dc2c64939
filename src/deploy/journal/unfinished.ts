import { type Intent, readEntries } from "./entries.js";
import type { RunFiles } from "./files.js";
import { isRunOf } from "./name.js";

/** An apply that was cut off: what it did, what it may have done, and what it never tried. */
export interface UnfinishedRun {
  readonly name: string;
  /** ISO time. */
  readonly startedAt: string;
  readonly snapshot: string;
  /** Changes that were made. */
  readonly done: readonly Intent[];
  /** Changes that were begun, and whose outcome nobody noted. */
  readonly undecided: readonly Intent[];
  /** How many changes were tried without success, or not tried. */
  readonly notMade: number;
}

/** The last apply to an environment, where it was cut off; only the last one counts, because it planned anew. */
export async function unfinishedRun(
  files: RunFiles,
  environment: string,
): Promise<UnfinishedRun | undefined> {
  const name = [...(await files.list("journal"))]
    .filter((file) => isRunOf(file, environment))
    .map((file) => file.replace(/\.ndjson$/, ""))
    .sort()
    .at(-1);
  if (name === undefined) return undefined;
  const entries = readEntries(await files.read(`journal/${name}.ndjson`));
  const started = entries.find((entry) => entry.event === "started");
  if (started === undefined || entries.some((entry) => entry.event === "finished")) return undefined;
  const outcomes = new Map(
    entries.filter((entry) => entry.event === "outcome").map(({ key, outcome }) => [key, outcome]),
  );
  const intents = entries.filter((entry) => entry.event === "intent");
  const done = intents.filter(({ key }) => outcomes.get(key) === "done");
  const undecided = intents.filter(({ key }) => !outcomes.has(key));
  return {
    name,
    startedAt: started.at,
    snapshot: started.snapshot,
    done,
    undecided,
    notMade: Math.max(0, started.changes - done.length - undecided.length),
  };
}
