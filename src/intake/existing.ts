import { allOf } from "../diagnostics/index.js";
import type { Json } from "../json/index.js";
import { stableJson } from "../rule/stable-json.js";
import { type LocatedDocument, merge } from "../yaml/index.js";
import type { Destination } from "./destination.js";
import type { Findings } from "./findings.js";
import type { FileKind, PlannedFile } from "./model.js";
import { ORDERS, STYLES } from "./text.js";

/** What a finding calls a kind of file. */
const NOUNS: Readonly<Record<FileKind, string>> = {
  rule: "rule",
  exceptions: "exception list",
  connector: "connector",
  values: "value list",
};
/** So many differing fields are named. */
const NAMED = 5;

/** A file that is there, next to what the source says. */
export interface Meeting {
  readonly document: LocatedDocument;
  /** Whether the file has errors, so that nobody can tell what it means. */
  readonly broken: boolean;
  /** The two in a form in which they are the same where they mean the same. */
  readonly theirs: Json;
  readonly ours: Json;
  /** The data that the file would have: what the source says, in the file's own forms where these say the same. */
  readonly merged: (same: (field: string) => boolean) => Json;
}

/** Decides about a file that exists: it is left alone, merged by text edits, or refused with a finding. */
export function meetExisting(
  file: Omit<PlannedFile, "action" | "path" | "text">,
  { document, broken, theirs, ours, merged }: Meeting,
  { out }: Destination,
  force: boolean,
  findings: Findings,
): PlannedFile {
  const { kind, name, origin } = file;
  const planned = { ...file, path: document.file, text: document.text };
  const params = { file: document.file, kind: NOUNS[kind], name };
  if (broken) {
    findings.about(origin, "import/target-broken", params);
    return { ...planned, action: "refused" };
  }
  const isSame = (field: string): boolean => stableJson([theirs[field]]) === stableJson([ours[field]]);
  const different = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].filter(
    (field) => !isSame(field),
  );
  if (different.length === 0) return { ...planned, action: "unchanged" };
  const fields = named(different.filter((field) => !follows(field, different)));
  if (!isBelow(out, document.file)) {
    findings.about(origin, "import/elsewhere", { ...params, fields, out: out || "." });
    return { ...planned, action: "refused" };
  }
  if (!force) {
    const pointer = different.length === 1 ? `/${different[0]!}` : "";
    findings.about(origin, "import/would-overwrite", { ...params, fields }, { pointer });
    return { ...planned, action: "refused" };
  }
  const text = merge(document, merged(isSame), { order: ORDERS[kind], emitOptions: STYLES[kind] });
  return { ...planned, text, action: "update" };
}

/** Whether a file lies in or below a folder; both from the project's root. */
export function isBelow(folder: string, file: string): boolean {
  return folder === "" || file.startsWith(`${folder}/`);
}

/** Whether a field differs because another one does, as far as anybody would want to know: required fields follow from the query. */
function follows(field: string, different: readonly string[]): boolean {
  return field === "required_fields" && different.includes("query");
}

function named(fields: readonly string[]): string {
  if (fields.length > NAMED)
    return `${fields.slice(0, NAMED).join(", ")} and ${fields.length - NAMED} more fields`;
  return allOf(fields);
}
