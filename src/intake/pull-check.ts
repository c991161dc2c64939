import { join, posix } from "node:path";
import type { Diagnostic } from "../diagnostics/index.js";
import { validate } from "../lint/index.js";
import { fileKind } from "../project/file-kind.js";
import { overlayHost } from "../project/overlay-host.js";
import { type Host, loadProject, type Project } from "../project/index.js";
import type { PulledFile } from "./pull-model.js";

/**
 * The errors that `kdac validate` will report in the files that a pull writes. Kibana accepts what kdac finds wrong, such as a query
 * that Elasticsearch refuses when the rule runs.
 */
export function checkPulled(project: Project, host: Host, files: readonly PulledFile[]): Diagnostic[] {
  if (files.length === 0) return [];
  const { location, settings } = project;
  const at = (path: string): string => join(location.root, path);
  const future = loadProject(overlayHost(host, new Map(files.map(({ path, text }) => [at(path), text]))), {
    cwd: location.root,
    config: location.configFile,
    // The text file of a value list has any name, and is checked with the list.
    paths: files
      .filter(({ path }) => fileKind(posix.basename(path)).kind !== "other")
      .map(({ path }) => at(path)),
    stack: settings.stack,
    locale: settings.locale,
  });
  const written = new Set(files.map(({ path }) => path));
  return validate(future, { forgetful: true }).diagnostics.filter(
    ({ severity, target }) => severity === "error" && written.has(target.file),
  );
}
