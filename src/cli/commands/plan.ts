import { resolve } from "node:path";
import { hasChanges, type Plan, renderPlan, renderPlanMarkdown, writePlan } from "../../deploy/index.js";
import { version } from "../../version.js";
import { type DeployOptions, deployTarget, freshPlan } from "../deploying.js";
import { Exit, type Io } from "../io.js";
import { PLAN_MODE } from "../plan-file.js";
import { writeFiles } from "../write-files.js";

export interface PlanOptions extends DeployOptions {
  readonly format: "pretty" | "json" | "markdown";
  readonly out?: string;
  readonly exitCode?: boolean;
  /** Say of each value of a rule where it comes from. */
  readonly explain?: boolean;
}

/** `kdac plan`: what apply would change, and nothing is changed. */
export async function plan(io: Io, options: PlanOptions): Promise<Exit> {
  const target = deployTarget(io, options);
  if (target === undefined) return Exit.Findings;
  const made = await freshPlan(io, target, options);
  if (made === undefined) return Exit.Findings;
  const text = writePlan(made, { kdac: version, now: Date.now() });
  if (options.format === "json") io.out(text);
  else if (options.format === "markdown") io.out(renderPlanMarkdown(made));
  else io.out(renderPlan(made, io.palette, { explain: options.explain === true }));
  if (options.out !== undefined) {
    writeFiles([{ path: resolve(io.cwd, options.out), text, mode: PLAN_MODE }]);
    if (options.quiet !== true)
      io.err(
        `The plan is in ${options.out}; carry it out with: kdac apply ${options.out}${optionsOf(made, options)}\n`,
      );
  }
  if (made.summary.conflict > 0) return Exit.Findings;
  return options.exitCode === true && hasChanges(made) ? Exit.Changes : Exit.Clean;
}

/** The options that the plan is carried out with: those that it was made with. */
function optionsOf({ environment, policy }: Plan, { space = [], maxDeletes }: PlanOptions): string {
  return [
    ` --env ${environment}`,
    ...space.map((id) => ` --space ${id}`),
    ...(policy.adopt ? [" --adopt"] : []),
    ...(policy.overwrite_drift ? [" --overwrite-drift"] : []),
    ...(policy.prune ? [" --prune"] : []),
    ...(maxDeletes === undefined ? [] : [` --max-deletes ${maxDeletes}`]),
  ].join("");
}
