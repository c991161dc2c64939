import type { AuthoredTags, TypedTags } from "../schema/index.js";

/** What derived tags follow from. */
export interface TagFacts {
  /** Names of the rule's tactics, in order. */
  readonly tactics: readonly string[];
  readonly hasGuide: boolean;
}

export const GUIDE_TAG = "Resources: Investigation Guide";
export const TACTIC_PREFIX = "Tactic: ";

/** The prefix of each kind of tag, in the order in which tags are written. */
export const TAG_PREFIXES = {
  domain: "Domain: ",
  os: "OS: ",
  use_case: "Use Case: ",
  threat: "Threat: ",
  resources: "Resources: ",
  rule_type: "Rule Type: ",
  data_source: "Data Source: ",
  other: "",
} as const satisfies Record<keyof TypedTags, string>;

const PREFIXES = Object.entries(TAG_PREFIXES) as [keyof TypedTags, string][];

/** A plain list is taken as it is; a map is written out with prefixes, and the tags that follow from the rule are added. */
export function compileTags(tags: AuthoredTags, facts: TagFacts): string[] {
  if (Array.isArray(tags)) return tags;
  const written = new Set<string>();
  for (const [kind, prefix] of PREFIXES) {
    // Tactics and the guide's tag stand where Elastic's own rules have them: before and among the resources.
    if (kind === "resources") for (const tactic of facts.tactics) written.add(TACTIC_PREFIX + tactic);
    for (const value of values(tags[kind])) written.add(prefix + value);
    if (kind === "resources" && facts.hasGuide) written.add(GUIDE_TAG);
  }
  return [...written];
}

function values(value: string | string[] | undefined): string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
