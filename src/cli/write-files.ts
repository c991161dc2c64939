import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { beginPart, endPart } from "./parts.js";
import { orUsageError, replace } from "./replace.js";

export interface Written {
  readonly path: string;
  readonly text: string;
  /** The mode that it has in any case. */
  readonly mode?: number;
}

/**
 * Writes files so that nobody ever sees half of one: each beside its place first, then in it. Folders are made before the first file is
 * written. A file that is there keeps its mode, and a symbolic link goes on leading to the file that is written.
 *
 * @throws UsageError where the file system refuses; the file that it names is then as it was.
 */
export function writeFiles(files: readonly Written[]): void {
  for (const folder of new Set(files.map(({ path }) => dirname(path))))
    orUsageError(folder, () => mkdirSync(folder, { recursive: true }));
  for (const file of files) orUsageError(file.path, () => writeWhole(file));
}

function writeWhole({ path, text, mode }: Written): void {
  const target = existsSync(path) ? realpathSync(path) : path;
  const part = join(dirname(target), `.${basename(target)}.${randomUUID()}.part`);
  beginPart(part);
  try {
    writeFileSync(part, text, { flag: "wx", ...(mode === undefined ? {} : { mode }) });
    if (mode === undefined) replace(part, target);
    else renameSync(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  } finally {
    endPart(part);
  }
}
