import { validate as validateProject } from "../../lint/index.js";
import { render, type ReportFormat } from "../../report/index.js";
import { Exit, type Io, UsageError } from "../io.js";
import { openProject, type ProjectOptions } from "../project.js";

export interface ValidateOptions extends ProjectOptions {
  readonly format: ReportFormat;
  readonly maxWarnings?: string;
}

/** `kdac validate`: everything that is wrong with the project, or with the files named. */
export function validate(io: Io, paths: readonly string[], options: ValidateOptions): Exit {
  const most = options.maxWarnings === undefined ? Number.POSITIVE_INFINITY : Number(options.maxWarnings);
  if (Number.isNaN(most) || most < 0)
    throw new UsageError(`"${options.maxWarnings}" is no number of warnings`);
  const project = openProject(io, paths, options);
  const { diagnostics, rules, ok } = validateProject(project, { now: new Date(), forgetful: true });
  io.out(render(options.format, { diagnostics, documents: project.documents, rules }, io.palette));
  const warnings = diagnostics.filter((diagnostic) => diagnostic.severity === "warning").length;
  return ok && warnings <= most ? Exit.Clean : Exit.Findings;
}
