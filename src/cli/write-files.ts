import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { orUsageError, replace } from "./replace.js";

/**
 * Writes files so that nobody ever sees half of one: each beside its place first, then in it. Folders are made before the first file is
 * written. A file that is there keeps its mode, and a symbolic link goes on leading to the file that is written.
 *
 * @throws UsageError where the file system refuses; the file that it names is then as it was.
 */
export function writeFiles(files: readonly { readonly path: string; readonly text: string }[]): void {
  for (const folder of new Set(files.map(({ path }) => dirname(path))))
    orUsageError(folder, () => mkdirSync(folder, { recursive: true }));
  for (const { path, text } of files) orUsageError(path, () => writeWhole(path, text));
}

function writeWhole(path: string, text: string): void {
  const target = existsSync(path) ? realpathSync(path) : path;
  const part = join(dirname(target), `.${basename(target)}.${randomUUID()}.part`);
  try {
    writeFileSync(part, text, { flag: "wx" });
    replace(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}
