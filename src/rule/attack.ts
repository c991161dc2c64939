import { type AttackVocabulary, tacticReference, techniqueReference } from "../attack/index.js";
import type { Threat } from "../kibana/rule.js";
import type { AttackMap } from "../schema/index.js";

export const FRAMEWORK = "MITRE ATT&CK";

/** What a key or an entry of `attack` says: an id, a name, or both. */
export interface AttackLabel {
  readonly id: string | undefined;
  readonly name: string | undefined;
}

/** Reads `TA0001 Initial Access`, `TA0001`, `Initial Access`; and `T1566.001 Spearphishing Attachment` or `T1566.001`. */
export function attackLabel(text: string): AttackLabel {
  const match = /^(TA\d{4}|T\d{4}(?:\.\d{3})?)(?:\s+(\S.*))?$/.exec(text.trim());
  if (match === null) return { id: undefined, name: text.trim() };
  return { id: match[1], name: match[2] };
}

type Node = { id: string; name: string; reference: string };

/**
 * Compiles `attack` to `threat`: an entry for each tactic in the author's order, techniques in the order in which they
 * are first mentioned, sub-techniques below their technique. A tactic that is written twice, once by id and once by name,
 * gets one entry. The id decides; what the vocabulary does not know keeps the author's own name, so that nothing is
 * lost (a check reports it).
 */
export function compileAttack(attack: AttackMap, vocabulary: AttackVocabulary): Threat[] {
  const entriesOf = new Map<string, { tactic: Node; entries: string[] }>();
  for (const [key, entries] of Object.entries(attack)) {
    const label = attackLabel(key);
    const known = vocabulary.tactic(label.id ?? label.name ?? key);
    const id = known?.id ?? label.id ?? key;
    const tactic = { id, name: known?.name ?? label.name ?? key, reference: tacticReference(id) };
    const other = entriesOf.get(id);
    if (other === undefined) entriesOf.set(id, { tactic, entries: [...(entries ?? [])] });
    else other.entries.push(...(entries ?? []));
  }
  return [...entriesOf.values()].map(({ tactic, entries }) => {
    const technique = techniques(entries, vocabulary);
    return { framework: FRAMEWORK, tactic, ...(technique.length === 0 ? {} : { technique }) };
  });
}

function techniques(
  entries: readonly string[],
  vocabulary: AttackVocabulary,
): NonNullable<Threat["technique"]> {
  const byId = new Map<string, Node & { subtechnique?: Node[] }>();
  for (const entry of entries) {
    const { id: given, name } = attackLabel(entry);
    const id = given ?? entry;
    const node = nodeOf(id, name, vocabulary);
    const dot = id.indexOf(".");
    if (dot < 0) {
      byId.set(id, { ...node, ...byId.get(id) });
      continue;
    }
    const parentId = id.slice(0, dot);
    const parent = byId.get(parentId) ?? nodeOf(parentId, undefined, vocabulary);
    const subtechnique = parent.subtechnique ?? [];
    byId.set(parentId, parent);
    if (!subtechnique.some((known) => known.id === id)) parent.subtechnique = [...subtechnique, node];
  }
  return [...byId.values()];
}

function nodeOf(
  id: string,
  name: string | undefined,
  vocabulary: AttackVocabulary,
): Node & { subtechnique?: Node[] } {
  return { id, name: vocabulary.technique(id)?.name ?? name ?? id, reference: techniqueReference(id) };
}
