import { posix } from "node:path";
import { append, type Diagnostic, report, toPointer } from "../diagnostics/index.js";
import { check, type ValuesFile } from "../schema/index.js";
import type { LocatedDocument } from "../yaml/index.js";
import { hasInvalid, type InvalidFile, invalidFile } from "./invalid-files.js";
import { prune } from "./prune.js";
import { type Written, readValues } from "./value-findings.js";
import type { ValueList } from "./value-list.js";
import { textDocument, valuesOfText } from "./values-text.js";

/** What the loader found of value lists. */
export interface ValueListFiles {
  /** The `*.values.yml` files, read. */
  readonly declared: readonly LocatedDocument[];
  /** The `*.values.txt` and `*.values.csv` files, from the root. */
  readonly texts: readonly string[];
  /** A text file's content by its path from the root; undefined where it cannot be read, which has its finding then. */
  read(file: string): string | undefined;
}

export interface LoadedValueLists {
  readonly lists: ReadonlyMap<string, ValueList>;
  /** The text files, for the places of findings. */
  readonly documents: readonly LocatedDocument[];
  readonly diagnostics: readonly Diagnostic[];
  readonly invalid: readonly InvalidFile[];
}

/**
 * Reads the value lists of a project: those that YAML declares, with their values in it or in a text file beside it, and the
 * text files that no YAML names, each of which is a list of keywords by itself, with its stem for an id.
 */
export function loadValueLists(files: ValueListFiles): LoadedValueLists {
  const loader = new Loader(files);
  for (const document of files.declared) loader.declared(document);
  for (const file of files.texts) loader.alone(file);
  return loader;
}

class Loader implements LoadedValueLists {
  readonly lists = new Map<string, ValueList>();
  readonly documents: LocatedDocument[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly invalid: InvalidFile[] = [];
  readonly #files: ValueListFiles;
  readonly #named = new Set<string>();

  constructor(files: ValueListFiles) {
    this.#files = files;
  }

  declared(document: LocatedDocument): void {
    const { file, data } = document;
    if (typeof data !== "object" || data === null) {
      this.invalid.push(invalidFile("values", file));
      return;
    }
    const findings = check("values", document);
    append(this.diagnostics, findings);
    const { kept } = prune(data as Record<string, unknown>, findings);
    const {
      id,
      name,
      description,
      type = "keyword",
      values,
      file: beside,
    } = kept as Partial<ValuesFile & { file: string; values: unknown[] }>;
    const text = beside === undefined ? undefined : this.#beside(document, beside);
    if (typeof id !== "string") {
      this.invalid.push(invalidFile("values", file));
      return;
    }
    const written: Written | undefined =
      text ??
      (Array.isArray(values)
        ? { values, type, form: "yaml", at: (i) => ({ file, pointer: toPointer(["values", i]) }) }
        : undefined);
    const read = written === undefined ? { values: [], diagnostics: [] } : readValues({ ...written, type });
    append(this.diagnostics, read.diagnostics);
    const broken =
      written === undefined || hasInvalid([...document.diagnostics, ...findings, ...read.diagnostics]);
    this.#add({
      file,
      document,
      id,
      name: name ?? id,
      description: description ?? name ?? id,
      type,
      values: read.values,
      broken,
    });
  }

  /** A text file that is a list by itself. */
  alone(file: string): void {
    if (this.#named.has(file)) return;
    const written = this.#text(file);
    if (written === undefined) {
      this.invalid.push(invalidFile("values", file));
      return;
    }
    const id = posix.basename(file).replace(/\.values\.(?:txt|csv)$/, "");
    const { values, diagnostics } = readValues(written);
    append(this.diagnostics, diagnostics);
    const document = this.documents.at(-1)!;
    const broken = hasInvalid(diagnostics);
    this.#add({ file, document, id, name: id, description: id, type: "keyword", values, broken });
  }

  #beside(document: LocatedDocument, beside: string): Written | undefined {
    const target = { file: document.file, pointer: "/file" };
    const file = posix.join(posix.dirname(document.file), beside);
    if (posix.isAbsolute(beside) || beside.includes("\\") || file.startsWith("../")) {
      this.diagnostics.push(report("project/outside", { path: beside }, target));
      return undefined;
    }
    this.#named.add(file);
    const written = this.#text(file);
    if (written === undefined) this.diagnostics.push(report("value-list/missing-file", { file }, target));
    return written;
  }

  #text(file: string): Written | undefined {
    const text = this.#files.read(file);
    if (text === undefined) return undefined;
    this.documents.push(textDocument(text, file));
    const { values, starts } = valuesOfText(text);
    const at = (i: number) => ({
      file,
      range: { start: starts[i] ?? 0, end: (starts[i] ?? 0) + (values[i]?.length ?? 0) },
    });
    return { values, type: "keyword", form: file.endsWith(".csv") ? "csv" : "txt", at };
  }

  #add(list: ValueList): void {
    const first = this.lists.get(list.id);
    if (list.broken || first !== undefined)
      this.invalid.push(invalidFile("values", list.file, list.document, list.id));
    if (first === undefined) {
      this.lists.set(list.id, list);
      return;
    }
    const placeOf = ({ file, document }: ValueList) =>
      document.data === undefined ? { file } : { file, pointer: "/id" };
    const related = [{ message: "first declared here", target: placeOf(first) }];
    const params = { what: "value list", name: list.id };
    this.diagnostics.push(report("project/duplicate-declaration", params, placeOf(list), { related }));
  }
}
