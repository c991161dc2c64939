import { basename, dirname, extname, join, resolve } from "node:path";
import { type Bundle, exportBundle as makeBundle, splitBundle, valueListFiles } from "../../bundle/index.js";
import type { Diagnostic } from "../../diagnostics/index.js";
import { bundleConnectors, bundleLists, type Project } from "../../project/index.js";
import { plural, jsonText, safeJson, visible } from "../../report/index.js";
import { type Compiled, compileFor, type CompileOptions } from "../compiling.js";
import { showFindings } from "../findings.js";
import { Exit, type Io, UsageError } from "../io.js";
import { writeFiles } from "../write-files.js";

export interface ExportOptions extends CompileOptions {
  readonly out: string;
  /** Parts that Kibana's limits allow, instead of one file. */
  readonly split?: boolean;
  /** The folder for value lists. */
  readonly values?: string;
  readonly format: "pretty" | "json";
}

/** `kdac export`: one NDJSON bundle that Kibana imports, or several that keep to its limits. */
export function exportBundle(io: Io, paths: readonly string[], options: ExportOptions): Exit {
  const made = compileFor(io, paths, options);
  if (made === undefined) return Exit.Findings;
  const { project, builds } = made;
  const [of, ...others] = builds;
  if (others.length > 0)
    throw new UsageError(
      `name a space with --space: there are ${builds.map(({ space }) => space).join(", ")}`,
    );
  if (options.split === true && options.out === "-") throw new UsageError("--split needs a file for --out");
  const input = { rules: of.rules, lists: bundleLists(project), connectors: bundleConnectors(project) };
  const { text, summary, ...whole } = makeBundle(input);
  const parts = options.split === true ? splitBundle(input) : undefined;
  const diagnostics = parts === undefined ? whole.diagnostics : distinct(parts);
  const failed = diagnostics.some((diagnostic) => diagnostic.severity === "error");
  showFindings(io, project, diagnostics, failed ? "stdout" : "stderr");
  if (failed) return Exit.Findings;
  const values = valuesOf(io, project, of, options);
  if (options.out === "-") {
    writeFiles(values);
    io.out(safeJson(text));
    return Exit.Clean;
  }
  const texts = parts?.map((part) => part.text) ?? [text];
  const files = texts.map((one, i) => ({
    path: texts.length > 1 ? numbered(options.out, i + 1) : options.out,
    text: one,
  }));
  writeFiles([...values, ...files.map((file) => ({ path: resolve(io.cwd, file.path), text: file.text }))]);
  const shown = files.map(({ path }) => path);
  if (options.format === "json") {
    const more = {
      ...(parts === undefined ? {} : { parts: shown }),
      ...(options.values === undefined
        ? {}
        : { values: values.map(({ path }) => join(options.values!, basename(path))) }),
    };
    io.out(jsonText({ version: 1, summary, file: shown[0], ...more }));
    return Exit.Clean;
  }
  const counted = [
    plural(summary.exported_rules_count, "rule"),
    plural(summary.exported_exception_list_count, "exception list"),
  ].join(", ");
  const connectors = plural(summary.exported_action_connector_count, "connector");
  io.out(`Exported ${counted} and ${connectors} to ${visible(shown.join(", "))}.\n`);
  if (values.length > 0)
    io.out(`Wrote ${plural(values.length, "value list")} to ${visible(options.values!)}.\n`);
  return Exit.Clean;
}

/** The files of the value lists; without a folder for them, a word that the bundle has none. */
function valuesOf(
  io: Io,
  project: Project,
  { valueLists }: Compiled,
  { values: folder, quiet }: ExportOptions,
): { path: string; text: string }[] {
  if (folder !== undefined)
    return valueListFiles(valueLists).map(({ name, text }) => ({
      path: resolve(io.cwd, folder, name),
      text,
    }));
  if (valueLists.length > 0 && quiet !== true)
    io.err(
      `kdac: a bundle carries no value lists, and ${project.settings.name} has ${valueLists.length}; write them with --values <folder>\n`,
    );
  return [];
}

/** `bundle.ndjson` as `bundle-2.ndjson`. */
function numbered(path: string, part: number): string {
  const ending = extname(path);
  return join(dirname(path), `${basename(path, ending)}-${part}${ending}`);
}

function distinct(parts: readonly Bundle[]): Diagnostic[] {
  const all = parts.flatMap(({ diagnostics }) => diagnostics);
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
