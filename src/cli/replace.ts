import { randomUUID } from "node:crypto";
import { chmodSync, copyFileSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UsageError } from "./io.js";

/** Moves a file that is written to its place. One that was there gives it its mode, and a link there goes on leading to it. */
export function replace(written: string, place: string, rename = renameSync): void {
  const before = statSync(place, { throwIfNoEntry: false });
  if (before !== undefined) chmodSync(written, before.mode);
  move(written, before === undefined ? place : realpathSync(place), rename);
}

/** Moves a file; to another file system by way of a copy beside its place. */
function move(from: string, to: string, rename: typeof renameSync): void {
  try {
    return rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
  }
  const beside = join(dirname(to), `.${basename(to)}.${randomUUID()}.part`);
  try {
    copyFileSync(from, beside);
    rename(beside, to);
  } finally {
    rmSync(beside, { force: true });
  }
}

/** @throws UsageError where the file system refuses to write at `path` */
export function orUsageError(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${(error as Error).message}`);
  }
}
