import type { Target } from "../../diagnostics/index.js";
import { attackLabel, FRAMEWORK } from "../../rule/index.js";
import type { RuleView } from "../check.js";

/** A tactic or a technique as a rule names it, and where. */
export interface Mention {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly at: () => Target;
  /** Where its name stands; the same place in the short form. */
  readonly nameAt: () => Target;
  /** The page that `threat` gives for it; the short form has none. */
  readonly reference?: { readonly url: string; readonly at: () => Target };
}

export interface TechniqueMention extends Mention {
  /** Id of the technique that `threat` puts the sub-technique below. */
  readonly below?: string;
}

export interface TacticMention extends Mention {
  readonly techniques: readonly TechniqueMention[];
}

const made = new WeakMap<RuleView, readonly TacticMention[]>();

/** What a rule says about ATT&CK: its `attack` map, or the entries of `threat` that are in that framework. */
export function attackMentions(view: RuleView): readonly TacticMention[] {
  const known = made.get(view);
  if (known !== undefined) return known;
  const mentions = [...fromMap(view), ...fromThreat(view)];
  made.set(view, mentions);
  return mentions;
}

function fromMap({ authored, at }: RuleView): TacticMention[] {
  return Object.entries(authored.attack ?? {}).map(([key, entries]) => ({
    ...label(key, () => ({ ...at("attack", key), on: "key" })),
    techniques: (entries ?? []).map((entry, i) => label(entry, () => at("attack", key, i))),
  }));
}

function fromThreat({ authored, at }: RuleView): TacticMention[] {
  return (authored.threat ?? []).flatMap((threat, i): TacticMention[] => {
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
}

function label(text: string, at: () => Target): Mention {
  return { ...attackLabel(text), at, nameAt: at };
}

/** An entry of `threat`; what the schema refused is absent. */
type Node = Partial<Record<"id" | "name" | "reference", string>>;

function mention({ id, name, reference: url }: Node, place: (field: string) => Target): Mention {
  const reference = url === undefined ? {} : { reference: { url, at: () => place("reference") } };
  return { id, name, at: () => place("id"), nameAt: () => place("name"), ...reference };
}
