import { jsonText } from "../../report/index.js";
import { desiredSpaces, filesOf, kibanaFinding, planEnvironment } from "../../deploy/index.js";
import { driftCount, driftOf, readSurroundings } from "../../deploy/drift/drift.js";
import type { Drift } from "../../deploy/drift/types.js";
import { renderDriftMarkdown } from "../../deploy/drift/markdown.js";
import { renderDrift } from "../../deploy/drift/text.js";
import { isKibanaError } from "../../kibana/errors.js";
import { type DeployOptions, deployTarget, type Target } from "../deploying.js";
import { showFindings } from "../findings.js";
import { Exit, type Io } from "../io.js";

export interface DriftOptions extends DeployOptions {
  readonly env: string;
  readonly format: "pretty" | "json" | "markdown";
}

/** `kdac drift`: what was changed outside git. It ends with 3 when anything was, so that a nightly job notices. */
export async function drift(io: Io, options: DriftOptions): Promise<Exit> {
  const target = deployTarget(io, options);
  if (target === undefined) return Exit.Findings;
  const found = await look(io, target, options);
  if (found === undefined) return Exit.Findings;
  if (options.format === "json") io.out(jsonText(found));
  else if (options.format === "markdown") io.out(renderDriftMarkdown(found));
  else io.out(renderDrift(found, io.palette));
  return driftCount(found) > 0 ? Exit.Changes : Exit.Clean;
}

async function look(io: Io, target: Target, options: DriftOptions): Promise<Drift | undefined> {
  const { project, environment, progress, compiled } = target;
  const configFile = project.configFile ?? "";
  const spaces = desiredSpaces(project, environment.spaces, options.locale, compiled);
  try {
    const { plan, diagnostics } = await planEnvironment({
      environment: environment.name,
      configFile,
      spaces,
      policy: { project: project.settings.name },
      files: filesOf(project),
      connect: target.client,
      onProgress: (label, done, total) => progress.step(label, done, total),
    });
    showFindings(io, project, diagnostics, plan === undefined ? "stdout" : "stderr");
    if (plan === undefined) return undefined;
    progress.step("looking for copies and exceptions");
    return driftOf(plan, await readSurroundings(target.client(), spaces, project.settings.name));
  } catch (error) {
    if (!isKibanaError(error)) throw error;
    return showFindings(io, project, [kibanaFinding(error, environment.name, configFile)]);
  } finally {
    progress.end();
  }
}
