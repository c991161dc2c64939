import type { Diagnostic } from "../diagnostics/index.js";
import { validate } from "../lint/index.js";
import { type Project, rulesOf, spacesOf } from "../project/index.js";
import type { CompiledRule } from "../rule/index.js";
import { showFindings } from "./findings.js";
import { type Io, UsageError } from "./io.js";
import { openProject, type ProjectOptions } from "./project.js";

export interface CompileOptions extends ProjectOptions {
  readonly env?: string;
  readonly space?: string;
}

/**
 * Opens and checks a project and compiles the rules that are asked for: all, or those of one space. With errors there is
 * nothing to build: they are printed and undefined is returned. Warnings go to stderr and stop nothing.
 */
export function compileFor(
  io: Io,
  paths: readonly string[],
  options: CompileOptions,
): { project: Project; compiled: readonly CompiledRule[] } | undefined {
  const project = openProject(io, paths, options);
  const { diagnostics, ok } = validate(project);
  if (!ok) return showFindings(io, project, diagnostics);
  const warnings = diagnostics.filter((found: Diagnostic) => found.severity === "warning");
  showFindings(io, project, warnings, "stderr");
  const compiled = rulesOf(project, spaceOf(project, options));
  return { project, compiled };
}

function spaceOf(project: Project, { env, space }: CompileOptions): Parameters<typeof rulesOf>[1] {
  if (env === undefined && space === undefined) return undefined;
  const environment = project.config.environments?.[env ?? ""];
  if (environment === undefined)
    throw new UsageError(`there is no environment "${env ?? ""}": --space goes with --env`);
  const spaces = spacesOf(project, env ?? "");
  const chosen =
    space === undefined && spaces.length === 1 ? spaces[0] : spaces.find(({ id }) => id === space);
  if (chosen === undefined)
    throw new UsageError(
      `name a space of "${env}" with --space: there are ${spaces.map(({ id }) => id).join(", ")}`,
    );
  return chosen;
}
