import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isJson, parseJson } from "../json/index.js";
import { writeFiles } from "./write-files.js";

/** What an earlier pull left in a file: the space that it came from, and a hash of the whole text. */
type Entries = Readonly<Record<string, { readonly from: string; readonly sha256: string }>>;

/**
 * The files that pulls wrote and that say what a space has, nothing more. As long as such a file is as its pull left it, nobody's work
 * is in it, so what Kibana has now may replace it although none of it was applied. It is kept in `.kdac/`, which git ignores: elsewhere
 * a pull asks for `--force`.
 */
export class PulledFiles {
  readonly #root: string;
  readonly #from: string;
  readonly #entries: Entries;

  constructor(root: string, environment: string, space: string) {
    this.#root = root;
    this.#from = `${environment}/${space}`;
    this.#entries = read(join(root, PATH));
  }

  /** Whether a file is as a pull from this space left it. */
  has(file: string): boolean {
    const entry = Object.hasOwn(this.#entries, file) ? this.#entries[file] : undefined;
    if (entry?.from !== this.#from) return false;
    try {
      return entry.sha256 === hashOf(readFileSync(join(this.#root, file), "utf8"));
    } catch {
      return false;
    }
  }

  /** Notes the files that a pull wrote, those among them that say what the space has. */
  note(
    files: readonly { readonly path: string; readonly text: string }[],
    faithful: ReadonlySet<string>,
  ): void {
    if (files.length === 0) return;
    const entries = new Map(Object.entries(this.#entries));
    for (const { path, text } of files)
      if (faithful.has(path)) entries.set(path, { from: this.#from, sha256: hashOf(text) });
      else entries.delete(path);
    const text = `${JSON.stringify({ version: 1, files: Object.fromEntries(entries) }, null, 2)}\n`;
    writeFiles([{ path: join(this.#root, PATH), text }]);
  }
}

const PATH = join(".kdac", "pulled.json");

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Nothing where there is no such file, or one that somebody changed: then every file counts as edited. */
function read(path: string): Entries {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return {};
  }
  const data = parseJson(text);
  return isJson(data) && data["version"] === 1 && isJson(data["files"]) ? (data["files"] as Entries) : {};
}
