import type { BundleRule } from "../bundle/index.js";
import { type DesiredValueList, desiredSpaces } from "../deploy/index.js";
import type { Diagnostic } from "../diagnostics/index.js";
import { validate } from "../lint/index.js";
import { configuredEnvironment, type Project, type SpaceSettings, spacesOf } from "../project/index.js";
import { showFindings } from "./findings.js";
import { type Io, UsageError } from "./io.js";
import { openProject, type ProjectOptions } from "./project.js";

export interface CompileOptions extends ProjectOptions {
  readonly env?: string;
  readonly space?: string;
}

/** What a space gets, or what the files say where no space is asked for. */
export interface Compiled {
  /** The space's id; undefined where none is asked for. */
  readonly space: string | undefined;
  readonly rules: readonly BundleRule[];
  readonly valueLists: readonly DesiredValueList[];
}

/**
 * Opens and checks a project and compiles the rules that are asked for: all, those of one space, or those of each space of an
 * environment. With errors there is nothing to build: they are printed and undefined is returned. Warnings go to stderr and
 * stop nothing.
 */
export function compileFor(
  io: Io,
  paths: readonly string[],
  options: CompileOptions,
): { project: Project; builds: readonly [Compiled, ...Compiled[]] } | undefined {
  const project = openProject(io, paths, options);
  const { diagnostics, ok } = validate(project);
  if (!ok) return showFindings(io, project, diagnostics);
  const warnings = diagnostics.filter((found: Diagnostic) => found.severity === "warning");
  showFindings(io, project, warnings, "stderr");
  const spaces = spacesFor(project, options);
  if (spaces === undefined) {
    const { rules, valueLists } = desiredSpaces(project, [
      { id: "", selectors: undefined, overlays: [] },
    ])[0]!;
    return { project, builds: [{ space: undefined, rules, valueLists }] };
  }
  const [first, ...others] = desiredSpaces(project, spaces);
  return { project, builds: [first!, ...others] };
}

/** The spaces that are asked for; undefined where no environment is. */
function spacesFor(project: Project, { env, space }: CompileOptions): readonly SpaceSettings[] | undefined {
  if (env === undefined && space === undefined) return undefined;
  if (configuredEnvironment(project, env ?? "") === undefined)
    throw new UsageError(`there is no environment "${env ?? ""}": --space goes with --env`);
  const spaces = spacesOf(project, env ?? "");
  const chosen = space === undefined ? spaces : spaces.filter(({ id }) => id === space);
  if (chosen.length === 0)
    throw new UsageError(
      `name a space of "${env}" with --space: there are ${spaces.map(({ id }) => id).join(", ")}`,
    );
  return chosen;
}
