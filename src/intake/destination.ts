import type { Json } from "../json/index.js";
import { join, posix, relative, resolve, sep } from "node:path";
import { PACKAGE, schemaFolder, schemaLine } from "../format/index.js";
import { discover } from "../project/discover.js";
import { fileKind } from "../project/file-kind.js";
import { type Host, loadProject, type Project } from "../project/index.js";
import { isInside, locate } from "../project/root.js";
import { parseDocument } from "../yaml/index.js";
import type { FileKind } from "./model.js";
import { owned } from "./owned.js";

/** The project that is imported to, and what stands there already. */
export interface Destination {
  readonly host: Host;
  /** Absolute. */
  readonly root: string;
  /** The folder to write to, from the root with forward slashes; empty for the root itself. */
  readonly out: string;
  /** Whether the project's other commands look into that folder. */
  readonly isSearched: boolean;
  /** The project without its rules: of those there may be more than fit into memory. */
  readonly project: Project;
  /** The file of each rule, by {@link ruleKey}. */
  readonly rules: ReadonlyMap<string, string>;
  /** Every file in the project's folders and in `out`, in lower case: file systems may ignore it. */
  readonly taken: ReadonlySet<string>;
  /** The comment that tells editors the schema of a file. */
  schemaLine(file: string, kind: FileKind): string;
}

/** How a rule is known: by its id, or where it has none by its name. */
export function ruleKey({ rule_id, name }: Json): string {
  return typeof rule_id === "string" ? `id ${rule_id}` : `name ${typeof name === "string" ? name : ""}`;
}

/**
 * Looks at where an import goes to.
 *
 * @param out the folder to write to, absolute or from `cwd`; it need not exist
 * @throws LocationError when it lies outside the project that `config` names
 */
export function openDestination(
  host: Host,
  { cwd, out, config }: { readonly cwd: string; readonly out: string; readonly config?: string | undefined },
): Destination {
  const folder = resolve(cwd, out);
  const location = locate(host, cwd, [folder], config);
  const { root } = location;
  const project = loadProject(withoutRules(host), {
    cwd: root,
    paths: [folder],
    ...(location.configFile === undefined ? {} : { config: location.configFile }),
  });
  const from = relative(root, folder).split(sep).join("/");
  const folders = project.settings.folders.filter((place) => isInside(root, join(root, place)));
  const { files } = discover(host, root, [...folders.map((place) => posix.normalize(place)), from || "."]);
  const schemas = schemaFolder(host, root);
  return {
    host,
    root,
    out: from,
    isSearched:
      location.configFile === undefined || folders.some((place) => isInside(join(root, place), folder)),
    project,
    rules: rulesIn(host, root, files),
    taken: new Set(files.map((file) => file.toLowerCase())),
    schemaLine: (file, kind) =>
      schemas === undefined
        ? `# yaml-language-server: $schema=https://unpkg.com/${PACKAGE}/schemas/${kind}.schema.json`
        : schemaLine(file, schemas, kind),
  };
}

/** The disk as it would be without rules: loading a project holds every document that it reads. */
function withoutRules(host: Host): Host {
  return {
    ...host,
    list: (folder) =>
      host
        .list(folder)
        ?.filter(({ kind, name }) => kind !== "file" || !/^(?:rule|translation)$/.test(fileKind(name).kind)),
  };
}

function rulesIn(host: Host, root: string, files: readonly string[]): Map<string, string> {
  const rules = new Map<string, string>();
  for (const file of files) {
    if (fileKind(posix.basename(file)).kind !== "rule") continue;
    const key = keyIn(host, root, file);
    if (key !== undefined && !rules.has(key)) rules.set(key, file);
  }
  return rules;
}

/** An id at the start of a line, as nearly all files have it: the others are parsed. */
const PLAIN_ID = /^rule_id:[ \t]+(["']?)([A-Za-z0-9_-]+)\1(?:[ \t]+#.*|[ \t]*)$/m;

function keyIn(host: Host, root: string, file: string): string | undefined {
  const text = readable(host, join(root, file));
  if (text === undefined) return undefined;
  const id = PLAIN_ID.exec(text)?.[2];
  // Digits alone would be a number.
  if (id !== undefined && /-|[a-z]{2}/i.test(id)) return owned(ruleKey({ rule_id: id }));
  const { data } = parseDocument(text, file);
  return data === undefined ? undefined : owned(ruleKey(data as Json));
}

function readable(host: Host, path: string): string | undefined {
  try {
    return host.read(path);
  } catch {
    // A file that cannot be read is no rule that we could know; its name is taken all the same.
    return undefined;
  }
}
