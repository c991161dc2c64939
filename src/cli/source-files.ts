import { createReadStream, type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, posix, relative, resolve, sep } from "node:path";
import { type Io, UsageError } from "./io.js";

/** A file to be imported. */
export interface SourceFile {
  /** As people find it from the working folder, with forward slashes. */
  readonly name: string;
  /** The folder that it is in, below the folder that was named; empty for that one itself and for a file that was named. */
  readonly folder: string;
  readonly path: string;
}

/** In bytes. */
const SMALL = 256 * 1024;
/** Folders that hold nothing of a team's own. */
const SKIPPED = new Set(["node_modules", ".git"]);

/**
 * The files that a command line names, each once: folders with all that is below them, in the order of names. Links to folders are
 * not followed, and `skipped`, where the results go, is left out of the folders around it.
 *
 * @throws UsageError for a path that is not there
 */
export function sourceFiles(io: Io, paths: readonly string[], skipped: string): SourceFile[] {
  const files = new Map<string, SourceFile>();
  for (const path of paths) {
    const start = resolve(io.cwd, path);
    const stats = statSync(start, { throwIfNoEntry: false });
    if (stats === undefined) throw new UsageError(`there is no ${path}`);
    const found = stats.isDirectory() ? below(start, skipped) : [start];
    for (const file of found) {
      const folder = stats.isDirectory() ? slashes(relative(start, dirname(file))) : "";
      if (!files.has(file)) files.set(file, { name: nameOf(io, path, start, file), folder, path: file });
    }
  }
  return [...files.values()];
}

/** The bytes of a file. Errors of the disk are thrown while it is read. */
export async function* bytesOf({ path }: SourceFile): AsyncGenerator<Uint8Array> {
  // A stream costs more than all of a small file.
  if (statSync(path).size <= SMALL) yield readFileSync(path);
  else yield* createReadStream(path) as AsyncIterable<Uint8Array>;
}

function below(folder: string, skipped: string): string[] {
  return entriesOf(folder)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) || path === skipped ? [] : below(path, skipped);
      const isFile =
        entry.isFile() || (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isFile());
      return isFile === true ? [path] : [];
    });
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new UsageError(`cannot read ${folder}: ${(error as Error).message}`);
  }
}

function nameOf(io: Io, named: string, start: string, file: string): string {
  const fromStart = slashes(relative(start, file));
  const name = posix.join(slashes(named), fromStart);
  return name === "." ? basename(file) : name || slashes(relative(io.cwd, file));
}

const slashes = (path: string): string => path.split(sep).join("/");
