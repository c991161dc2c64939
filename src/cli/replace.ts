import { chmodSync, realpathSync, renameSync, statSync } from "node:fs";
import { UsageError } from "./io.js";

/** Moves a file that is written to its place. One that was there gives it its mode, and a link there goes on leading to it. */
export function replace(written: string, place: string): void {
  const before = statSync(place, { throwIfNoEntry: false });
  if (before !== undefined) chmodSync(written, before.mode);
  renameSync(written, before === undefined ? place : realpathSync(place));
}

/** @throws UsageError where the file system refuses to write at `path` */
export function orUsageError(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${(error as Error).message}`);
  }
}
