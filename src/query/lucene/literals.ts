import { type Fields, isKeyword } from "../../fields/index.js";
import { parseCidr, toNumber } from "../match/index.js";
import type { Clause, Node, Query } from "./ast.js";
import { conditionOf } from "./condition.js";
import { fieldOf, parentOf } from "./source.js";

/** What must hold of each event that matches: one of the field's values, as a text, is one of these. */
export interface RequiredLiterals {
  readonly field: string;
  readonly values: readonly string[];
  /** Whether case does not count. */
  readonly insensitive: boolean;
}

/**
 * Values that each matching event has, to sort out others cheaply. Only what is certain is there: whole values of
 * keyword fields, and of fields of unknown type where the value is no number. Each of the conditions holds by itself.
 */
export function requiredLiterals({ clauses }: Query, fields?: Fields): RequiredLiterals[] {
  return ofLevel(clauses, undefined, fields);
}

function ofLevel(
  clauses: readonly Clause[],
  field: string | undefined,
  fields: Fields | undefined,
): RequiredLiterals[] {
  const required = clauses.filter(({ occur }) => occur === "must");
  if (required.length > 0) return required.flatMap(({ node }) => ofNode(node, field, fields));
  const either = clauses.filter(({ occur }) => occur === "should");
  return either.length === 0 ? [] : union(either.map(({ node }) => ofNode(node, field, fields)));
}

/** What each of several needs, where all of them need something of the same field. */
function union(choices: readonly (readonly RequiredLiterals[])[]): RequiredLiterals[] {
  const [first = [], ...others] = choices;
  return first.flatMap(({ field, values }) => {
    const all = new Set(values);
    for (const other of others) {
      const same = other.find((one) => one.field === field);
      if (same === undefined) return [];
      for (const value of same.values) all.add(value);
    }
    return [{ field, values: [...all], insensitive: false }];
  });
}

function ofNode(node: Node, field: string | undefined, fields: Fields | undefined): RequiredLiterals[] {
  if (node.kind === "error") return [];
  const name = node.field?.name ?? field;
  if (node.kind === "group") return ofLevel(node.clauses, name, fields);
  if (name === undefined || name.includes("*")) return [];
  const condition = conditionOf(node, name);
  if (condition.kind !== "words" && condition.kind !== "phrase") return [];
  const { text } = condition;
  if (parentOf(fields, name) !== undefined) return [];
  const info = fieldOf(fields, name);
  const isExact =
    info === undefined
      ? toNumber(text) === undefined && parseCidr(text) === undefined
      : isKeyword(info.type) && info.type !== "flattened";
  return isExact ? [{ field: name, values: [text], insensitive: false }] : [];
}
