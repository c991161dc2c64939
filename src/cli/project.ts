import { LocationError, loadProject, nodeHost, type Project } from "../project/index.js";
import type { Io } from "./io.js";
import { UsageError } from "./io.js";
import type { CommonOptions } from "./program.js";

export interface ProjectOptions extends CommonOptions {
  readonly stack?: string;
  readonly locale?: string;
}

/** Loads the project that the command line means; paths that cannot belong to one project are wrong use. */
export function openProject(io: Io, paths: readonly string[], options: ProjectOptions): Project {
  try {
    return loadProject(nodeHost(io.env), {
      cwd: io.cwd,
      paths,
      config: options.config,
      stack: options.stack,
      locale: options.locale,
    });
  } catch (error) {
    if (error instanceof LocationError) throw new UsageError(error.message);
    throw error;
  }
}
