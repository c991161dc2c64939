import type { Piece } from "../match/index.js";
import type { Bound, Clause, Leaf, Node, Query } from "./ast.js";
import { escapeBound, escapePart, escapePhrase, escapeWord } from "./escapes.js";

/**
 * The query in its canonical form: one line, operators in words, one blank between conditions. Brackets stay, since
 * they decide what a condition counts. What could not be read is left out.
 */
export function print({ clauses }: Query): string {
  return printClauses(clauses);
}

function printClauses(clauses: readonly Clause[]): string {
  let text = "";
  let separator = "";
  for (const { conjunction, modifier, node } of clauses) {
    text += separator;
    if (conjunction !== undefined) text += conjunction === "and" ? "AND " : "OR ";
    if (modifier !== undefined) text += modifier === "NOT" ? "NOT " : modifier;
    text += printNode(node);
    separator = endsWithBlank(node) ? "" : " ";
  }
  return text;
}

/** A sign ends with the blank that makes it a text. */
function endsWithBlank(node: Node): boolean {
  return node.kind === "sign" && node.tilde === undefined && node.boost === undefined;
}

/** One condition or group, without the operators before it. */
export function printNode(node: Node): string {
  if (node.kind === "error") return "";
  const field =
    node.field === undefined ? "" : `${node.field.name === "*" ? "*" : escapeWord(node.field.name)}:`;
  const boost = node.boost === undefined ? "" : `^${node.boost}`;
  if (node.kind === "group") return `${field}(${printClauses(node.clauses)})${boost}`;
  const tilde = "tilde" in node && node.tilde !== undefined ? `~${node.tilde}` : "";
  return field + printAtom(node) + tilde + boost;
}

function printAtom(node: Leaf): string {
  switch (node.kind) {
    case "term":
      return node.words.map(({ text }) => escapeWord(text)).join(" ");
    case "sign":
      return `${node.sign} `;
    case "phrase":
      return escapePhrase(node.text);
    case "wildcard":
      return printPieces(node.pieces);
    case "regexp":
      return `/${node.pattern}/`;
    case "range": {
      const [open, close] = [node.includesLow ? "[" : "{", node.includesHigh ? "]" : "}"];
      return `${open}${printBound(node.low)} TO ${printBound(node.high)}${close}`;
    }
  }
}

function printPieces(pieces: readonly Piece[]): string {
  let text = "";
  for (const piece of pieces)
    text += typeof piece !== "string" ? ("any" in piece ? "*" : "?") : escapePart(piece, text === "");
  return text;
}

function printBound({ text, quoted }: Bound): string {
  return quoted ? escapePhrase(text) : escapeBound(text);
}
