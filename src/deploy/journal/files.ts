/**
 * The files that runs leave behind, below `.kdac/` in the project's folder. Paths are relative to that, with forward
 * slashes. Every call rejects where the file system refuses. Only their owner may read them.
 */
export interface RunFiles {
  /** Adds text at the end of a file, which is made with its folders where it is missing. */
  append(path: string, text: string): Promise<void>;
  /** Writes a whole file in pieces, so that nobody ever sees a part of it, and makes sure of it. */
  write(path: string, pieces: Iterable<string>): Promise<void>;
  /** Resolves when all that was added to a file is on the disk, and not in a cache that a power cut empties. */
  sync(path: string): Promise<void>;
  /** The names of what a folder holds; none where there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
  read(path: string): Promise<string>;
}

/** A file of a run could not be written: without it nothing may be written to Kibana. */
export class RunFilesError extends Error {
  override readonly name = "RunFilesError";
}

/** Adds text and makes sure of it. @throws RunFilesError */
export function writeSurely(files: RunFiles, path: string, text: string): Promise<void> {
  return surely(path, async () => {
    await files.append(path, text);
    await files.sync(path);
  });
}

/** Writes a whole file, or none. @throws RunFilesError */
export function writeWhole(files: RunFiles, path: string, pieces: Iterable<string>): Promise<void> {
  return surely(path, () => files.write(path, pieces));
}

async function surely(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw new RunFilesError(
      `cannot write .kdac/${path}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Keeps git from taking up what runs leave behind, whatever the project's own settings say. */
export async function ignoreByGit(files: RunFiles): Promise<void> {
  if (!(await files.list("")).includes(".gitignore")) await writeWhole(files, ".gitignore", ["*\n"]);
}
