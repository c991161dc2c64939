import type { AttackVocabulary, Tactic, Technique } from "../../attack/index.js";
import { type Diagnostic, report } from "../../diagnostics/index.js";
import type { RuleView } from "../check.js";
import { tacticHelp, techniqueHelp } from "./attack-guess.js";
import { attackMentions, type Mention } from "./attack-mentions.js";

/** Tactics and techniques exist, are in force, belong together, and are called what ATT&CK calls them. */
export function* attack(view: RuleView): Iterable<Diagnostic> {
  const vocabulary = view.attack;
  for (const mention of attackMentions(view)) {
    const tactic = vocabulary.tactic(mention.id ?? mention.name ?? "");
    if (tactic === undefined) yield unknownTactic(mention, vocabulary);
    else if (isOtherName(mention, [tactic.name])) yield wrongName(mention, tactic);
    for (const entry of mention.techniques) yield* technique(entry, tactic, vocabulary);
  }
}

function* technique(
  entry: Mention,
  tactic: Tactic | undefined,
  vocabulary: AttackVocabulary,
): Iterable<Diagnostic> {
  const known = entry.id === undefined ? undefined : vocabulary.technique(entry.id);
  if (known === undefined) {
    yield unknownTechnique(entry, vocabulary);
    return;
  }
  if (vocabulary.isRevoked(known)) {
    const successor = vocabulary.successorOf(known);
    const help =
      successor === undefined
        ? "it has no successor; take it out"
        : `use ${successor.id} ${successor.name}${tacticHint(successor, tactic, vocabulary)}`;
    const params = { id: known.id, name: known.name, version: vocabulary.version };
    yield report("attack/revoked-technique", params, entry.at(), { help });
    return;
  }
  if (known.deprecated === true)
    yield report("attack/deprecated-technique", { id: known.id, name: known.name }, entry.at());
  if (isOtherName(entry, vocabulary.namesOf(known))) yield wrongName(entry, known);
  if (tactic !== undefined && !known.tactics.includes(tactic.id)) {
    const help = `it belongs to ${tacticNames(known, vocabulary)}`;
    const params = { id: known.id, name: known.name, tactic: tactic.name };
    yield report("attack/wrong-tactic", params, entry.at(), { help });
  }
}

function unknownTactic(mention: Mention, vocabulary: AttackVocabulary): Diagnostic {
  const params = { tactic: mention.id ?? mention.name ?? "", version: vocabulary.version };
  const help = tacticHelp(mention, vocabulary);
  return report("attack/unknown-tactic", params, mention.at(), { help });
}

function unknownTechnique(mention: Mention, vocabulary: AttackVocabulary): Diagnostic {
  const params = { technique: mention.id ?? mention.name ?? "", version: vocabulary.version };
  const help = techniqueHelp(mention, vocabulary);
  return report("attack/unknown-technique", params, mention.at(), help === undefined ? {} : { help });
}

function isOtherName({ id, name }: Mention, names: readonly string[]): boolean {
  return id !== undefined && name !== undefined && !names.includes(name);
}

function wrongName({ name, nameAt }: Mention, known: { id: string; name: string }): Diagnostic {
  const params = { id: known.id, given: name ?? "", name: known.name };
  return report("attack/wrong-name", params, nameAt(), { help: `write ${known.id} ${known.name}` });
}

/** Says where a successor belongs, if not to the tactic at hand. */
function tacticHint(successor: Technique, tactic: Tactic | undefined, vocabulary: AttackVocabulary): string {
  if (tactic === undefined || successor.tactics.includes(tactic.id)) return "";
  return `, which belongs to ${tacticNames(successor, vocabulary)}`;
}

function tacticNames(technique: Technique, vocabulary: AttackVocabulary): string {
  return technique.tactics.map((id) => vocabulary.tactic(id)?.name ?? id).join(" and ");
}
