import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { buildFiles, type Manifest } from "../../bundle/index.js";
import type { Diagnostic } from "../../diagnostics/index.js";
import { plural, jsonText, visible } from "../../report/index.js";
import { version } from "../../version.js";
import { compileFor, type CompileOptions } from "../compiling.js";
import { showFindings } from "../findings.js";
import { Exit, type Io, UsageError } from "../io.js";
import { writeFiles } from "../write-files.js";

export interface BuildOptions extends CompileOptions {
  readonly out: string;
  readonly format: "pretty" | "json";
  readonly explain?: boolean;
}

const MANIFEST = "manifest.json";

/**
 * `kdac build`: Kibana JSON for each rule, prebuilt-package assets, value lists, and a manifest with hashes; with `--explain` also
 * where each field of the rules comes from. Of an environment
 * with several spaces each has a folder of its own.
 */
export function build(io: Io, paths: readonly string[], options: BuildOptions): Exit {
  const made = compileFor(io, paths, options);
  if (made === undefined) return Exit.Findings;
  const { project, builds } = made;
  const out = resolve(io.cwd, options.out);
  const built = builds.map(({ space, rules, valueLists }) => {
    const { files, manifest, diagnostics } = buildFiles({
      project: project.settings.name,
      generator: `kdac ${version}`,
      locale: project.settings.locale,
      rules,
      valueLists,
      explain: options.explain === true,
    });
    const folder = builds.length > 1 ? join(out, space!) : out;
    return { space: space ?? "", folder, files, manifest, diagnostics };
  });
  showFindings(io, project, distinct(built.flatMap(({ diagnostics }) => diagnostics)), "stderr");
  for (const { folder } of built) prepare(folder, relative(io.cwd, folder));
  for (const { folder, files } of built)
    writeFiles(files.map(({ path, text }) => ({ path: join(folder, path), text })));
  print(io, options, built);
  return Exit.Clean;
}

type Built = { readonly space: string; readonly manifest: Manifest };

function print(io: Io, { format, out }: BuildOptions, built: readonly Built[]): void {
  const sum = (of: (manifest: Manifest) => number): number =>
    built.reduce((total, { manifest }) => total + of(manifest), 0);
  const rules = sum(({ summary }) => summary.rules);
  const files = sum(({ summary }) => summary.files);
  const isOne = built.length === 1;
  if (format === "json") {
    const spaces = built.map(({ space, manifest }) => ({ space, manifest }));
    const summary = { spaces: built.length, rules, files };
    io.out(jsonText(isOne ? built[0]!.manifest : { version: 1, summary, spaces }));
    return;
  }
  const where = isOne ? out : `${out}, a folder for each of ${built.length} spaces`;
  io.out(
    `Built ${plural(rules, "rule")} into ${visible(where)}: ${plural(files, "file")}, hashes in ${MANIFEST}.\n`,
  );
}

/** Each finding once: spaces share their rules. */
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [JSON.stringify(one), one])).values()];
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
    const {
      rules,
      value_lists = [],
      origins,
    } = JSON.parse(manifest) as Pick<Manifest, "rules"> & Partial<Manifest>;
    const paths = [
      ...rules.flatMap(({ file, asset }) => [file, asset]),
      ...value_lists.map(({ file }) => file),
      ...(origins === undefined ? [] : [origins.file]),
    ];
    return paths.filter((path) =>
      /^(?:(?:rules|security_rule)\/[^/\\]+\.json|values\/[^/\\]+\.txt|origins\.json)$/.test(path),
    );
  } catch {
    return [];
  }
}
