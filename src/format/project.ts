import { append } from "../diagnostics/index.js";
import { join, posix } from "node:path";
import { loadAttack } from "../attack/index.js";
import type { Diagnostic } from "../diagnostics/index.js";
import { fileKind } from "../project/file-kind.js";
import type { Host, Project } from "../project/index.js";
import { isInside } from "../project/root.js";
import { formatFile } from "./format.js";
import { type SchemaName, schemaFolder } from "./schema-line.js";

/** What became of one file. */
export interface FormattedFile {
  /** Path from the project's root, with forward slashes. */
  readonly file: string;
  readonly action: "changed" | "refused" | "unchanged";
  readonly before: string;
  readonly after: string;
}

export interface FormattedProject {
  readonly files: readonly FormattedFile[];
  /** Why files were refused, and what could not be read. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Findings of loading that speak of files which should have been formatted. */
const CODES = new Set(["file/unreadable", "project/no-rules", "project/outside"]);

/**
 * Formats the authored files of a project that were asked for: rules, translations, exception lists, value lists, connectors, the configuration
 * and the project's own fields. Nothing is written. Fragments are Markdown, where spaces at line ends have a meaning.
 */
export function formatProject(project: Project, host: Host): FormattedProject {
  const { location, settings } = project;
  const context = { attack: loadAttack(settings.attack), schemas: schemaFolder(host, location.root) };
  const diagnostics = project.diagnostics.filter(
    ({ code, severity, target }) =>
      CODES.has(code) ||
      (code === "project/unknown-file" &&
        severity === "error" &&
        schemaOf(target.file, project) === undefined),
  );
  const files = [...project.documents.values()].flatMap((document): FormattedFile[] => {
    const { file, text: before } = document;
    const schema = schemaOf(file, project);
    if (schema === undefined || !isAsked(file, location)) return [];
    const formatted = formatFile(document, schema, context);
    append(diagnostics, formatted.diagnostics);
    const action =
      formatted.diagnostics.length > 0 ? "refused" : formatted.text === before ? "unchanged" : "changed";
    return [{ file, action, before, after: formatted.text }];
  });
  return { files: files.toSorted((a, b) => (a.file < b.file ? -1 : 1)), diagnostics };
}

/** Kinds of files that their suffix tells, and that have a schema of the same name. */
const SUFFIXED = ["connector", "exceptions", "rule", "translation", "values"] as const satisfies SchemaName[];

/** Which schema a file has; undefined for files that are not ours to format. */
function schemaOf(file: string, { configFile, settings }: Project): SchemaName | undefined {
  if (file === configFile) return "config";
  if (file === posix.normalize(settings.fields.custom)) return "fields";
  const { kind } = fileKind(posix.basename(file));
  return (SUFFIXED as readonly string[]).includes(kind) ? (kind as SchemaName) : undefined;
}

/** Whether a file was asked for by itself: the configuration is part of every run, but is not formatted in every one. */
function isAsked(file: string, { root, paths }: Project["location"]): boolean {
  return paths.length === 0 || paths.some((path) => isInside(path, join(root, file)));
}
