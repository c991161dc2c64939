import { readEntries, type Started } from "../journal/entries.js";
import type { RunFiles } from "../journal/files.js";
import { isRunOf } from "../journal/name.js";
import type { LeftBehind, Lost } from "../plan/left-behind.js";
import { readSnapshot } from "./file.js";

/** Whose runs count: those of this project, to this Kibana. */
export type Where = Pick<Started, "project" | "environment" | "url">;

/**
 * What earlier runs may have deleted to make it anew and have not made: cut off between the two requests, or refused by Kibana
 * at the second. All runs are asked, newest first, because a later one may have been cut off as well before its turn came; once a later run has
 * written an object, older ones say nothing of it. Whether it is gone in Kibana, the plan sees. A file that cannot
 * be read counts as one that is not there, as on another machine.
 */
export async function leftBehind(files: RunFiles, where: Where): Promise<LeftBehind> {
  const settled = new Set<string>();
  const found = new Map<string, Lost>();
  for (const run of await runsTo(files, where.environment)) {
    const entries = readEntries(await orElse(files.read(`journal/${run}.ndjson`), ""));
    const started = entries.find((entry) => entry.event === "started");
    if (started?.project !== where.project || started.url !== where.url) continue;
    for (const entry of entries)
      if (entry.event === "outcome" && entry.outcome === "done") settled.add(entry.key);
    const keys = entries.flatMap((entry) =>
      entry.event === "intent" && entry.action === "replace" && !settled.has(entry.key) ? [entry.key] : [],
    );
    if (keys.length === 0) continue;
    const { snapshot } = await readSnapshot(files, started.snapshot);
    for (const { key, before } of snapshot?.spaces.flatMap(({ objects }) => objects) ?? []) {
      if (before === null || !keys.includes(key)) continue;
      settled.add(key);
      found.set(key, { run, before });
    }
  }
  return found;
}

/** The names of an environment's runs, newest first. */
async function runsTo(files: RunFiles, environment: string): Promise<string[]> {
  return [...(await orElse(files.list("journal"), []))]
    .filter((name) => isRunOf(name, environment))
    .map((name) => name.replace(/\.ndjson$/, ""))
    .sort()
    .toReversed();
}

async function orElse<T>(read: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await read;
  } catch {
    return otherwise;
  }
}
