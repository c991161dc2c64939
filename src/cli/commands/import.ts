import { join, relative, resolve, sep } from "node:path";
import { readSource, type SourceItem } from "../../bundle/sources/index.js";
import { report as finding } from "../../diagnostics/index.js";
import {
  type Destination,
  type ImportFinding,
  type Layout,
  openDestination,
  streamImport,
} from "../../intake/index.js";
import { LocationError, nodeHost } from "../../project/index.js";
import { showFindings } from "../findings.js";
import { type ImportedFile, importJson, importText } from "../import-output.js";
import { Exit, type Io, UsageError } from "../io.js";
import { progress } from "../progress.js";
import type { CommonOptions } from "../program.js";
import { bytesOf, type SourceFile, sourceFiles } from "../source-files.js";
import { Staging } from "../staging.js";

export interface ImportCommandOptions extends CommonOptions {
  readonly out: string;
  readonly layout: Layout;
  readonly force?: boolean;
  readonly format: "pretty" | "json";
  readonly lock?: string;
}

/** `kdac import`: rules, exception lists and connectors of files and folders as the YAML of a project. */
export async function importFiles(
  io: Io,
  paths: readonly string[],
  options: ImportCommandOptions,
): Promise<Exit> {
  const destination = open(io, options);
  const { project, root } = destination;
  const broken = project.diagnostics.filter(
    ({ severity, target }) => severity === "error" && target.file === project.configFile,
  );
  if (broken.length > 0) {
    showFindings(io, project, broken);
    return Exit.Usage;
  }
  const out = resolve(io.cwd, options.out);
  const files = sourceFiles(io, paths, out);
  const folders = new Map(files.map(({ name, folder }) => [name, folder]));
  const lock = options.lock === undefined ? [] : await versionLock(io, options.lock);
  const line = progress(io, options.quiet === true, Date.now);
  const unreadable = new Map<string, ImportFinding>();
  const stop = { asked: false };
  void io.interrupted().then(() => (stop.asked = true));

  const read = async function* (): AsyncGenerator<SourceItem> {
    yield* lock;
    for (const [i, file] of files.entries()) {
      if (stop.asked) return;
      line.step("Reading", i + 1, files.length);
      try {
        yield* readSource(file.name, bytesOf(file));
      } catch (error) {
        unreadable.set(file.name, cannotRead(file, error as NodeJS.ErrnoException));
      }
    }
  };

  const staging = new Staging(root);
  const written: ImportedFile[] = [];
  try {
    const planning = streamImport(read, {
      destination,
      layout: options.layout,
      force: options.force === true,
      sourceFolder: ({ file, path }) =>
        join(folders.get(file) ?? "", path === undefined ? "." : join(path, "..")),
    });
    let next = await planning.next();
    for (; next.done !== true && !stop.asked; next = await planning.next()) {
      const { text, ...file } = next.value;
      const absolute = join(root, file.path);
      if (file.action === "create" || file.action === "update") staging.add(absolute, text);
      written.push({ ...file, path: relative(io.cwd, absolute).split(sep).join("/") });
    }
    line.end();
    if (next.done !== true || stop.asked) {
      staging.discard();
      io.err("Interrupted; nothing was written.\n");
      return Exit.Findings;
    }
    staging.commit();
    const { severities, findings, ...rest } = next.value;
    const report = {
      ...rest,
      severities: { ...severities, error: severities.error + unreadable.size },
      findings: [...unreadable.values(), ...findings],
    };
    const output = { sources: files.length, files: written, report };
    io.out(options.format === "json" ? importJson(output) : importText(output, options.out, io.palette));
    return report.severities.error === 0 ? Exit.Clean : Exit.Findings;
  } catch (error) {
    line.end();
    staging.discard();
    throw error;
  }
}

function open(io: Io, { out, config }: ImportCommandOptions): Destination {
  try {
    return openDestination(nodeHost(io.env), { cwd: io.cwd, out, config });
  } catch (error) {
    if (error instanceof LocationError) throw new UsageError(error.message);
    throw error;
  }
}

/** The versions of rules from TOML, which their own files do not have. */
async function versionLock(io: Io, path: string): Promise<SourceItem[]> {
  const [file] = sourceFiles(io, [path], "");
  const found: SourceItem[] = [];
  try {
    if (file !== undefined)
      for await (const item of readSource(path, bytesOf(file)))
        if (item.kind === "version-lock") found.push(item);
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${(error as Error).message}`);
  }
  if (found.length === 0) throw new UsageError(`${path} holds no versions: it is no version.lock.json`);
  return found;
}

function cannotRead({ name }: SourceFile, { message }: NodeJS.ErrnoException): ImportFinding {
  const diagnostic = finding("file/unreadable", { file: name, reason: message }, { file: name });
  return { diagnostic, origin: { file: name } };
}
