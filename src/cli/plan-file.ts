import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { DEFAULT_MAX_DELETES, LARGEST_PLAN, type Plan, readPlan, verifyPlan } from "../deploy/index.js";
import { type Diagnostic, report } from "../diagnostics/index.js";
import { parseInterval } from "../kibana/date-math.js";
import { version } from "../version.js";
import { type DeployOptions, freshPlan, type Target } from "./deploying.js";
import { showFindings } from "./findings.js";
import { type Io, UsageError } from "./io.js";
import { rollbackPlan } from "./rollback-plan.js";

export interface PlanFile {
  readonly file: string;
  readonly plan: Plan;
  readonly diagnostics: readonly Diagnostic[];
}

/** A plan shows what Kibana has to those who may read it there, and to nobody else. */
export const PLAN_MODE = 0o600;

/** No project is read yet. */
const NOTHING = { documents: new Map(), rules: [] };

/** Reads a plan's file. What is wrong with it is printed; then there is none. */
export function readPlanFile(io: Io, file: string, maxAge: string | undefined): PlanFile | undefined {
  let text: string;
  try {
    const path = resolve(io.cwd, file);
    if (statSync(path).size > LARGEST_PLAN) {
      const problem = "it is larger than any plan";
      return showFindings(io, NOTHING, [report("deploy/broken-plan", { problem }, { file })]);
    }
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`cannot read the plan: ${(error as Error).message}`);
  }
  const { plan, diagnostics } = readPlan(text, file, {
    kdac: version,
    now: Date.now(),
    ...(maxAge === undefined ? {} : { maxAge: secondsOf(maxAge) }),
  });
  if (plan === undefined) return showFindings(io, NOTHING, diagnostics);
  return { file, plan, diagnostics };
}

function secondsOf(duration: string): number {
  const seconds = parseInterval(duration);
  if (seconds === undefined) throw new UsageError(`"${duration}" is no duration such as 90m, 12h or 3d`);
  return seconds;
}

export interface PlanFileOptions extends DeployOptions {
  readonly env: string;
  /** The snapshot whose rollback the plan may be. */
  readonly rollback?: string;
}

/**
 * The plan that the project makes now with the options of this command, where a plan's file says the same. Not the file but
 * this one is carried out.
 */
export async function verifiedPlan(
  io: Io,
  target: Target,
  { file, plan: planned, diagnostics }: PlanFile,
  options: PlanFileOptions,
): Promise<Plan | undefined> {
  checkPlan(planned, target, options.env);
  const mismatches = optionFindings(planned, options, file);
  if (mismatches.length > 0) return showFindings(io, target.project, [...diagnostics, ...mismatches]);
  // What --explain adds to a plan is compared like the rest.
  const made =
    options.rollback === undefined
      ? await freshPlan(io, target, { ...options, explain: isExplained(planned) })
      : (await rollbackPlan(io, target, options.rollback, options))?.plan;
  if (made === undefined) return undefined;
  const found = [...diagnostics, ...(await verifyPlan(planned, made, target.client(), file))];
  return found.length === 0 ? made : showFindings(io, target.project, found);
}

/** In what a plan was made with other options than it is applied with: what it may do is said on the command line. */
function optionFindings(planned: Plan, options: PlanFileOptions, file: string): Diagnostic[] {
  const { policy, rollback } = planned;
  const mismatch = (option: string, made: boolean): Diagnostic =>
    report(
      "deploy/plan-options",
      { option, made: made ? "with" : "without", given: made ? "without" : "with" },
      { file },
    );
  const differ = (option: string, made: boolean, given: boolean | undefined): Diagnostic[] =>
    made === (given === true) ? [] : [mismatch(option, made)];
  if (rollback !== undefined || options.rollback !== undefined) {
    if (rollback !== options.rollback)
      return [mismatch(`--rollback ${rollback ?? options.rollback}`, rollback !== undefined)];
    return differ("--overwrite-drift", policy.overwrite_drift, options.overwriteDrift);
  }
  const most = options.maxDeletes ?? DEFAULT_MAX_DELETES;
  return [
    ...differ("--adopt", policy.adopt, options.adopt),
    ...differ("--overwrite-drift", policy.overwrite_drift, options.overwriteDrift),
    ...differ("--prune", policy.prune, options.prune),
    ...differ(`--max-deletes ${policy.max_deletes}`, policy.max_deletes !== most, false),
    ...differ(
      "--create-spaces",
      planned.creates_spaces !== undefined,
      planned.creates_spaces !== undefined && options.createSpaces,
    ),
  ];
}

function isExplained({ spaces }: Plan): boolean {
  return spaces.some(({ changes }) => changes.some(({ origins }) => origins !== undefined));
}

/** A plan of another project or environment is never carried out. */
function checkPlan(plan: Plan, { project }: Target, env: string): void {
  if (plan.environment !== env)
    throw new UsageError(`the plan is for the environment "${plan.environment}", not "${env}"`);
  if (plan.project !== project.settings.name)
    throw new UsageError(`the plan is of the project "${plan.project}", not "${project.settings.name}"`);
}
