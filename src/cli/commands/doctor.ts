import { jsonText } from "../../report/index.js";
import { desiredSpaces } from "../../deploy/index.js";
import { doctorOf, examine } from "../../deploy/doctor/examine.js";
import { check } from "../../deploy/doctor/report.js";
import { renderDoctor } from "../../deploy/doctor/text.js";
import type { Examination } from "../../deploy/doctor/types.js";
import { validate, type Validation } from "../../lint/index.js";
import { configuredEnvironment, type Project } from "../../project/index.js";
import { clientOf, resolved, unencrypted, unknownEnvironment } from "../connecting.js";
import { showFindings } from "../findings.js";
import { Exit, type Io } from "../io.js";
import { networkProbes } from "../probes.js";
import { type Progress, progress } from "../progress.js";
import { openProject, type ProjectOptions } from "../project.js";

export interface DoctorOptions extends ProjectOptions {
  readonly env?: string;
  readonly trace?: boolean;
  readonly format: "pretty" | "json";
}

/** `kdac doctor`: whether an environment, or each of them, can be deployed to. Nothing is changed. */
export async function doctor(io: Io, options: DoctorOptions): Promise<Exit> {
  const project = openProject(io, [], options);
  const line = progress(io, options.quiet === true, Date.now);
  const validation = validate(project);
  const found: Examination[] = [];
  try {
    for (const name of environmentsOf(project, options.env))
      found.push(await examineOne(io, project, validation, name, options, line));
  } finally {
    line.end();
  }
  const report = doctorOf(found);
  io.out(options.format === "json" ? jsonText(report) : renderDoctor(report, io.palette));
  return report.summary.problem > 0 ? Exit.Findings : Exit.Clean;
}

function environmentsOf(project: Project, wanted: string | undefined): string[] {
  if (wanted === undefined) return Object.keys(project.config.environments ?? {});
  if (configuredEnvironment(project, wanted) !== undefined) return [wanted];
  throw unknownEnvironment(project, wanted);
}

async function examineOne(
  io: Io,
  project: Project,
  validation: Validation,
  name: string,
  options: DoctorOptions,
  line: Progress,
): Promise<Examination> {
  const settings = check("configuration", "configuration");
  const errors = validation.diagnostics.filter(({ severity }) => severity === "error");
  const { environment, diagnostics } = resolved(io, project, name, configuredEnvironment(project, name)!);
  if (environment === undefined) {
    return {
      environment: name,
      url: null,
      kibana: null,
      checks: [
        ...diagnostics.map(({ message, help }) =>
          settings.problem(message, help ?? "see docs/connecting.md"),
        ),
        check("kibana", "Kibana").skipped("settings are missing"),
      ],
    };
  }
  showFindings(io, project, unencrypted(project, environment), "stderr");
  const { url, connection, spaces } = environment;
  const examined = await examine({
    environment: name,
    url,
    connection,
    project: project.settings.name,
    stack: project.settings.stack,
    spaces: desiredSpaces(project, spaces, options.locale, validation.compiled),
    connect: () => clientOf(io, environment, options.trace === true),
    env: io.env,
    probes: networkProbes,
    now: Date.now,
    onProgress: (label) => line.step(`${name}: ${label}`),
  });
  const files =
    errors.length === 0
      ? settings.ok("every variable is set, and the project has no errors")
      : settings.warning(
          `the project has ${errors.length} ${errors.length === 1 ? "error" : "errors"}, and is not deployed until it has none`,
          "see them with kdac validate",
        );
  return { ...examined, checks: [files, ...examined.checks] };
}
