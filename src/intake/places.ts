import { posix } from "node:path";
import { stems } from "./file-name.js";
import type { FileKind } from "./model.js";

/** What wants a file of its own. */
export interface Wanted {
  /** From the project's root; empty for the root itself. */
  readonly folder: string;
  readonly name: string;
  readonly id: string | undefined;
  readonly kind: FileKind;
}

/** Hands out paths of which no two are the same, not even where case is ignored. */
export class Places {
  readonly #taken: Set<string>;
  readonly #exists: (path: string) => boolean;

  /**
   * @param taken paths of files that are there, in lower case
   * @param exists whether anything is at a path, a folder for example
   */
  constructor(taken: ReadonlySet<string>, exists: (path: string) => boolean) {
    this.#taken = new Set(taken);
    this.#exists = exists;
  }

  take({ folder, name, id, kind }: Wanted): string {
    for (const stem of stems(name, id ?? "", kind)) {
      const path = posix.join(folder, `${stem}.${kind}.yml`);
      if (this.#taken.has(path.toLowerCase()) || this.#exists(path)) continue;
      this.#taken.add(path.toLowerCase());
      return path;
    }
    // The stems never end.
    throw new Error("unreachable");
  }
}
