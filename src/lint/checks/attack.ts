import { type AttackVocabulary, type Tactic, type Technique, versionWith } from "../../attack/index.js";
import { type Diagnostic, report } from "../../diagnostics/index.js";
import type { RuleView } from "../check.js";
import { otherVersions, tacticHelp, techniqueHelp } from "./attack-guess.js";
import { attackMentions, type Mention } from "./attack-mentions.js";

/** Tactics and techniques exist, are in force, belong together, and are called what ATT&CK calls them. */
export function* attack(view: RuleView): Iterable<Diagnostic> {
  const vocabulary = view.attack;
  for (const mention of attackMentions(view)) {
    const tactic = vocabulary.tactic(mention.id ?? mention.name ?? "");
    if (tactic === undefined) yield unknownTactic(mention, vocabulary);
    else if (isOtherName(mention, [tactic.name]))
      yield wrongName(mention, tactic, wasTactic(mention, vocabulary));
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
  if (isOtherName(entry, vocabulary.namesOf(known)))
    yield wrongName(entry, known, wasTechnique(entry, vocabulary));
  if (tactic !== undefined && !known.tactics.includes(tactic.id)) {
    const before = versionWith(known.id, tactic.id);
    const moved = before === undefined ? "" : ` in ATT&CK ${vocabulary.version}; ${before} has it there`;
    const help = `it belongs to ${tacticNames(known, vocabulary)}${moved}`;
    const params = { id: known.id, name: known.name, tactic: tactic.name };
    const severity = before === undefined ? "error" : "warning";
    yield report("attack/wrong-tactic", params, entry.at(), { help, severity });
  }
}

function unknownTactic(mention: Mention, vocabulary: AttackVocabulary): Diagnostic {
  const params = { tactic: mention.id ?? mention.name ?? "", version: vocabulary.version };
  const help = tacticHelp(mention, vocabulary);
  const severity = severityOf(mention, vocabulary, (other, id) => other.tactic(id));
  return report("attack/unknown-tactic", params, mention.at(), { help, severity });
}

function unknownTechnique(mention: Mention, vocabulary: AttackVocabulary): Diagnostic {
  const params = { technique: mention.id ?? mention.name ?? "", version: vocabulary.version };
  const help = techniqueHelp(mention, vocabulary);
  const severity = severityOf(mention, vocabulary, (other, id) => other.technique(id));
  const options = help === undefined ? { severity } : { help, severity };
  return report("attack/unknown-technique", params, mention.at(), options);
}

/** What another version has is no mistake, where the rule names it in full: Kibana shows it. */
function severityOf(
  { id, name }: Mention,
  vocabulary: AttackVocabulary,
  find: (other: AttackVocabulary, id: string) => unknown,
): "error" | "warning" {
  const isElsewhere =
    id !== undefined &&
    name !== undefined &&
    otherVersions(vocabulary).some((other) => find(other, id) !== undefined);
  return isElsewhere ? "warning" : "error";
}

function isOtherName({ id, name }: Mention, names: readonly string[]): boolean {
  return id !== undefined && name !== undefined && !names.includes(name);
}

/** A name that another version has is right there, and says the same. */
function wrongName(
  { name, nameAt }: Mention,
  known: { id: string; name: string },
  isElsewhere: boolean,
): Diagnostic {
  const params = { id: known.id, given: name ?? "", name: known.name };
  const severity = isElsewhere ? "info" : "warning";
  return report("attack/wrong-name", params, nameAt(), { help: `write ${known.id} ${known.name}`, severity });
}

function wasTactic({ id, name }: Mention, vocabulary: AttackVocabulary): boolean {
  return otherVersions(vocabulary).some((other) => other.tactic(id ?? "")?.name === name);
}

function wasTechnique({ id, name }: Mention, vocabulary: AttackVocabulary): boolean {
  return otherVersions(vocabulary).some((other) => {
    const known = other.technique(id ?? "");
    return known !== undefined && other.namesOf(known).includes(name ?? "");
  });
}

/** Says where a successor belongs, if not to the tactic at hand. */
function tacticHint(successor: Technique, tactic: Tactic | undefined, vocabulary: AttackVocabulary): string {
  if (tactic === undefined || successor.tactics.includes(tactic.id)) return "";
  return `, which belongs to ${tacticNames(successor, vocabulary)}`;
}

function tacticNames(technique: Technique, vocabulary: AttackVocabulary): string {
  return technique.tactics.map((id) => vocabulary.tactic(id)?.name ?? id).join(" and ");
}
