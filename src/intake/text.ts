import type { Json } from "../json/index.js";
import { CONNECTOR_ORDER, LIST_ORDER, RULE_ORDER } from "../rule/decompile/index.js";
import { emit, type EmitOptions } from "../yaml/index.js";
import type { FileKind } from "./model.js";

const VALUES_ORDER = ["id", "name", "description", "type", "file", "values"];

/** The order of the outermost keys of a file. */
export const ORDERS: Readonly<Record<FileKind, readonly string[]>> = {
  rule: RULE_ORDER,
  exceptions: LIST_ORDER,
  connector: CONNECTOR_ORDER,
  values: VALUES_ORDER,
};

/** How files are laid out: as the rules of this repository are. */
export const STYLES: Readonly<Record<FileKind, EmitOptions>> = {
  rule: {
    literal: new Set(["query", "threat_query"]),
    flow: new Set([
      "cardinality", "duration", "entries", "exceptions", "frequency", "providers", "related_integrations",
      "required_fields", "risk_score_mapping", "severity_mapping",
    ]),
  },
  exceptions: {},
  connector: {},
  values: {},
}; // prettier-ignore

/**
 * The text of a new file.
 *
 * @param comment what stands behind `stack`, where the source gives the reason for it
 */
export function fileText(kind: FileKind, authored: Json, schemaLine: string, comment?: string): string {
  const text = emit(authored, { ...STYLES[kind], header: schemaLine });
  if (comment === undefined || comment.trim() === "") return text;
  // Of all lines only those of outermost keys begin without a space.
  const oneLine = comment.replace(/[\s\p{C}]+/gu, " ").trim();
  return text.replace(/^stack: .*$/m, (line) => `${line} # ${oneLine}`);
}
