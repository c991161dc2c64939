import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { orUsageError, replace } from "./replace.js";

/**
 * Files that are written all together or not at all: each goes to a hidden folder first, and to its place when all are there. What
 * is staged is on the disk, not in memory.
 */
export class Staging {
  readonly #folder: string;
  readonly #staged: { readonly from: string; readonly to: string }[] = [];
  /** The outermost folder that was made for it. */
  #made: string | undefined;

  /** @param out the folder that the files go to, absolute; it is made with the first file */
  constructor(out: string) {
    this.#folder = join(out, `.kdac-import-${randomUUID()}`);
  }

  add(to: string, text: string): void {
    orUsageError(to, () => {
      if (this.#staged.length === 0) this.#made = mkdirSync(this.#folder, { recursive: true });
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
      rmSync(this.#folder, { recursive: true, force: true });
    }
  }

  /** Takes back all that is not in its place yet. */
  discard(): void {
    if (this.#made !== undefined) rmSync(this.#made, { recursive: true, force: true });
  }
}
