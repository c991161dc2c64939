import { type Desired, desiredSpaces, filesOf, planEnvironment, type Plan } from "../deploy/index.js";
import type { Diagnostic } from "../diagnostics/index.js";
import type { Client } from "../kibana/client.js";
import { validate, type Validation } from "../lint/index.js";
import {
  configuredEnvironment,
  type Environment,
  type Project,
  type SpaceSettings,
} from "../project/index.js";
import { clientOf, resolved, unencrypted, unknownEnvironment } from "./connecting.js";
import { type Io, UsageError } from "./io.js";
import { type Progress, progress } from "./progress.js";
import { openProject, type ProjectOptions } from "./project.js";
import { showFindings } from "./findings.js";
import { runFiles } from "./run-files.js";

export interface DeployOptions extends ProjectOptions {
  readonly env?: string;
  readonly space?: readonly string[];
  readonly adopt?: boolean;
  readonly overwriteDrift?: boolean;
  readonly prune?: boolean;
  readonly maxDeletes?: number;
  readonly explain?: boolean;
  /** Plan the environment's spaces that are not there as spaces that are made first. */
  readonly createSpaces?: boolean;
  /** Whether each request is told on stderr. */
  readonly trace?: boolean;
}

/** A project and the environment that a command deploys it to. */
export interface Target {
  readonly project: Project;
  readonly environment: Environment;
  /** The project's rules, where they were compiled to be checked. */
  readonly compiled?: Validation["compiled"];
  readonly client: () => Client;
  readonly progress: Progress;
}

/**
 * Opens the project and resolves the environment. Findings that stand in the way are printed; then there is no target
 * and the command ends with `Exit.Findings`: a project with errors is not deployed, not even in part.
 */
export function deployTarget(io: Io, options: DeployOptions): Target | undefined {
  return targetOf(io, options, validate);
}

/** The same for commands that deploy nothing of the project's files, which may be broken: the configuration counts alone. */
export function environmentTarget(io: Io, options: DeployOptions): Target | undefined {
  return targetOf(io, options, (project) => ({
    diagnostics: project.diagnostics.filter(({ target }) => target.file === project.configFile),
  }));
}

function targetOf(
  io: Io,
  options: DeployOptions,
  check: (project: Project) => Pick<Validation, "diagnostics"> & Partial<Pick<Validation, "compiled">>,
): Target | undefined {
  const project = openProject(io, [], options);
  const name = options.env ?? "";
  const { diagnostics: found, compiled } = check(project);
  const diagnostics: Diagnostic[] = [...found];
  const configured = configuredEnvironment(project, name);
  if (configured === undefined) {
    if (diagnostics.some(isError)) return showFindings(io, project, diagnostics);
    throw unknownEnvironment(project, name);
  }
  const { environment, diagnostics: missing } = resolved(io, project, name, configured);
  diagnostics.push(...missing);
  if (environment === undefined || diagnostics.some(isError)) return showFindings(io, project, diagnostics);
  const warnings = diagnostics.filter((diagnostic) => diagnostic.severity === "warning");
  showFindings(io, project, [...warnings, ...unencrypted(project, environment)], "stderr");
  const line = progress(io, options.quiet === true, Date.now);
  return {
    project,
    ...(compiled === undefined ? {} : { compiled }),
    environment: { ...environment, spaces: chosen(environment.spaces, options.space) },
    progress: line,
    client: () =>
      clientOf(io, environment, options.trace === true, ({ milliseconds, reason }) =>
        line.step(`${reason}; waiting ${Math.ceil(milliseconds / 1000)} s`),
      ),
  };
}

/** A fresh plan for the target. */
export async function freshPlan(io: Io, target: Target, options: DeployOptions): Promise<Plan | undefined> {
  const { project, environment, compiled } = target;
  const spaces: Desired[] = desiredSpaces(project, environment.spaces, options.locale, compiled);
  const { plan, diagnostics } = await planEnvironment({
    environment: environment.name,
    configFile: project.configFile ?? "",
    spaces,
    policy: {
      project: project.settings.name,
      adopt: options.adopt === true,
      overwriteDrift: options.overwriteDrift === true,
      prune: options.prune === true,
      ...(options.maxDeletes === undefined ? {} : { maxDeletes: options.maxDeletes }),
      explain: options.explain === true,
    },
    files: filesOf(project),
    createSpaces: options.createSpaces === true,
    runs: runFiles(project.location.root),
    connect: target.client,
    env: io.env,
    onProgress: (label, done, total) => target.progress.step(label, done, total),
  }).finally(() => target.progress.end());
  showFindings(io, project, diagnostics, plan === undefined ? "stdout" : "stderr");
  return plan;
}

function chosen(
  spaces: readonly SpaceSettings[],
  wanted: readonly string[] | undefined,
): readonly SpaceSettings[] {
  if (wanted === undefined) return spaces;
  const unknown = wanted.find((id) => !spaces.some((space) => space.id === id));
  if (unknown !== undefined)
    throw new UsageError(
      `the environment has no space "${unknown}": there are ${spaces.map((space) => space.id).join(", ")}`,
    );
  return spaces.filter((space) => wanted.includes(space.id));
}

const isError = (diagnostic: Diagnostic): boolean => diagnostic.severity === "error";
