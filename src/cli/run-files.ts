import { appendFile, mkdir, open, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { RunFiles } from "../deploy/index.js";

/** The files that runs leave behind below `.kdac/` in a project's folder. */
export function runFiles(root: string): RunFiles {
  const at = (path: string): string => join(root, ".kdac", path);
  return {
    async append(path, text) {
      await mkdir(dirname(at(path)), { recursive: true });
      await appendFile(at(path), text);
    },
    async sync(path) {
      const file = await open(at(path), "r+");
      try {
        await file.datasync();
      } finally {
        await file.close();
      }
    },
    async list(folder) {
      try {
        return await readdir(at(folder));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
        throw error;
      }
    },
    read: (path) => readFile(at(path), "utf8"),
  };
}
