import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  apply as applyPlan,
  hasChanges,
  type Plan,
  readPlan,
  renderPlan,
  renderResult,
} from "../../deploy/index.js";
import { type DeployOptions, deployTarget, freshPlan, type Target, uuid } from "../deploying.js";
import { showFindings } from "../findings.js";
import { Exit, type Io, UsageError } from "../io.js";

export interface ApplyOptions extends DeployOptions {
  readonly format: "pretty" | "json";
  readonly yes?: boolean;
}

/** `kdac apply`: carries out the plan in the file, or a fresh one after asking. */
export async function apply(io: Io, file: string | undefined, options: ApplyOptions): Promise<Exit> {
  const read = file === undefined ? undefined : readPlanFile(io, file);
  if (file !== undefined && read === undefined) return Exit.Findings;
  const env = options.env ?? read?.environment;
  if (env === undefined) throw new UsageError("name the environment with --env, or give a plan");
  const target = deployTarget(io, { ...options, env });
  if (target === undefined) return Exit.Findings;
  const plan = read ?? (await freshPlan(io, target, options));
  if (plan === undefined) return Exit.Findings;
  checkPlan(plan, target, env);
  const quietly = options.format === "json";
  if (!quietly) io.out(renderPlan(plan, io.palette));
  if (hasChanges(plan) && read === undefined && options.yes !== true) {
    const answer = await io.ask(`Apply these changes to ${env}? Only "yes" is taken for a yes: `);
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
    env: io.env,
    uuid,
    planFile: file ?? "plan.json",
    onProgress: ({ space, done, total }) => target.progress.step(`applying to ${space}`, done, total),
  }).finally(() => target.progress.end());
  showFindings(io, target.project, diagnostics, quietly ? "stderr" : "stdout");
  if (result === undefined) return Exit.Findings;
  io.out(quietly ? `${JSON.stringify(result, null, 2)}\n` : renderResult(result, io.palette));
  const { failed, skipped } = result.summary;
  return failed + skipped + plan.summary.conflict > 0 ? Exit.Findings : Exit.Clean;
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
