import { jsonText } from "../../report/index.js";
import {
  apply as applyPlan,
  hasChanges,
  isWrite,
  type Plan,
  renderPlan,
  renderResult,
  unfinishedRun,
  writePlan,
} from "../../deploy/index.js";
import { whoAmI } from "../../kibana/endpoints/index.js";
import { isKibanaError } from "../../kibana/errors.js";
import { confirmation, nameOf, stepSummary, unfinishedNote } from "../apply-output.js";
import { version } from "../../version.js";
import { type DeployOptions, deployTarget, environmentTarget, freshPlan, type Target } from "../deploying.js";
import { showFindings } from "../findings.js";
import { Exit, type Io, UsageError } from "../io.js";
import { readPlanFile, verifiedPlan } from "../plan-file.js";
import { runFiles } from "../run-files.js";

export interface ApplyOptions extends DeployOptions {
  readonly format: "pretty" | "json";
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly failFast?: boolean;
  readonly bootstrap?: boolean;
  /** How old a plan's file may be, such as `3d`. */
  readonly maxAge?: string;
  /** The snapshot whose rollback the plan's file may be. */
  readonly rollback?: string;
}

/** `kdac apply`: carries out the plan in the file, which must be what the project plans now, or a fresh one after asking. */
export async function apply(io: Io, file: string | undefined, options: ApplyOptions): Promise<Exit> {
  const { env } = options;
  if (env === undefined)
    throw new UsageError(
      file === undefined
        ? "name the environment with --env"
        : "name the environment with --env: a file does not choose what is written to",
    );
  const read = file === undefined ? undefined : readPlanFile(io, file, options.maxAge);
  if (file !== undefined && read === undefined) return Exit.Findings;
  // A snapshot knows its spaces, which the environment may not have any more.
  const { space: _, ...anySpace } = options;
  const target =
    read?.plan.rollback === undefined
      ? deployTarget(io, options)
      : environmentTarget(io, { ...anySpace, env });
  if (target === undefined) return Exit.Findings;
  const cutOff = await unfinishedRun(runFiles(target.project.location.root), env);
  if (cutOff !== undefined && options.quiet !== true) io.err(unfinishedNote(cutOff));
  const plan =
    read === undefined
      ? await freshPlan(io, target, options)
      : await verifiedPlan(io, target, read, { ...options, env });
  if (plan === undefined) return Exit.Findings;
  return carryOut(io, target, plan, { ...options, asks: read === undefined, planFile: file ?? "plan.json" });
}

export interface CarryOptions extends ApplyOptions {
  /** Whether somebody has to say yes to this plan yet. */
  readonly asks: boolean;
  readonly planFile: string;
}

/** Shows a plan, asks where nobody has said yes to it, carries it out and shows what became of it. */
export async function carryOut(io: Io, target: Target, plan: Plan, options: CarryOptions): Promise<Exit> {
  const quietly = options.format === "json";
  if (options.dryRun === true) {
    io.out(quietly ? writePlan(plan, { kdac: version, now: Date.now() }) : renderPlan(plan, io.palette));
    return plan.summary.conflict > 0 ? Exit.Findings : Exit.Clean;
  }
  if (!quietly) io.out(renderPlan(plan, io.palette));
  const writes = plan.spaces.some(({ changes }) => changes.some(isWrite));
  const user = writes ? await userOf(target) : undefined;
  if (hasChanges(plan) && options.asks && options.yes !== true) {
    const answer = await io.ask(confirmation(plan, user ?? "an unknown user"));
    if (answer === undefined)
      throw new UsageError("nobody is there to confirm: pass --yes, or a plan that was reviewed");
    if (answer.trim() !== "yes") {
      io.err("Nothing was changed.\n");
      return Exit.Findings;
    }
  }
  const { result, diagnostics } = await applyPlan(plan, {
    client: target.client,
    configFile: target.project.configFile ?? "",
    files: runFiles(target.project.location.root),
    env: io.env,
    ...(user === undefined ? {} : { user }),
    failFast: options.failFast === true,
    bootstrap: options.bootstrap === true,
    planFile: options.planFile,
    onProgress: ({ space, done, total }) => target.progress.pace(`applying to ${space}`, done, total),
  }).finally(() => target.progress.end());
  showFindings(io, target.project, diagnostics, quietly ? "stderr" : "stdout");
  if (result === undefined) return Exit.Findings;
  io.out(quietly ? jsonText(result) : renderResult(result, io.palette));
  stepSummary(io, result);
  const { failed, skipped } = result.summary;
  return failed + skipped + plan.summary.conflict > 0 ? Exit.Findings : Exit.Clean;
}

/** Whose credentials these are; undefined where Kibana does not say. What is wrong with them, the apply itself finds. */
async function userOf(target: Target): Promise<string | undefined> {
  try {
    return nameOf(await whoAmI(target.client()));
  } catch (error) {
    if (isKibanaError(error)) return undefined;
    throw error;
  }
}
