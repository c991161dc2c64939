import { type Diagnostic, report } from "../../src/diagnostics/index.js";
import type { ReportInput } from "../../src/report/index.js";
import { type LocatedDocument, parseDocument } from "../../src/yaml/index.js";

/** Parses files and reports what is wrong with them, together with further findings. */
export function inputOf(
  files: Readonly<Record<string, string>>,
  ...more: readonly Diagnostic[]
): ReportInput {
  const documents = new Map<string, LocatedDocument>(
    Object.entries(files).map(([file, text]) => [file, parseDocument(text, file)]),
  );
  const found = [...documents.values()].flatMap((document) => document.diagnostics);
  return { diagnostics: [...found, ...more], documents, rules: documents.size };
}

/** A warning with a text of one's own. */
export function warning(where: string, target: Diagnostic["target"]): Diagnostic {
  const { help: _, ...found } = report("project/no-rules", { where }, target);
  return found;
}
