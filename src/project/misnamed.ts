import { join } from "node:path";
import { type Diagnostic, report } from "../diagnostics/index.js";
import { parseDocument } from "../yaml/index.js";
import type { Host } from "./host.js";
import { type DeclaredKind, type InvalidFile, invalidFile } from "./invalid-files.js";

/** What tells a kind of file by its content. */
const MARKS: readonly {
  readonly kind: DeclaredKind;
  readonly key: string;
  readonly what: string;
  readonly suffix: string;
}[] = [
  { kind: "rule", key: "rule_id", what: "a rule", suffix: ".rule.yml" },
  { kind: "exceptions", key: "list_id", what: "an exception list", suffix: ".exceptions.yml" },
];

/** A rule or an exception list in a YAML file whose name does not say so; undefined where a file holds neither. */
export function misnamed(
  host: Host,
  root: string,
  file: string,
): { readonly diagnostic: Diagnostic; readonly invalid: InvalidFile } | undefined {
  const text = textOf(host, join(root, file));
  const mark = MARKS.find(({ key }) => new RegExp(`^(["']?)${key}\\1[ \\t]*:`, "m").test(text));
  if (mark === undefined) return undefined;
  const { kind, key, what, suffix } = mark;
  const document = parseDocument(text, file);
  const name = file.slice(file.lastIndexOf("/") + 1);
  const help = `name it ${name.replace(/(?:\.[^.]*)?\.ya?ml$/, "")}${suffix}`;
  return {
    diagnostic: report("project/misnamed-file", { name, what, suffix }, { file }, { help }),
    invalid: invalidFile(kind, file, document, (document.data as Record<string, unknown> | undefined)?.[key]),
  };
}

/** Nothing of a file that cannot be read: its suffix says that kdac has no need of it. */
function textOf(host: Host, path: string): string {
  try {
    return host.read(path) ?? "";
  } catch {
    return "";
  }
}
