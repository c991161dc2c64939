import { dirname, join } from "node:path";
import type { Host } from "../project/index.js";
import { isInside } from "../project/root.js";

/** Finds paths that a symbolic link leads out of the folder that is written to. */
export class Links {
  readonly #folders = new Map<string, boolean>();

  /** @param out absolute; what it is itself a link to counts as inside */
  constructor(
    private readonly host: Host,
    private readonly root: string,
    private readonly out: string,
  ) {}

  /**
   * Whether writing to a path, from the root, would write elsewhere. Of a file that is not there its folder decides, and of a folder
   * that is not there the one above it.
   */
  leadOut(path: string, exists = true): boolean {
    const folder = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
    let outside = this.#folders.get(folder);
    if (outside === undefined) {
      outside = this.#leadsOut(folder);
      this.#folders.set(folder, outside);
    }
    return outside || (exists && this.#leadsOut(path));
  }

  #leadsOut(path: string): boolean {
    const out = this.#real(this.out);
    if (out === undefined) return false;
    for (let at = join(this.root, path); ; at = dirname(at)) {
      const real = this.#real(at);
      if (real !== undefined) return !isInside(out, real) && isInside(this.out, at);
      if (dirname(at) === at) return false;
    }
  }

  /** Undefined for what does not exist. */
  #real(path: string): string | undefined {
    try {
      return this.host.real(path);
    } catch {
      return undefined;
    }
  }
}
