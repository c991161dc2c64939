import vocabulary from "../../../schemas/vocabulary/tags.json" with { type: "json" };
import type { TAG_PREFIXES } from "../../rule/index.js";
import type { TagVocabulary } from "../../schema/index.js";

export type TagKind = keyof typeof TAG_PREFIXES;

const SHIPPED: Readonly<Partial<Record<TagKind, readonly string[]>>> = vocabulary.tags;

const cache = new WeakMap<TagVocabulary, Map<TagKind, ReadonlySet<string>>>();

/**
 * The values that a kind of tag may have: those that ship with kdac and those that the project adds. Undefined where any will do:
 * a named threat is new every week, and tags without a prefix are the project's own.
 */
export function knownTags(kind: TagKind, added: TagVocabulary): ReadonlySet<string> | undefined {
  const values = SHIPPED[kind];
  if (values === undefined) return undefined;
  const known = cache.get(added) ?? new Map<TagKind, ReadonlySet<string>>();
  cache.set(added, known);
  const made = known.get(kind) ?? new Set([...values, ...(added[kind] ?? [])]);
  known.set(kind, made);
  return made;
}
