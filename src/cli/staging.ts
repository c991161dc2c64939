import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beginPart, endPart } from "./parts.js";
import { orUsageError, replace } from "./replace.js";

/** What a staging folder is called: after the process that fills it. */
const NAME = /^staging-(\d+)-/;

/**
 * Files that are written all together or not at all: each goes to a folder below `.kdac/` first, and to its place when all are there.
 * What is staged is on the disk, not in memory. A signal that ends kdac is heard before the first file is in its place, or when all are.
 * A run that is killed leaves nothing beside the files of the project, and what it left in `.kdac/` the next run removes.
 */
export class Staging {
  readonly #parent: string;
  readonly #folder: string;
  readonly #staged: { readonly from: string; readonly to: string }[] = [];

  /** @param root the project's root, absolute; a folder is made in it with the first file */
  constructor(root: string) {
    this.#parent = join(root, ".kdac");
    this.#folder = join(this.#parent, `staging-${process.pid}-${randomUUID()}`);
  }

  add(to: string, text: string): void {
    orUsageError(to, () => {
      if (this.#staged.length === 0) {
        removeLeftovers(this.#parent);
        beginPart(this.#folder);
        mkdirSync(this.#folder, { recursive: true });
      }
      const from = join(this.#folder, String(this.#staged.length));
      writeFileSync(from, text, { flag: "wx" });
      this.#staged.push({ from, to });
    });
  }

  /** Puts every file in its place. */
  commit(): void {
    if (this.#staged.length === 0) return;
    try {
      for (const folder of new Set(this.#staged.map(({ to }) => dirname(to))))
        orUsageError(folder, () => mkdirSync(folder, { recursive: true }));
      for (const { from, to } of this.#staged) orUsageError(to, () => replace(from, to));
    } finally {
      this.discard();
    }
  }

  /** Takes back all that is not in its place yet. */
  discard(): void {
    rmSync(this.#folder, { recursive: true, force: true });
    endPart(this.#folder);
    removeIfEmpty(this.#parent);
  }
}

/** Removes what runs left that were killed; those that are still at work keep theirs. */
function removeLeftovers(parent: string): void {
  for (const name of namesIn(parent)) {
    const pid = NAME.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid)))
      rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It runs, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Other runs keep their journals there.
  }
}
