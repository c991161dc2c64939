import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { buildFiles, type BuildFile } from "../../bundle/index.js";
import { bundleRules } from "../../project/index.js";
import { version } from "../../version.js";
import { compileFor, type CompileOptions } from "../compiling.js";
import { showFindings } from "../findings.js";
import { Exit, type Io, UsageError } from "../io.js";

export interface BuildOptions extends CompileOptions {
  readonly out: string;
  readonly format: "pretty" | "json";
}

const MANIFEST = "manifest.json";

/** `kdac build`: Kibana JSON for each rule, prebuilt-package assets, and a manifest with hashes. */
export function build(io: Io, paths: readonly string[], options: BuildOptions): Exit {
  const made = compileFor(io, paths, options);
  if (made === undefined) return Exit.Findings;
  const { project, compiled } = made;
  const { files, manifest, diagnostics } = buildFiles({
    project: project.settings.name,
    generator: `kdac ${version}`,
    locale: project.settings.locale,
    rules: bundleRules(compiled),
  });
  showFindings(io, project, diagnostics, "stderr");
  const out = resolve(io.cwd, options.out);
  prepare(out, options.out);
  write(out, files);
  if (options.format === "json") io.out(`${JSON.stringify(manifest, null, 2)}\n`);
  else
    io.out(
      `Built ${manifest.summary.rules} rules into ${options.out}: ${manifest.summary.files} files, hashes in ${MANIFEST}.\n`,
    );
  return Exit.Clean;
}

/**
 * Empties the folder of an earlier build, so that no file of a rule that is gone stays behind. A folder with other things in
 * it is never emptied: what is removed is what the earlier manifest names.
 */
function prepare(out: string, shown: string): void {
  if (!existsSync(out) || readdirSync(out).length === 0) return;
  const manifest = join(out, MANIFEST);
  if (!existsSync(manifest))
    throw new UsageError(
      `${shown} is not empty and no earlier build made it; name another folder with --out`,
    );
  for (const path of filesOf(readFileSync(manifest, "utf8"))) rmSync(join(out, path), { force: true });
}

function filesOf(manifest: string): string[] {
  try {
    const { rules } = JSON.parse(manifest) as { rules: { file: string; asset: string }[] };
    const paths = rules.flatMap(({ file, asset }) => [file, asset]);
    return paths.filter((path) => /^(?:rules|security_rule)\/[^/\\]+\.json$/.test(path));
  } catch {
    return [];
  }
}

function write(out: string, files: readonly BuildFile[]): void {
  for (const folder of new Set(files.map(({ path }) => dirname(join(out, path)))))
    mkdirSync(folder, { recursive: true });
  for (const { path, text } of files) writeFileSync(join(out, path), text);
}
