import { type Diagnostic, didYouMean, nearest, report, type Target } from "../../diagnostics/index.js";
import { TACTIC_PREFIX, TAG_PREFIXES } from "../../rule/index.js";
import type { RuleView } from "../check.js";
import { knownTags, type TagKind } from "./tag-vocabulary.js";

const KINDS = Object.keys(TAG_PREFIXES) as TagKind[];
/** Prefixes that mean something, each with the kind of tag that it stands for. */
const PREFIXES = new Map<string, TagKind | "tactic">([
  [TACTIC_PREFIX, "tactic"],
  ...KINDS.filter((kind) => kind !== "other").map((kind) => [TAG_PREFIXES[kind], kind] as const),
]);
const STARTS = [...PREFIXES.keys()];

/** Tags with a prefix come from the vocabulary, which the project can add to. Tags without one are free. No tag stands twice. */
export function* tags(view: RuleView): Iterable<Diagnostic> {
  const seen = new Set<string>();
  for (const { tag, target } of written(view)) {
    if (seen.has(tag)) yield report("rule/duplicate-tag", { tag }, target());
    else yield* check(tag, view, target);
    seen.add(tag);
  }
}

/** The tags of a rule's file, in full, with where they stand. */
function* written({ authored, at }: RuleView): Iterable<{ tag: string; target: () => Target }> {
  const { tags: of } = authored;
  if (of === undefined) return;
  if (Array.isArray(of)) {
    for (const [i, tag] of of.entries()) yield { tag, target: () => at("tags", i) };
    return;
  }
  for (const [kind, value] of Object.entries(of)) {
    const prefix = TAG_PREFIXES[kind as TagKind];
    if (typeof value === "string") yield { tag: prefix + value, target: () => at("tags", kind) };
    else
      for (const [i, text] of value.entries())
        yield { tag: prefix + text, target: () => at("tags", kind, i) };
  }
}

function* check(tag: string, view: RuleView, target: () => Target): Iterable<Diagnostic> {
  const prefix = prefixOf(tag);
  if (prefix === undefined) return;
  const kind = PREFIXES.get(prefix);
  const value = tag.slice(prefix.length);
  if (kind === "tactic") {
    yield* tacticTag(tag, value, view, target);
  } else if (kind === undefined) {
    const meant = nearest(prefix, STARTS, 1)[0] ?? prefix;
    yield report("rule/unknown-tag", { tag }, target(), { help: `did you mean "${meant}${value}"?` });
  } else {
    const known = knownTags(kind, view.tags);
    if (known?.has(value) === false) yield unknown(tag, value, known, prefix, target());
  }
}

/**
 * The prefix of a tag: one that is known, or one that looks like a slip of it (`Data source: `). Undefined for tags that are free,
 * among them those with a prefix of the project's own (`Team: `).
 */
function prefixOf(tag: string): string | undefined {
  const known = STARTS.find((prefix) => tag.startsWith(prefix));
  if (known !== undefined) return known;
  const start = /^[^:]{1,40}:\s*/.exec(tag)?.[0];
  return start !== undefined && nearest(start, STARTS, 1).length > 0 ? start : undefined;
}

/** A tactic's tag names a tactic, and one that the rule is mapped to. */
function* tacticTag(tag: string, name: string, view: RuleView, target: () => Target): Iterable<Diagnostic> {
  const mapped = (view.rule.threat ?? []).flatMap(({ tactic }) => tactic?.name ?? []);
  if (mapped.includes(name)) return;
  const names = new Set(view.attack.tactics.map((tactic) => tactic.name));
  if (!names.has(name)) yield unknown(tag, name, names, TACTIC_PREFIX, target());
  else yield report("rule/tactic-tag-without-mapping", { tag }, target());
}

function unknown(
  tag: string,
  value: string,
  known: ReadonlySet<string>,
  prefix: string,
  target: Target,
): Diagnostic {
  const guesses = nearest(value, known).map((guess) => prefix + guess);
  const help = didYouMean(tag, guesses) ?? "correct it, or add it under tags in kdac.config.yml";
  return report("rule/unknown-tag", { tag }, target, { help });
}
