import v18 from "../../schemas/attack/enterprise-18.1.json" with { type: "json" };
import v19 from "../../schemas/attack/enterprise-19.0.json" with { type: "json" };
import { type AttackTable, AttackVocabulary } from "./vocabulary.js";

const TABLES = { "18.1": v18, "19.0": v19 } as const satisfies Record<string, AttackTable>;

export type AttackVersion = keyof typeof TABLES;
export const ATTACK_VERSIONS = Object.keys(TABLES) as readonly AttackVersion[];

const loaded = new Map<AttackVersion, AttackVocabulary>();

/** The vocabulary of one ATT&CK version (Enterprise matrix); made once. */
export function loadAttack(version: AttackVersion): AttackVocabulary {
  const known = loaded.get(version);
  if (known !== undefined) return known;
  const vocabulary = new AttackVocabulary(TABLES[version]);
  loaded.set(version, vocabulary);
  return vocabulary;
}

/** The newest version in which a technique belongs to a tactic. */
export function versionWith(technique: string, tactic: string): AttackVersion | undefined {
  return ATTACK_VERSIONS.findLast((version) =>
    loadAttack(version).technique(technique)?.tactics.includes(tactic),
  );
}

/**
 * The ATT&CK version that Elastic's own rules use on a stack: 18.1 up to 9.4, 19.0 from 9.5. A stack that cannot be read, such as
 * a serverless build's, counts as the newest.
 */
export function attackVersionFor(stack: string): AttackVersion {
  const match = /^(\d{1,4})\.(\d{1,4})/.exec(stack);
  if (match === null) return "19.0";
  const [major, minor] = [Number(match[1]), Number(match[2])];
  return major > 9 || (major === 9 && minor >= 5) ? "19.0" : "18.1";
}
