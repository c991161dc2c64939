import type { Desired } from "../desired/desired.js";

export const TIERS = ["basic", "standard", "gold", "platinum", "enterprise"] as const;
export type Tier = (typeof TIERS)[number];

/** Something of the project that asks for a licence. */
export interface Need {
  readonly tier: Tier;
  /** As in "needs platinum: …". */
  readonly what: string;
}

/** Connectors that every licence has. */
const FREE_CONNECTORS = new Set([".index", ".server-log"]);

/**
 * The licences that what goes to the spaces asks for. Kibana checks machine learning when a rule is written, suppression
 * only when it runs (it then makes plain alerts), connectors when they are made.
 */
export function needsOf(spaces: readonly Desired[]): Need[] {
  const rules = new Map(spaces.flatMap((space) => space.rules.map(({ rule }) => [rule.rule_id, rule])));
  const fields = [...rules.values()] as unknown as Readonly<Record<string, unknown>>[];
  const connectors = new Map(spaces.flatMap((space) => space.connectors.map((one) => [one.name, one])));
  const paid = [...connectors.values()].filter((one) => !FREE_CONNECTORS.has(one.connector_type_id));
  return [
    ...need(
      "platinum",
      "machine-learning rules",
      fields.filter(({ type }) => type === "machine_learning"),
    ),
    ...need(
      "platinum",
      "alert suppression",
      fields.filter((rule) => rule["alert_suppression"] !== undefined),
    ),
    ...need(
      "platinum",
      "response actions",
      fields.filter((rule) => Array.isArray(rule["response_actions"]) && rule["response_actions"].length > 0),
    ),
    ...need("gold", "connectors other than .index and .server-log", paid),
  ];
}

function need(tier: Tier, what: string, users: readonly unknown[]): Need[] {
  return users.length === 0 ? [] : [{ tier, what: `${what} (${users.length})` }];
}

/** The needs that a licence does not meet; a trial has everything, and one that is not known is not judged. */
export function unmet(needs: readonly Need[], licence: string): Need[] {
  const has = TIERS.findIndex((tier) => tier === licence);
  if (has < 0) return [];
  return needs.filter(({ tier }) => TIERS.indexOf(tier) > has);
}
