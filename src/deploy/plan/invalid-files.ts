import type { DeclaredKind, InvalidFile } from "../../project/index.js";
import type { Change, Conflict, Kind } from "./types.js";

const KINDS: Readonly<Record<DeclaredKind, Kind>> = {
  rule: "rule",
  exceptions: "exception-list",
  values: "value-list",
  connector: "connector",
};

/**
 * The files of a project that cannot be used. An object that one of them declares, or may declare, is neither written nor deleted:
 * it is a conflict that names the file. The commands stop at such files before they plan; this holds whoever plans.
 */
export class InvalidFiles {
  /** By kind and id. */
  readonly #certain = new Map<string, InvalidFile>();
  /** Files of which nothing tells what they declare, by kind. */
  readonly #possible = new Map<Kind | undefined, InvalidFile>();

  constructor(files: readonly InvalidFile[]) {
    for (const file of files) {
      const kind = file.kind === undefined ? undefined : KINDS[file.kind];
      if (kind !== undefined && file.id !== undefined) this.#certain.set(`${kind}/${file.id}`, file);
      else this.#possible.set(kind, file);
    }
  }

  /**
   * The change, or a conflict in its place where an invalid file declares the object as well.
   *
   * @param list_id of an item: the list that declares it
   */
  refuse(change: Change, list_id?: string): Change {
    const file = this.#certain.get(keyOf(change.kind, change.id, list_id));
    if (file === undefined) return change;
    const { expected: _, write: __, needs: ___, ...rest } = change;
    return { ...rest, file: file.file, action: "conflict", conflict: certain(file) };
  }

  /**
   * Why an object of this project that no usable file wants stays all the same; undefined where there is no such reason.
   *
   * @param list_id of an item: the list whose file would declare it
   */
  holds(
    kind: Kind,
    id: string,
    list_id?: unknown,
  ): { readonly file: string; readonly conflict: Conflict } | undefined {
    const own = this.#certain.get(keyOf(kind, id, list_id));
    if (own !== undefined) return { file: own.file, conflict: certain(own) };
    const other = this.#possible.get(fileKindOf(kind)) ?? this.#possible.get(undefined);
    return other && { file: "", conflict: possible(other, kind) };
  }

  /** Conflicts for the objects of invalid files that are not among the changes of a space. */
  missing(space: string, changes: readonly Change[]): Change[] {
    const planned = new Set(changes.map(({ kind, id }) => `${kind}/${id}`));
    return [...this.#certain]
      .filter(([key]) => !planned.has(key))
      .map(([, file]) => {
        const kind = KINDS[file.kind!];
        const id = file.id!;
        const key = `${kind}/${space}/${id}`;
        const conflict = certain(file);
        return {
          kind, key, id, name: id, file: file.file, diff: [], state: "new", action: "conflict", conflict,
        }; // prettier-ignore
      });
  }
}

/** Items are declared by their list's file. */
const fileKindOf = (kind: Kind): Kind => (kind === "exception-item" ? "exception-list" : kind);

function keyOf(kind: Kind, id: string, list_id: unknown): string {
  return `${fileKindOf(kind)}/${kind === "exception-item" ? String(list_id) : id}`;
}

function certain({ file, cause }: InvalidFile): Conflict {
  const message =
    file === cause ? `its file ${file} is invalid` : `${cause}, which belongs to it, is invalid`;
  return { code: "invalid-file", message, help: helpFor(cause) };
}

function possible({ file, cause }: InvalidFile, kind: Kind): Conflict {
  const message = `no file that can be read wants this ${kind.replace("-", " ")}, but ${file} is invalid and may be its file`;
  return { code: "invalid-file", message, help: helpFor(cause) };
}

const helpFor = (cause: string): string => `fix what kdac validate reports for ${cause}`;
