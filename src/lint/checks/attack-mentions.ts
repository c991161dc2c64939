import type { Target } from "../../diagnostics/index.js";
import { attackLabel, FRAMEWORK } from "../../rule/index.js";
import type { RuleView } from "../check.js";

/** A tactic or a technique as a rule names it, and where. */
export interface Mention {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly target: Target;
}

export interface TacticMention extends Mention {
  readonly techniques: readonly Mention[];
}

/** What a rule says about ATT&CK: its `attack` map, or the entries of `threat` that are in that framework. */
export function attackMentions({ authored, at }: RuleView): TacticMention[] {
  const fromMap = Object.entries(authored.attack ?? {}).map(([key, entries]): TacticMention => ({
    ...attackLabel(key),
    target: { ...at("attack", key), on: "key" },
    techniques: (entries ?? []).map((entry, i) => ({ ...attackLabel(entry), target: at("attack", key, i) })),
  }));
  const fromThreat = (authored.threat ?? []).flatMap((threat, i): TacticMention[] => {
    if (threat.framework !== FRAMEWORK || threat.tactic === undefined) return [];
    const techniques = (threat.technique ?? []).flatMap((technique, j) => [
      mention(technique, at("threat", i, "technique", j, "id")),
      ...(technique.subtechnique ?? []).map((sub, k) =>
        mention(sub, at("threat", i, "technique", j, "subtechnique", k, "id")),
      ),
    ]);
    return [{ ...mention(threat.tactic, at("threat", i, "tactic", "id")), techniques }];
  });
  return [...fromMap, ...fromThreat];
}

function mention(node: { id?: string; name?: string }, target: Target): Mention {
  return { id: node.id, name: node.name, target };
}
