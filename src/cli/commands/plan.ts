import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { hasChanges, renderPlan, renderPlanMarkdown, writePlan } from "../../deploy/index.js";
import { type DeployOptions, deployTarget, freshPlan } from "../deploying.js";
import { Exit, type Io } from "../io.js";

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
  if (options.format === "json") io.out(writePlan(made));
  else if (options.format === "markdown") io.out(renderPlanMarkdown(made));
  else io.out(renderPlan(made, io.palette, { explain: options.explain === true }));
  if (options.out !== undefined) {
    writeFileSync(resolve(io.cwd, options.out), writePlan(made));
    if (options.quiet !== true)
      io.err(
        `The plan is in ${options.out}; carry it out with: kdac apply ${options.out} --env ${made.environment}\n`,
      );
  }
  if (made.summary.conflict > 0) return Exit.Findings;
  return options.exitCode === true && hasChanges(made) ? Exit.Changes : Exit.Clean;
}
