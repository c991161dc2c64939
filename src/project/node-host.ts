import { isUtf8 } from "node:buffer";
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
        return textOf(readFileSync(file));
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

/** Decoding would replace what is not UTF-8, and the file's author would never know. */
function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new Error("it is not UTF-8 text; save it in that encoding");
  return bytes.toString("utf8");
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "ENOENT" || code === "ENOTDIR";
}
