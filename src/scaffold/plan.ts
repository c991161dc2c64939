import type { RepositoryFile } from "./repository/index.js";

/** What happens to one file of a new project. */
export interface PlannedFile {
  readonly path: string;
  /** `conflict`: another file is there, and it would have to be overwritten. */
  readonly action: "conflict" | "create" | "extend" | "keep" | "overwrite";
  /** The file's text afterwards; undefined where it stays as it is. */
  readonly text?: string;
}

/**
 * What becomes of each file, given what is there. Nothing that is there is overwritten without `force`; what can take additions
 * (`.gitignore`, `package.json`) gets them, and a README stays.
 *
 * @param read the text of a file, undefined where there is none
 */
export function planRepository(
  files: readonly RepositoryFile[],
  read: (path: string) => string | undefined,
  force = false,
): PlannedFile[] {
  return files.map(({ path, text, join }): PlannedFile => {
    const there = read(path);
    if (there === undefined) return { path, action: "create", text };
    if (there === text) return { path, action: "keep" };
    const joined = join?.(there);
    if (joined === there) return { path, action: "keep" };
    if (joined !== undefined) return { path, action: "extend", text: joined };
    return force ? { path, action: "overwrite", text } : { path, action: "conflict" };
  });
}
