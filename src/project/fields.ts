import { parseJson } from "../json/index.js";
import { join, relative, sep } from "node:path";
import { append, type Diagnostic, report, type Target } from "../diagnostics/index.js";
import { type CustomFields, FieldCatalog, type Lock } from "../fields/index.js";
import { check, conforms, type FieldsLock, type ProjectConfig } from "../schema/index.js";
import { type LocatedDocument, parseDocument } from "../yaml/index.js";
import { readCustomFields } from "./custom-fields.js";
import { type Host, isFile } from "./host.js";
import type { ProjectFields } from "./project.js";
import { isInside } from "./root.js";
import type { Settings } from "./settings.js";

/** What the fields of a project are read from. */
export interface FieldsInput {
  readonly host: Host;
  readonly root: string;
  readonly settings: Settings;
  readonly config: Partial<ProjectConfig>;
  readonly configFile: string | undefined;
}

/** The fields of a project, and what was found on the way to them. */
export interface LoadedFields {
  readonly fields: ProjectFields;
  /** The files that were looked for, from the root. */
  readonly files: readonly string[];
  readonly documents: readonly LocatedDocument[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the project's own fields and the lock. Both may be missing, unless the configuration names them. A lock that is
 * broken counts for nothing; of the project's own fields those count that are right.
 */
export function loadFields(input: FieldsInput): LoadedFields {
  return new Loader(input).load(input.settings.fields);
}

class Loader {
  readonly #input: FieldsInput;
  readonly #documents: LocatedDocument[] = [];
  readonly #diagnostics: Diagnostic[] = [];

  constructor(input: FieldsInput) {
    this.#input = input;
  }

  load(named: Settings["fields"]): LoadedFields {
    const { root } = this.#input;
    const [custom, lock] = [named.custom, named.lock].map((file) =>
      relative(root, join(root, file)).split(sep).join("/"),
    ) as [string, string];
    const catalog = new FieldCatalog({ custom: this.#custom(custom), lock: this.#lock(lock) });
    return {
      fields: { for: (index, dataView = false) => catalog.for(dataView ? undefined : index) },
      files: [custom, lock],
      documents: this.#documents,
      diagnostics: this.#diagnostics,
    };
  }

  #custom(file: string): CustomFields | undefined {
    const text = this.#text(file, "custom");
    if (text === undefined) return undefined;
    const { custom, diagnostics } = readCustomFields(this.#document(text, file));
    append(this.#diagnostics, diagnostics);
    return custom;
  }

  /** A lock is long and written by kdac, so that it is read as YAML only where there is something to report. */
  #lock(file: string): Lock | undefined {
    const text = this.#text(file, "lock");
    if (text === undefined) return undefined;
    const data = parseJson(text);
    if (conforms("lock", data)) return data as FieldsLock;
    const document = this.#document(text, file);
    const findings = check("lock", document);
    append(this.#diagnostics, findings);
    return conforms("lock", document.data) ? (document.data as FieldsLock) : undefined;
  }

  #document(text: string, file: string): LocatedDocument {
    const document = parseDocument(text, file);
    this.#documents.push(document);
    append(this.#diagnostics, document.diagnostics);
    return document;
  }

  /** A file's text; undefined where there is none, with a finding where the configuration names the file or it may not be read. */
  #text(file: string, key: "custom" | "lock"): string | undefined {
    const { host, root, config, configFile } = this.#input;
    const isNamed = config.fields?.[key] !== undefined;
    const target: Target =
      isNamed && configFile !== undefined ? { file: configFile, pointer: `/fields/${key}` } : { file };
    const path = join(root, file);
    if (!isInside(root, path)) {
      this.#diagnostics.push(report("project/outside", { path: file }, target));
      return undefined;
    }
    if (!isFile(host, path)) {
      const reason = "there is no such file";
      if (isNamed) this.#diagnostics.push(report("file/unreadable", { file, reason }, target));
      return undefined;
    }
    if (!isInside(host.real(root), host.real(path))) {
      this.#diagnostics.push(report("project/outside", { path: file }, target));
      return undefined;
    }
    try {
      return host.read(path);
    } catch (error) {
      const { message: reason } = error as Error;
      this.#diagnostics.push(report("file/unreadable", { file, reason }, target));
      return undefined;
    }
  }
}
