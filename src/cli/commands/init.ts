import { randomUUID } from "node:crypto";
import { basename, join, relative, resolve } from "node:path";
import { kebab } from "../../intake/file-name.js";
import { nodeHost } from "../../project/index.js";
import { visible, jsonText } from "../../report/index.js";
import { type PlannedFile, planRepository, repositoryFiles } from "../../scaffold/index.js";
import { version } from "../../version.js";
import { Exit, type Io, UsageError } from "../io.js";
import { writeFiles } from "../write-files.js";

export interface InitOptions {
  readonly name?: string;
  readonly force?: boolean;
  readonly format: "pretty" | "json";
}

const WORDS: Readonly<Record<PlannedFile["action"], string>> = {
  create: "created",
  extend: "extended",
  keep: "kept",
  overwrite: "overwritten",
  conflict: "in the way",
};

/** `kdac init`: a detections repository in a folder, new or in use. All of it or nothing is written. */
export function init(io: Io, folder: string, options: InitOptions): Exit {
  const root = resolve(io.cwd, folder);
  const name = options.name ?? kebab(basename(root));
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name))
    throw new UsageError(
      `"${options.name ?? basename(root)}" cannot be a project's name; name it with --name, in letters, digits, dots, _ and -`,
    );
  const files = planRepository(
    repositoryFiles({ name, version, uuid: randomUUID }),
    reader(io, root),
    options.force,
  );
  const conflicts = files.filter(({ action }) => action === "conflict");
  if (conflicts.length > 0) {
    throw new UsageError(
      "nothing was written, because these files are there already; move them, or overwrite them with --force:",
      conflicts.map(({ path }) => path),
    );
  }
  writeFiles(
    files.flatMap(({ path, text }) => (text === undefined ? [] : [{ path: join(root, path), text }])),
  );
  print(io, relative(io.cwd, root), files, options.format);
  return Exit.Clean;
}

/** The texts below a folder; what cannot be read is a mistake of the caller, before anything is written. */
function reader(io: Io, root: string): (path: string) => string | undefined {
  const host = nodeHost(io.env);
  return (path) => {
    try {
      return host.read(join(root, path));
    } catch (error) {
      throw new UsageError(`cannot use ${join(root, path)}: ${(error as Error).message}`);
    }
  };
}

function print(io: Io, folder: string, files: readonly PlannedFile[], format: InitOptions["format"]): void {
  if (format === "json") {
    const count = (action: PlannedFile["action"]) => files.filter((file) => file.action === action).length;
    const summary = {
      created: count("create"),
      extended: count("extend"),
      kept: count("keep"),
      overwritten: count("overwrite"),
    };
    const shown = files.map(({ path, action }) => ({ path, action }));
    io.out(jsonText({ version: 1, summary, files: shown }));
    return;
  }
  for (const { path, action } of files)
    io.out(`${WORDS[action].padEnd(11)}  ${visible(join(folder, path))}\n`);
  const there = folder === "" ? "" : ` in ${visible(folder)}`;
  io.out(`\nNext${there}: npm install, npx kdac validate, and npx kdac new rule for a rule of your own.\n`);
}
