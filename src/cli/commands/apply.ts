import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  apply as applyPlan,
  hasChanges,
  isWrite,
  type Plan,
  readPlan,
  renderPlan,
  renderResult,
  unfinishedRun,
} from "../../deploy/index.js";
import { whoAmI } from "../../kibana/endpoints/index.js";
import { isKibanaError } from "../../kibana/errors.js";
import { confirmation, nameOf, stepSummary, unfinishedNote } from "../apply-output.js";
import { type DeployOptions, deployTarget, freshPlan, type Target } from "../deploying.js";
import { showFindings } from "../findings.js";
import { Exit, type Io, UsageError } from "../io.js";
import { runFiles } from "../run-files.js";

export interface ApplyOptions extends DeployOptions {
  readonly format: "pretty" | "json";
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly failFast?: boolean;
  readonly bootstrap?: boolean;
}

/** `kdac apply`: carries out the plan in the file, or a fresh one after asking. */
export async function apply(io: Io, file: string | undefined, options: ApplyOptions): Promise<Exit> {
  const read = file === undefined ? undefined : readPlanFile(io, file);
  if (file !== undefined && read === undefined) return Exit.Findings;
  const env = options.env ?? read?.environment;
  if (env === undefined) throw new UsageError("name the environment with --env, or give a plan");
  const target = deployTarget(io, { ...options, env });
  if (target === undefined) return Exit.Findings;
  const cutOff = await unfinishedRun(runFiles(target.project.location.root), env);
  if (cutOff !== undefined && options.quiet !== true) io.err(unfinishedNote(cutOff));
  const plan = read ?? (await freshPlan(io, target, options));
  if (plan === undefined) return Exit.Findings;
  checkPlan(plan, target, env);
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
    io.out(quietly ? `${JSON.stringify(plan, null, 2)}\n` : renderPlan(plan, io.palette));
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
  io.out(quietly ? `${JSON.stringify(result, null, 2)}\n` : renderResult(result, io.palette));
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

function readPlanFile(io: Io, file: string): Plan | undefined {
  let text: string;
  try {
    text = readFileSync(resolve(io.cwd, file), "utf8");
  } catch (error) {
    throw new UsageError(`cannot read the plan: ${(error as Error).message}`);
  }
  const { plan, diagnostics } = readPlan(text, file);
  showFindings(io, { documents: new Map(), rules: [] }, diagnostics);
  return plan;
}

/** A plan of another project or environment is never carried out. */
function checkPlan(plan: Plan, { project }: Target, env: string): void {
  if (plan.environment !== env)
    throw new UsageError(`the plan is for the environment "${plan.environment}", not "${env}"`);
  if (plan.project !== project.settings.name)
    throw new UsageError(`the plan is of the project "${plan.project}", not "${project.settings.name}"`);
}
