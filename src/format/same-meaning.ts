import { isDeepStrictEqual } from "node:util";
import type { AttackVocabulary } from "../attack/index.js";
import type { LocatedDocument } from "../yaml/index.js";
import { namedAttack } from "./attack-names.js";
import { schemaNamed } from "./schema-line.js";

/**
 * Why two texts of one file do not mean the same; undefined where they do: the same values, tactics in the same order, and the same
 * comments. The order of keys means nothing elsewhere, names behind the ids of ATT&CK are not compared.
 */
export function difference(
  before: LocatedDocument,
  after: LocatedDocument,
  vocabulary: AttackVocabulary | undefined,
): string | undefined {
  if (after.data === undefined || after.diagnostics.some(({ severity }) => severity === "error"))
    return "the result would not be readable";
  if (!isDeepStrictEqual(meaning(before.data, vocabulary), meaning(after.data, vocabulary)))
    return "a value would change";
  return isDeepStrictEqual(comments(before), comments(after)) ? undefined : "a comment would be lost";
}

function meaning(data: unknown, vocabulary: AttackVocabulary | undefined): unknown {
  if (vocabulary === undefined) return data;
  const named = namedAttack(data, vocabulary);
  return named.length === 0 ? data : { ...(data as object), attack: named };
}

/** All comments but the schema line. */
function comments(document: LocatedDocument): string[] {
  return document
    .comments()
    .map(({ start, end }) => document.text.slice(start, end).trimEnd())
    .filter((comment) => schemaNamed(comment) === undefined)
    .toSorted();
}
