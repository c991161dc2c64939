import type { RunFiles } from "../../src/deploy/journal/files.js";

/** The files of runs in memory, with a disk that can fill up. */
export class MemoryFiles implements RunFiles {
  readonly texts = new Map<string, string>();
  /** What was made sure of: the texts as a power cut would leave them. */
  readonly synced = new Map<string, string>();
  /** Throws where a write is to fail. */
  refuse: (path: string, text: string) => void = () => undefined;

  async append(path: string, text: string): Promise<void> {
    await Promise.resolve();
    this.refuse(path, text);
    this.texts.set(path, (this.texts.get(path) ?? "") + text);
  }

  async write(path: string, pieces: Iterable<string>): Promise<void> {
    await Promise.resolve();
    let text = "";
    for (const piece of pieces) {
      this.refuse(path, piece);
      text += piece;
    }
    this.texts.set(path, text);
    this.synced.set(path, text);
  }

  async sync(path: string): Promise<void> {
    await Promise.resolve();
    this.synced.set(path, this.texts.get(path) ?? "");
  }

  list(folder: string): Promise<string[]> {
    const prefix = folder === "" ? "" : `${folder}/`;
    const below = [...this.texts.keys()].filter((path) => path.startsWith(prefix));
    return Promise.resolve([...new Set(below.map((path) => path.slice(prefix.length).split("/")[0]!))]);
  }

  read(path: string): Promise<string> {
    const text = this.texts.get(path);
    return text === undefined ? Promise.reject(new Error(`there is no ${path}`)) : Promise.resolve(text);
  }
}

/** The disk is full. */
export function diskFull(): never {
  throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
}

/** The counts of an apply that did nothing. */
export const NOTHING = {
  created: 0,
  updated: 0,
  replaced: 0,
  deleted: 0,
  unchanged: 0,
  failed: 0,
  skipped: 0,
} as const;
