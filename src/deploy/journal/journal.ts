import type { Change } from "../plan/types.js";
import type { Ended, Entry, Finished, Started } from "./entries.js";
import { type RunFiles, type RunFilesError, writeSurely } from "./files.js";

/**
 * The journal of one apply, written while it runs, so that one that was cut off can be told from one that ended, and says
 * which changes it had begun. An intent is on the disk before its request goes. Lines that come while the disk is busy
 * are written together. When the disk refuses, no further intent is taken.
 */
export class Journal {
  readonly #files: RunFiles;
  readonly #path: string;
  #waiting: string[] = [];
  /** The write that is under way, and the one that will take the lines waiting now. */
  #writing: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #broken: RunFilesError | undefined;

  private constructor(files: RunFiles, path: string) {
    this.#files = files;
    this.#path = path;
  }

  /** Begins a journal. @throws RunFilesError when it cannot be written */
  static async begin(files: RunFiles, name: string, started: Started): Promise<Journal> {
    const journal = new Journal(files, `journal/${name}.ndjson`);
    await journal.#add(started);
    return journal;
  }

  /** Resolves when the intent is on the disk. @throws RunFilesError: the change must not be made then */
  async intent(space: string, { key, action, kind, id, name }: Change): Promise<void> {
    await this.#add({ event: "intent", space, key, action, kind, id, name });
  }

  /** Notes what became of a change; nothing waits for it, and what cannot be noted shows as undecided. */
  outcome(key: string, outcome: Ended["outcome"], reason?: string): void {
    const entry: Ended = { event: "outcome", key, outcome, ...(reason === undefined ? {} : { reason }) };
    this.#add(entry).catch(() => undefined);
  }

  /** Ends the journal. Where it cannot be written it stays unfinished, which the next apply says. */
  async finish(entry: Finished): Promise<void> {
    await this.#add(entry).catch(() => undefined);
  }

  #add(entry: Entry): Promise<void> {
    if (this.#broken !== undefined) return Promise.reject(this.#broken);
    this.#waiting.push(`${JSON.stringify(entry)}\n`);
    this.#next ??= this.#after(this.#writing);
    return this.#next;
  }

  async #after(before: Promise<void> | undefined): Promise<void> {
    await before?.catch(() => undefined);
    const text = this.#waiting.join("");
    this.#waiting = [];
    this.#writing = this.#next;
    this.#next = undefined;
    if (this.#broken !== undefined) throw this.#broken;
    try {
      await writeSurely(this.#files, this.#path, text);
    } catch (error) {
      this.#broken ??= error as RunFilesError;
      throw error;
    }
  }
}
