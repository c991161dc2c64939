import type { AttackVocabulary } from "../attack/index.js";
import { type Diagnostic, report } from "../diagnostics/index.js";
import { type LocatedDocument, parseDocument } from "../yaml/index.js";
import { nameTechniques } from "./attack-names.js";
import { innerInOrder, inOrder } from "./key-order.js";
import { lineBreakOf, withPlainLineBreaks } from "./line-breaks.js";
import { difference } from "./same-meaning.js";
import { withSchemaLine } from "./schema-comment.js";
import { type SchemaName, schemaLine } from "./schema-line.js";
import { tidyWhiteSpace } from "./white-space.js";

/** What formatting needs to know of the project. */
export interface FormatContext {
  readonly attack: AttackVocabulary;
  /** The folder of the schemas, from the project's root; undefined where files get no line that names their schema. */
  readonly schemas: string | undefined;
}

/** A file's text in the canonical style. */
export interface Formatted {
  /** The text as it was, where the file cannot be formatted. */
  readonly text: string;
  /** Why it cannot be; empty where it can. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Formats one file: keys in canonical order, names of ATT&CK behind their ids, the schema's line at the top, white space. Comments,
 * quotes, and how values are laid out stay the author's. What the file means stays the same, and formatting twice changes nothing
 * more. Files with errors in their YAML are left as they are.
 */
export function formatFile(document: LocatedDocument, schema: SchemaName, context: FormatContext): Formatted {
  const errors = document.diagnostics.filter(({ severity }) => severity === "error");
  if (document.data === undefined || errors.length > 0) return { text: document.text, diagnostics: errors };
  const { file } = document;
  const attack = schema === "rule" ? context.attack : undefined;
  const line = context.schemas === undefined ? undefined : schemaLine(file, context.schemas, schema);
  const steps: readonly ((at: LocatedDocument) => string)[] = [
    (at) => withPlainLineBreaks(at.text),
    (at) => (attack === undefined ? at.text : nameTechniques(at, attack)),
    (at) => innerInOrder(at, schema),
    (at) => inOrder(at, schema),
    (at) => withSchemaLine(at.text, line),
    tidyWhiteSpace,
  ];
  const after = steps.reduce((at, step) => changed(at, step(at)), document);
  const reason = after === document ? undefined : difference(document, after, attack);
  if (reason !== undefined)
    return { text: document.text, diagnostics: [report("format/meaning-at-risk", { reason }, { file })] };
  const lineBreak = lineBreakOf(document.text);
  return { text: lineBreak === "\n" ? after.text : after.text.replaceAll("\n", lineBreak), diagnostics: [] };
}

/** The document with another text; read again only where it is another. */
function changed(document: LocatedDocument, text: string): LocatedDocument {
  return text === document.text ? document : parseDocument(text, document.file);
}
