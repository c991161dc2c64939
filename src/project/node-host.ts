import { readdirSync, readFileSync, realpathSync, statSync, type Dirent } from "node:fs";
import { join } from "node:path";
import type { Entry, Host } from "./host.js";

/** The disk as a host. Reads are synchronous: a project is thousands of small files, where promises cost more than they hide. */
export function nodeHost(env: Host["env"]): Host {
  return {
    env,
    list(folder) {
      let entries: Dirent[];
      try {
        entries = readdirSync(folder, { withFileTypes: true });
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
      return entries.map((entry) => toEntry(folder, entry));
    },
    read(file) {
      try {
        return readFileSync(file, "utf8");
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    real: (path) => realpathSync(path),
  };
}

function toEntry(folder: string, entry: Dirent): Entry {
  const link = entry.isSymbolicLink();
  const kindOf = link ? statSync(join(folder, entry.name), { throwIfNoEntry: false }) : entry;
  const kind = kindOf?.isFile() ? "file" : kindOf?.isDirectory() ? "folder" : "other";
  return { name: entry.name, kind, link };
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "ENOENT" || code === "ENOTDIR";
}
