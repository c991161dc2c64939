/**
 * What loading a project needs of the outside: files and the environment. Everything below it is a function of
 * values, so tests pass a map of texts (`memoryHost`) and the command line passes the disk (`nodeHost`).
 */
export interface Host {
  /** The entries of a folder, in any order; undefined where there is no such folder. */
  list(folder: string): readonly Entry[] | undefined;
  /** A file's text, or undefined where there is no such file. Throws `Error` when it cannot be read. */
  read(file: string): string | undefined;
  /** The path with every symbolic link followed. */
  real(path: string): string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Entry {
  readonly name: string;
  readonly kind: "file" | "folder" | "other";
  /** Reached through a symbolic link; `kind` is then the target's. */
  readonly link: boolean;
}

/** Whether there is a file, readable or not: a file that cannot be read gets its finding when it is read. */
export function isFile(host: Host, file: string): boolean {
  try {
    return host.read(file) !== undefined;
  } catch {
    return true;
  }
}
