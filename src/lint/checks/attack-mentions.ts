import type { Target } from "../../diagnostics/index.js";
import { attackLabel, FRAMEWORK } from "../../rule/index.js";
import type { RuleView } from "../check.js";

/** A tactic or a technique as a rule names it, and where. */
export interface Mention {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly target: Target;
  /** Where its name stands; the same place in the short form. */
  readonly nameTarget: Target;
  /** The page that `threat` gives for it; the short form has none. */
  readonly reference?: { readonly url: string; readonly target: Target };
}

export interface TechniqueMention extends Mention {
  /** Id of the technique that `threat` puts the sub-technique below. */
  readonly below?: string;
}

export interface TacticMention extends Mention {
  readonly techniques: readonly TechniqueMention[];
}

/** What a rule says about ATT&CK: its `attack` map, or the entries of `threat` that are in that framework. */
export function attackMentions({ authored, at }: RuleView): TacticMention[] {
  const fromMap = Object.entries(authored.attack ?? {}).map(([key, entries]): TacticMention => ({
    ...label(key, { ...at("attack", key), on: "key" }),
    techniques: (entries ?? []).map((entry, i) => label(entry, at("attack", key, i))),
  }));
  const fromThreat = (authored.threat ?? []).flatMap((threat, i): TacticMention[] => {
    if (threat.framework !== FRAMEWORK || threat.tactic === undefined) return [];
    const node = (of: Node, ...path: (string | number)[]): Mention =>
      mention(of, (field) => at("threat", i, ...path, field));
    const techniques = (threat.technique ?? []).flatMap((technique, j): TechniqueMention[] => [
      node(technique, "technique", j),
      ...(technique.subtechnique ?? []).map((sub, k) => ({
        ...node(sub, "technique", j, "subtechnique", k),
        ...(technique.id === undefined ? {} : { below: technique.id }),
      })),
    ]);
    return [{ ...node(threat.tactic, "tactic"), techniques }];
  });
  return [...fromMap, ...fromThreat];
}

function label(text: string, target: Target): Mention {
  return { ...attackLabel(text), target, nameTarget: target };
}

/** An entry of `threat`; what the schema refused is absent. */
type Node = Partial<Record<"id" | "name" | "reference", string>>;

function mention({ id, name, reference: url }: Node, at: (field: string) => Target): Mention {
  const reference = url === undefined ? {} : { reference: { url, target: at("reference") } };
  return { id, name, target: at("id"), nameTarget: at("name"), ...reference };
}
