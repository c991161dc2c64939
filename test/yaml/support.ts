import { LineIndex, type LocatedDocument, parseDocument } from "../../src/yaml/index.js";
import type { Diagnostic } from "../../src/diagnostics/index.js";

/** A finding as the tables of these tests write it: `line:column code «underlined text»`. */
export function shown(document: LocatedDocument, diagnostic: Diagnostic): string {
  const { start, end } = document.rangeOf(diagnostic.target);
  const { line, column } = new LineIndex(document.text).positionOf(start);
  return `${line}:${column} ${diagnostic.code} «${document.text.slice(start, end)}»`;
}

export function findingsOf(text: string): string[] {
  const document = parseDocument(text, "a.rule.yml");
  return document.diagnostics.map((diagnostic) => shown(document, diagnostic));
}
