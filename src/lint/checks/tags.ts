import vocabulary from "../../../schemas/vocabulary/tags.json" with { type: "json" };
import { type Diagnostic, didYouMean, report } from "../../diagnostics/index.js";
import { TACTIC_PREFIX, TAG_PREFIXES } from "../../rule/index.js";
import type { TagVocabulary } from "../../schema/index.js";
import type { RuleView } from "../check.js";

type Kind = keyof typeof TAG_PREFIXES;

const KNOWN: Readonly<Partial<Record<Kind, readonly string[]>>> = vocabulary.tags;

/** Tags with a prefix come from the vocabulary, which the project can add to. Tags without one are free. */
export function* tags(view: RuleView): Iterable<Diagnostic> {
  const written = view.authored.tags;
  if (written === undefined) return;
  if (Array.isArray(written)) {
    const seen = new Set<string>();
    for (const [i, tag] of written.entries()) {
      if (seen.has(tag)) yield report("rule/duplicate-tag", { tag }, view.at("tags", i));
      seen.add(tag);
      yield* unknown(tag, view, view.at("tags", i));
    }
    return;
  }
  for (const [kind, value] of Object.entries(written)) {
    if (value === undefined) continue;
    const single = !Array.isArray(value);
    for (const [i, text] of [value].flat().entries())
      yield* unknown(
        TAG_PREFIXES[kind as Kind] + text,
        view,
        single ? view.at("tags", kind) : view.at("tags", kind, i),
      );
  }
}

function* unknown(tag: string, view: RuleView, target: ReturnType<RuleView["at"]>): Iterable<Diagnostic> {
  if (tag.startsWith(TACTIC_PREFIX)) {
    const names = view.attack.tactics.map((tactic) => tactic.name);
    const name = tag.slice(TACTIC_PREFIX.length);
    if (!names.includes(name)) yield finding(tag, name, names, TACTIC_PREFIX, target);
    return;
  }
  const kinds = Object.entries(TAG_PREFIXES) as [Kind, string][];
  const [kind, prefix] = kinds.find(([, start]) => start !== "" && tag.startsWith(start)) ?? [];
  if (kind === undefined || prefix === undefined) return;
  const value = tag.slice(prefix.length);
  const known = knownValues(kind, view.tags);
  // A named threat is new every week: any is taken.
  if (kind !== "threat" && !known.includes(value)) yield finding(tag, value, known, prefix, target);
}

function knownValues(kind: Kind, added: TagVocabulary): string[] {
  return [...(KNOWN[kind] ?? []), ...(added[kind] ?? [])];
}

function finding(
  tag: string,
  value: string,
  known: readonly string[],
  prefix: string,
  target: ReturnType<RuleView["at"]>,
): Diagnostic {
  const guess = didYouMean(value, known)?.replaceAll('"', (quote, at: number, all: string) =>
    opens(all, at) ? `"${prefix}` : quote,
  );
  const help = guess ?? "correct it, or add it under tags in kdac.config.yml";
  return report("rule/unknown-tag", { tag }, target, { help });
}

/** Whether the quote at an offset opens: an even number of quotes stand before it. */
function opens(text: string, at: number): boolean {
  return text.slice(0, at).split('"').length % 2 === 1;
}
