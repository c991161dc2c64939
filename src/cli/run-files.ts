import { randomUUID } from "node:crypto";
import { chmod, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { RunFiles } from "../deploy/index.js";
import { beginPart, endPart } from "./parts.js";

/** What is in Kibana is for those who may read it there: nobody else on this machine may read what runs leave behind. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** The files that runs leave behind below `.kdac/` in a project's folder. */
export function runFiles(root: string): RunFiles {
  const at = (path: string): string => join(root, ".kdac", path);
  const made = new Set<string>();
  const makeFolder = async (folder: string): Promise<void> => {
    if (made.has(folder)) return;
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
    // Folders that were there, perhaps of an older kdac, are closed too.
    let below = join(root, ".kdac");
    await chmod(below, FOLDER_MODE);
    for (const name of relative(below, folder)
      .split(sep)
      .filter((part) => part !== "")) {
      below = join(below, name);
      await chmod(below, FOLDER_MODE);
    }
    made.add(folder);
  };
  return {
    async append(path, text) {
      await makeFolder(dirname(at(path)));
      const file = await open(at(path), "a", FILE_MODE);
      try {
        await file.chmod(FILE_MODE);
        await file.appendFile(text);
      } finally {
        await file.close();
      }
    },
    async write(path, pieces) {
      const place = at(path);
      await makeFolder(dirname(place));
      const part = `${place}.${randomUUID()}.part`;
      beginPart(part);
      try {
        const file = await open(part, "wx", FILE_MODE);
        try {
          for (const piece of pieces) await file.appendFile(piece);
          await file.datasync();
        } finally {
          await file.close();
        }
        await rename(part, place);
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      } finally {
        endPart(part);
      }
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
