import { jsonText, visible } from "../../report/index.js";
import { resolve } from "node:path";
import { listSnapshots, writePlan } from "../../deploy/index.js";
import { version } from "../../version.js";
import { type DeployOptions, environmentTarget } from "../deploying.js";
import { Exit, type Io, UsageError } from "../io.js";
import { PLAN_MODE } from "../plan-file.js";
import { rollbackPlan } from "../rollback-plan.js";
import { runFiles } from "../run-files.js";
import { writeFiles } from "../write-files.js";
import { carryOut } from "./apply.js";

export interface RollbackOptions extends DeployOptions {
  readonly env: string;
  readonly format: "pretty" | "json";
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly out?: string;
}

/** `kdac rollback`: undoes an apply from its snapshot; without a name, lists the snapshots. */
export async function rollback(io: Io, named: string | undefined, options: RollbackOptions): Promise<Exit> {
  // The snapshot knows its spaces, which the environment may not have any more.
  const { space: _, ...anySpace } = options;
  const target = environmentTarget(io, anySpace);
  if (target === undefined) return Exit.Findings;
  const names = await listSnapshots(runFiles(target.project.location.root), options.env);
  if (named === undefined) return list(io, names, options);
  const name = chosen(named, names, options.env);
  const made = await rollbackPlan(io, target, name, options);
  if (made === undefined) return Exit.Findings;
  const { plan, left } = made;
  if (options.out !== undefined)
    writeFiles([
      {
        path: resolve(io.cwd, options.out),
        text: writePlan(plan, { kdac: version, now: Date.now() }),
        mode: PLAN_MODE,
      },
    ]);
  const dryRun = options.dryRun === true || options.out !== undefined;
  const exit = await carryOut(io, target, plan, {
    ...options,
    dryRun,
    asks: true,
    planFile: options.out ?? "plan.json",
  });
  return left.length > 0 ? Exit.Findings : exit;
}

function list(io: Io, names: readonly string[], { env, format }: RollbackOptions): Exit {
  if (format === "json")
    io.out(jsonText({ version: 1, summary: { snapshots: names.length }, snapshots: names }));
  else if (names.length === 0)
    io.out(`There are no snapshots of ${visible(env)}: each apply that writes takes one.\n`);
  else
    io.out(
      `Snapshots of ${visible(env)}, newest first:\n${names.map((name) => `  ${visible(name)}\n`).join("")}`,
    );
  return Exit.Clean;
}

/** The snapshot that a name, the beginning of one, or the path of its folder means. */
function chosen(named: string, names: readonly string[], env: string): string {
  const wanted = named.replace(/\/+$/, "").replace(/^.*\//, "");
  const fitting = names.includes(wanted) ? [wanted] : names.filter((name) => name.startsWith(wanted));
  if (fitting.length === 1) return fitting[0]!;
  if (fitting.length > 1)
    throw new UsageError(`"${named}" begins the names of several snapshots: ${fitting.join(", ")}`);
  throw new UsageError(
    `there is no snapshot "${named}" of ${env}; kdac rollback --env ${env} lists those that there are`,
  );
}
