import {
  ATTACK_VERSIONS,
  type AttackVocabulary,
  loadAttack,
  type Tactic,
  type Technique,
} from "../../attack/index.js";
import { didYouMean, nearest } from "../../diagnostics/index.js";
import type { Mention } from "./attack-mentions.js";

/** What to write instead of a tactic that the vocabulary does not have. */
export function tacticHelp({ id, name }: Pick<Mention, "id" | "name">, vocabulary: AttackVocabulary): string {
  const given = id ?? name ?? "";
  const elsewhere = otherVersions(vocabulary).flatMap((other) => {
    const tactic = other.tactic(given);
    return tactic === undefined ? [] : [otherVersionsTactic(tactic, other, vocabulary)];
  });
  if (elsewhere[0] !== undefined) return elsewhere[0];
  const candidates = vocabulary.tactics.flatMap((tactic) => [tactic.name, tactic.id]);
  return didYouMean(given, candidates) ?? `tactics are ${vocabulary.tactics.map((t) => t.name).join(", ")}`;
}

/** What to write instead of a technique that the vocabulary does not have, where there is a guess. */
export function techniqueHelp(
  { id, name }: Pick<Mention, "id" | "name">,
  vocabulary: AttackVocabulary,
): string | undefined {
  const all = [...vocabulary.techniques.values()].filter((technique) => !vocabulary.isRevoked(technique));
  const known = otherVersions(vocabulary).find(
    (other) => id !== undefined && other.technique(id) !== undefined,
  );
  if (known !== undefined && id !== undefined) {
    const called = known.technique(id)!.name;
    return `${id} ${called} is in ATT&CK ${known.version} only; the target stack uses ${vocabulary.version}`;
  }
  const byName = name === undefined ? [] : namesakes(name, all);
  const ids = all.map((technique) => technique.id);
  const byId =
    id === undefined ? [] : nearest(id, ids, 2).flatMap((near) => vocabulary.technique(near) ?? []);
  const guesses = [...byName, ...byId].map((technique) => `"${technique.id} ${technique.name}"`);
  return guesses.length === 0 ? undefined : `did you mean ${[...new Set(guesses)].slice(0, 3).join(" or ")}?`;
}

/** A tactic of that name exists in another version: renamed since, or not there. */
function otherVersionsTactic(tactic: Tactic, other: AttackVocabulary, vocabulary: AttackVocabulary): string {
  const here = vocabulary.tactic(tactic.id);
  return here === undefined
    ? `${tactic.id} ${tactic.name} is in ATT&CK ${other.version} only; the target stack uses ${vocabulary.version}`
    : `ATT&CK ${vocabulary.version} calls ${tactic.id} "${here.name}"`;
}

/** The other versions of ATT&CK that are known. */
export function otherVersions(vocabulary: AttackVocabulary): AttackVocabulary[] {
  return ATTACK_VERSIONS.filter((version) => version !== vocabulary.version).map(loadAttack);
}

function namesakes(name: string, all: readonly Technique[]): Technique[] {
  const names = nearest(
    name,
    all.map((technique) => technique.name),
    2,
  );
  return all.filter((technique) => names.includes(technique.name));
}
