import type { DeclaredKind, InvalidFile, Project } from "../project/index.js";

/** The files of a project into which nothing can be pulled, because they are invalid. */
export class InvalidTargets {
  readonly #files: readonly InvalidFile[];

  /** What the configuration says is a matter of its own: without it there is nothing to pull from. */
  constructor({ invalid, configFile }: Pick<Project, "configFile" | "invalid">) {
    this.#files = invalid.filter(({ file }) => file !== configFile);
  }

  /** The file of an object: the one that declares it, else one that may, since nothing tells what it declares. */
  of(kind: DeclaredKind, id: string): InvalidFile | undefined {
    return (
      this.#files.find((file) => file.kind === kind && file.id === id) ??
      this.#files.find((file) => file.id === undefined && (file.kind === undefined || file.kind === kind))
    );
  }
}
