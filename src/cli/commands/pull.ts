import { join, relative, resolve, sep } from "node:path";
import { desiredSpaces, type LiveRead, readLiveSpace } from "../../deploy/index.js";
import { PACKAGE, schemaFolder, schemaLine } from "../../format/index.js";
import type { FileKind } from "../../intake/index.js";
import { planPull, wantedOf } from "../../intake/pull.js";
import type { PulledFile, Selection } from "../../intake/pull-model.js";
import { nodeHost, type Project, type SpaceSettings } from "../../project/index.js";
import { isInside } from "../../project/root.js";
import { type DeployOptions, environmentTarget, type Target } from "../deploying.js";
import { showFindings } from "../findings.js";
import { Exit, type Io, UsageError } from "../io.js";
import { PulledFiles } from "../pulled-files.js";
import { pullJson, pullText } from "../pull-output.js";
import { Staging } from "../staging.js";

export interface PullCommandOptions extends Omit<DeployOptions, "space"> {
  readonly env: string;
  readonly space?: string;
  readonly rule?: readonly string[];
  readonly all?: boolean;
  readonly source: "custom" | "prebuilt" | "all";
  readonly out?: string;
  readonly force?: boolean;
  readonly format: "pretty" | "json";
}

/** `kdac pull`: what was changed in Kibana, taken into the files. */
export async function pull(io: Io, { space, ...options }: PullCommandOptions): Promise<Exit> {
  const selection = selectionOf(options);
  const target = environmentTarget(io, { ...options, ...(space === undefined ? {} : { space: [space] }) });
  if (target === undefined) return Exit.Findings;
  const { project, environment } = target;
  const from = onlySpace(target);
  const out = folderOf(io, project, options.out);
  const desired = desiredSpaces(project, [from])[0]!;
  target.progress.step(`reading space ${from.id}`, 0, 1);
  const read = await readLiveSpace({
    environment: environment.name,
    configFile: project.configFile ?? "",
    wanted: wantedOf(project, desired, selection),
    connect: target.client,
  }).finally(() => target.progress.end());
  showFindings(io, project, read.diagnostics, read.actual === undefined ? "stdout" : "stderr");
  if (read.actual === undefined) return Exit.Findings;

  const host = nodeHost(io.env);
  const { root } = project.location;
  const before = new PulledFiles(root, environment.name, from.id);
  const planned = planPull({
    project,
    host,
    space: from,
    desired,
    actual: read.actual,
    selection,
    out,
    force: options.force === true,
    isAsPulled: (file) => before.has(file),
    schemaLine: schemaLines(project, host),
  });
  write(root, planned.files);
  before.note(planned.files, planned.faithful);
  const result = { environment: environment.name, space: from.id, kibana: versionOf(read), pull: planned };
  io.out(options.format === "json" ? pullJson(result, project) : pullText(result, project, io.palette));
  const failed =
    planned.findings.some(({ severity }) => severity === "error") ||
    planned.objects.some(({ action }) => action === "refused");
  return failed ? Exit.Findings : Exit.Clean;
}

/** Writes the files all together, so that a pull that is stopped leaves each as it was or as it is to be. */
function write(root: string, files: readonly PulledFile[]): void {
  const staging = new Staging(root);
  try {
    for (const { path, text } of files) staging.add(join(root, path), text);
    staging.commit();
  } finally {
    staging.discard();
  }
}

const versionOf = ({ version }: LiveRead): string | null => version ?? null;

/** A source other than the usual one is about all rules of the space. */
function selectionOf({ rule, all, source }: Omit<PullCommandOptions, "space">): Selection {
  const everything = all === true || source !== "custom";
  if (rule === undefined) return everything ? { kind: "all", source } : { kind: "drifted" };
  if (everything) throw new UsageError("--rule names single rules: it does not go with --all or --source");
  return { kind: "some", rules: rule };
}

function onlySpace({ environment: { name, spaces } }: Target): SpaceSettings {
  const [first, ...others] = spaces;
  if (first !== undefined && others.length === 0) return first;
  const ids = spaces.map(({ id }) => id).join(", ");
  throw new UsageError(`name the space of "${name}" to pull from with --space: there are ${ids}`);
}

/** The folder for new files: one in which the project's other commands, and the next pull, find them. */
function folderOf(io: Io, project: Project, out: string | undefined): string {
  const { root } = project.location;
  const folders = project.settings.folders.map((folder) => join(root, folder));
  const folder = out === undefined ? folders[0]! : resolve(io.cwd, out);
  if (!isInside(root, folder) || !folders.some((place) => isInside(place, folder))) {
    const places = project.settings.folders.join(", ");
    throw new UsageError(`--out has to be in a folder that the project keeps its rules in: ${places}`);
  }
  return relative(root, folder).split(sep).join("/");
}

function schemaLines(
  project: Project,
  host: ReturnType<typeof nodeHost>,
): (file: string, kind: FileKind) => string {
  const schemas = schemaFolder(host, project.location.root);
  return (file, kind) =>
    schemas === undefined
      ? `# yaml-language-server: $schema=https://unpkg.com/${PACKAGE}/schemas/${kind}.schema.json`
      : schemaLine(file, schemas, kind);
}
