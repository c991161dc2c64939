import { type Plan, readSnapshot, rollbackEnvironment, type Snapshot } from "../deploy/index.js";
import type { Target } from "./deploying.js";
import { showFindings } from "./findings.js";
import { type Io, UsageError } from "./io.js";
import { runFiles } from "./run-files.js";

export interface RollbackPlanOptions {
  readonly env: string;
  readonly space?: readonly string[];
  readonly overwriteDrift?: boolean;
}

/**
 * The plan that takes back what a snapshot was taken for, and the spaces that it leaves as they are. What stands in the
 * way is printed; then there is none.
 */
export async function rollbackPlan(
  io: Io,
  target: Target,
  name: string,
  options: RollbackPlanOptions,
): Promise<{ plan: Plan; left: readonly string[] } | undefined> {
  const { project } = target;
  const read = await readSnapshot(runFiles(project.location.root), name);
  if (read.snapshot === undefined) return showFindings(io, project, read.diagnostics);
  checkSnapshot(read.snapshot, target, options);
  const { plan, left, diagnostics } = await rollbackEnvironment({
    snapshot: read.snapshot,
    name,
    configFile: project.configFile ?? "",
    connect: target.client,
    overwriteDrift: options.overwriteDrift === true,
    ...(options.space === undefined ? {} : { spaces: options.space }),
    onProgress: (label, done, total) => target.progress.step(label, done, total),
  }).finally(() => target.progress.end());
  showFindings(io, project, diagnostics, plan === undefined ? "stdout" : "stderr");
  return plan === undefined ? undefined : { plan, left };
}

function checkSnapshot(
  { environment, project: of, spaces }: Snapshot,
  { project }: Target,
  { env, space: wanted = [] }: RollbackPlanOptions,
): void {
  if (environment !== env)
    throw new UsageError(`the snapshot is of the environment "${environment}", not "${env}"`);
  if (of !== project.settings.name)
    throw new UsageError(`the snapshot is of the project "${of}", not "${project.settings.name}"`);
  const unknown = wanted.find((id) => !spaces.some(({ space }) => space === id));
  if (unknown !== undefined)
    throw new UsageError(
      `the snapshot has no space "${unknown}": there are ${spaces.map(({ space }) => space).join(", ")}`,
    );
}
