import { randomUUID } from "node:crypto";
import { chmodSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Writes a file so that nobody ever sees half of it: beside it first, then in its place. Its folders are made, its mode stays, and a
 * symbolic link goes on leading to the file that is written.
 *
 * @throws Error of the file system; the file is then as it was.
 */
export function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const before = statSync(path, { throwIfNoEntry: false });
  const target = before === undefined ? path : realpathSync(path);
  const part = join(dirname(target), `.${basename(target)}.${randomUUID()}.part`);
  try {
    writeFileSync(part, text, { flag: "wx" });
    if (before !== undefined) chmodSync(part, before.mode);
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}
