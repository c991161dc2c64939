import type { RunFiles } from "./files.js";

/**
 * The name that a run's journal and snapshot share: the UTC time to the second and the environment, such as
 * `20261124T171501Z-production`. Names sort by time. Two runs of one second get different ones.
 */
export async function nameRun(files: RunFiles, environment: string, now: number): Promise<string> {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
  const taken = new Set(
    [...(await files.list("journal")), ...(await files.list("snapshots"))].map((name) =>
      name.replace(/\.ndjson$/, ""),
    ),
  );
  const name = `${time}-${slugOf(environment)}`;
  for (let i = 1; ; i++) {
    const tried = i === 1 ? name : `${name}.${i}`;
    if (!taken.has(tried)) return tried;
  }
}

/** Whether a name is that of a run of this environment. */
export function isRunOf(name: string, environment: string): boolean {
  const [, slug] = /^\d{8}T\d{6}Z-(.*?)(?:\.\d+)?(?:\.ndjson)?$/.exec(name) ?? [];
  return slug === slugOf(environment);
}

function slugOf(environment: string): string {
  return environment.replace(/[^\w-]/g, "_");
}
