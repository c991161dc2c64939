import { MAX_DEPTH } from "../core/index.js";
import type { Interval, Piece } from "../match/index.js";
import type { Clause, FieldName, Leaf, Term } from "./ast.js";

/** What a leaf asks of a field, as Elasticsearch reads it. */
export type Condition =
  | { readonly kind: "everything" }
  /** Any value of a field; `name` may have wildcards. */
  | { readonly kind: "exists"; readonly name: string }
  /** Text that goes through the analysis of the field: words on a text field, the whole value on others. */
  | { readonly kind: "words"; readonly text: string }
  | { readonly kind: "phrase"; readonly text: string; readonly slop: number }
  | { readonly kind: "fuzzy"; readonly text: string; readonly edits: number }
  | { readonly kind: "wildcard"; readonly pieces: readonly Piece[] }
  | { readonly kind: "regexp"; readonly pattern: string }
  | Range;

export interface Range extends Interval {
  readonly kind: "range";
}

/** The name that asks whether the field that follows has a value. */
const EXISTS = "_exists_";

/** What a leaf means on a field; undefined is all fields. */
export function conditionOf(leaf: Leaf, field: string | undefined): Condition {
  if (field === EXISTS) return { kind: "exists", name: textOf(leaf) };
  switch (leaf.kind) {
    case "term":
      if (leaf.tilde !== undefined) {
        const text = textOf(leaf);
        return { kind: "fuzzy", text, edits: editsOf(leaf.tilde, text) };
      }
      return comparisonOf(leaf) ?? { kind: "words", text: textOf(leaf) };
    case "sign":
      return { kind: "words", text: leaf.sign };
    case "phrase":
      return { kind: "phrase", text: leaf.text, slop: Math.trunc(Number(leaf.tilde ?? 0)) };
    case "wildcard":
      return isAny(leaf.pieces) ? anyValue(field) : { kind: "wildcard", pieces: leaf.pieces };
    case "regexp":
      return { kind: "regexp", pattern: leaf.pattern };
    case "range": {
      const low = leaf.low.text === "*" ? undefined : leaf.low.text;
      const high = leaf.high.text === "*" ? undefined : leaf.high.text;
      if (low === undefined && high === undefined) return anyValue(field);
      return { kind: "range", low, high, includesLow: leaf.includesLow, includesHigh: leaf.includesHigh };
    }
  }
}

function anyValue(field: string | undefined): Condition {
  return field === undefined || field === "*" ? { kind: "everything" } : { kind: "exists", name: field };
}

function isAny(pieces: readonly Piece[]): boolean {
  const [piece] = pieces;
  return pieces.length === 1 && typeof piece === "object" && "any" in piece;
}

function textOf(leaf: Leaf): string {
  switch (leaf.kind) {
    case "term":
      return wordsOf(leaf);
    case "phrase":
      return leaf.text;
    case "wildcard":
      return leaf.pieces
        .map((piece) => (typeof piece === "string" ? piece : "any" in piece ? "*" : "?"))
        .join("");
    default:
      return "";
  }
}

/** The words of a term as the one text that they are. */
export function wordsOf({ words }: Pick<Term, "words">): string {
  return words.length === 1 ? words[0]!.text : words.map(({ text }) => text).join(" ");
}

/** `>5`, `<=5`: Elasticsearch reads the signs from the text, where there is more than a sign. */
export function comparisonOf(term: Pick<Term, "words">): Range | undefined {
  const text = wordsOf(term);
  const [sign] = text;
  if (text.length < 2 || (sign !== ">" && sign !== "<")) return undefined;
  const inclusive = text.length > 2 && text[1] === "=";
  const bound = text.slice(inclusive ? 2 : 1);
  return sign === ">"
    ? { kind: "range", low: bound, high: undefined, includesLow: inclusive, includesHigh: true }
    : { kind: "range", low: undefined, high: bound, includesLow: true, includesHigh: inclusive };
}

/** The edits that `~` allows. Without a number the length decides (AUTO); below 1 it is a similarity, as in Lucene 3. */
function editsOf(tilde: string, text: string): number {
  const { length } = [...text];
  if (tilde === "") return length < 3 ? 0 : length < 6 ? 1 : 2;
  const number = Number(tilde);
  const edits = number > 0 && number < 1 ? Math.floor((1 - number) * length) : Math.trunc(number);
  return Math.min(edits, 2);
}

/** Visits each leaf with the field that it looks in: its own, or that of the nearest group around it. */
export function eachLeaf(
  clauses: readonly Clause[],
  visit: (leaf: Leaf, field: FieldName | undefined) => void,
  field?: FieldName,
  depth = 0,
): void {
  if (depth > MAX_DEPTH) return;
  for (const { node } of clauses) {
    if (node.kind === "group") eachLeaf(node.clauses, visit, node.field ?? field, depth + 1);
    else if (node.kind !== "error") visit(node, node.field ?? field);
  }
}
