import { renameSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { exportBundle as makeBundle } from "../../bundle/index.js";
import { bundleConnectors, bundleLists, bundleRules } from "../../project/index.js";
import { compileFor, type CompileOptions } from "../compiling.js";
import { showFindings } from "../findings.js";
import { Exit, type Io } from "../io.js";

export interface ExportOptions extends CompileOptions {
  readonly out: string;
  readonly format: "pretty" | "json";
}

/** `kdac export`: one NDJSON bundle that Kibana imports. */
export function exportBundle(io: Io, paths: readonly string[], options: ExportOptions): Exit {
  const made = compileFor(io, paths, options);
  if (made === undefined) return Exit.Findings;
  const { project, compiled } = made;
  const { text, summary, diagnostics } = makeBundle({
    rules: bundleRules(compiled),
    lists: bundleLists(project),
    connectors: bundleConnectors(project),
  });
  const failed = diagnostics.some((diagnostic) => diagnostic.severity === "error");
  showFindings(io, project, diagnostics, failed ? "stdout" : "stderr");
  if (failed) return Exit.Findings;
  if (options.out === "-") {
    io.out(text);
    return Exit.Clean;
  }
  const out = resolve(io.cwd, options.out);
  writeFileSync(`${out}.part`, text);
  renameSync(`${out}.part`, out);
  if (options.format === "json")
    io.out(`${JSON.stringify({ version: 1, summary, file: options.out }, null, 2)}\n`);
  else {
    const {
      exported_rules_count: rules,
      exported_exception_list_count: lists,
      exported_action_connector_count: connectors,
    } = summary;
    io.out(
      `Exported ${rules} rules, ${lists} exception lists and ${connectors} connectors to ${options.out}.\n`,
    );
  }
  return Exit.Clean;
}
