import type { AuthoredTags, TypedTags } from "../../schema/index.js";
import { compileTags, GUIDE_TAG, TACTIC_PREFIX, TAG_PREFIXES, type TagFacts } from "../tags.js";

type Kind = keyof TypedTags;

/** Kinds that have a prefix, in the order in which tags are written. */
const KINDS = (Object.entries(TAG_PREFIXES) as [Kind, string][]).filter(([, prefix]) => prefix !== "");

/** Tags by kind where these compile to the same list; otherwise the list. */
export function decompileTags(tags: readonly string[], facts: TagFacts): AuthoredTags {
  const byKind = new Map<Kind, string[]>();
  for (const tag of tags) {
    if (tag.startsWith(TACTIC_PREFIX)) {
      if (facts.tactics.includes(tag.slice(TACTIC_PREFIX.length))) continue;
      return [...tags];
    }
    if (tag === GUIDE_TAG && facts.hasGuide) continue;
    const [kind, prefix] = KINDS.find(([, start]) => tag.startsWith(start)) ?? (["other", ""] as const);
    const value = tag.slice(prefix.length);
    if (value.trim() !== value || value === "") return [...tags];
    byKind.set(kind, [...(byKind.get(kind) ?? []), value]);
  }
  // Without a kind there is nothing that the map would say better.
  if (!KINDS.some(([kind]) => byKind.has(kind))) return [...tags];
  const typed = Object.fromEntries(
    (Object.keys(TAG_PREFIXES) as Kind[]).flatMap((kind) => {
      const values = byKind.get(kind);
      return values === undefined ? [] : [[kind, values.length === 1 ? values[0] : values]];
    }),
  ) as TypedTags;
  const compiled = compileTags(typed, facts);
  return compiled.length === tags.length && compiled.every((tag, i) => tag === tags[i]) ? typed : [...tags];
}
