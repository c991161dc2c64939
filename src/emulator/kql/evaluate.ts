/** Answers a KQL query over one saved object. */
import type { KqlNode, RangeOperator, Term } from "./parse.js";

/** How a field is mapped: `text` is split into words without regard to case, the others are compared whole. */
export interface FieldValues {
  readonly type: "keyword" | "text" | "boolean" | "number" | "date";
  /** Every value of the field; empty where it is absent. */
  readonly values: readonly unknown[];
}

export type Lookup = (field: string) => FieldValues;

/** Every field that a query names; undefined for a value without a field. */
export function fieldsOf(node: KqlNode): (string | undefined)[] {
  switch (node.kind) {
    case "not":
      return fieldsOf(node.node);
    case "and":
    case "or":
      return node.nodes.flatMap(fieldsOf);
    case "is":
    case "range":
      return [node.field];
  }
}

export function matches(node: KqlNode, lookup: Lookup): boolean {
  switch (node.kind) {
    case "and":
      return node.nodes.every((each) => matches(each, lookup));
    case "or":
      return node.nodes.some((each) => matches(each, lookup));
    case "not":
      return !matches(node.node, lookup);
    case "is":
      return node.field === undefined || holds(lookup(node.field), node.value);
    case "range":
      return inRange(lookup(node.field), node.operator, node.value);
  }
}

function holds({ type, values }: FieldValues, term: Term): boolean {
  if (term.pieces?.every((piece) => piece === "") === true) return values.length > 0;
  return values.some((value) => {
    const text = String(value);
    if (type === "text") return textMatches(words(text), term);
    if (term.pieces !== undefined) return hasPieces(text, term.pieces);
    if (type === "number") return Number(text) === Number(term.text);
    if (type === "date") return Date.parse(text) === Date.parse(term.text);
    return text === term.text;
  });
}

/** Whether the text is the pieces in order with anything between them. */
function hasPieces(text: string, pieces: readonly string[]): boolean {
  const first = pieces[0] ?? "";
  const last = pieces.at(-1) ?? "";
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= text.length - last.length;
}

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];

/** An unquoted value matches by any of its words, a quoted one by all of them in a row. */
function textMatches(text: readonly string[], term: Term): boolean {
  if (term.pieces !== undefined) {
    const pieces = term.pieces.map((piece) => piece.toLowerCase());
    return text.some((word) => hasPieces(word, pieces));
  }
  const wanted = words(term.text);
  if (!term.quoted) return wanted.some((word) => text.includes(word));
  return text.some((_, start) => wanted.every((word, i) => text[start + i] === word));
}

const COMPARE: Readonly<Record<RangeOperator, (order: number) => boolean>> = {
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

function inRange({ type, values }: FieldValues, operator: RangeOperator, term: Term): boolean {
  return values.some((value) => {
    const text = String(value);
    const order =
      type === "number"
        ? Number(text) - Number(term.text)
        : type === "date"
          ? Date.parse(text) - Date.parse(term.text)
          : text < term.text
            ? -1
            : Number(text > term.text);
    return COMPARE[operator](order);
  });
}
