import type { BundleInput, BundleRule } from "../../src/bundle/index.js";

/** A query rule with the least that it needs, and whatever else. */
export function rule(rule_id: string, more: Readonly<Record<string, unknown>> = {}): BundleRule {
  const fields = {
    rule_id,
    name: rule_id,
    description: "d",
    type: "query",
    severity: "low",
    risk_score: 21,
    query: "*:*",
    ...more,
  };
  return { file: "rules/x.rule.yml", rule: fields as unknown as BundleRule["rule"] };
}

/** A rule's reference to an exception list. */
export const reference = (list_id: string, more: Readonly<Record<string, unknown>> = {}) => ({
  id: list_id,
  list_id,
  type: "detection",
  namespace_type: "single",
  ...more,
});

export const action = (id: string) => ({ id, action_type_id: ".slack", group: "default", params: {} });

export function list(list_id: string, itemIds: readonly string[] = []): BundleInput["lists"][number] {
  return {
    list: { list_id, name: list_id, description: "d", type: "detection", namespace_type: "single" },
    items: itemIds.map((item_id) => ({
      item_id,
      list_id,
      type: "simple",
      name: item_id,
      description: "d",
      namespace_type: "single",
      entries: [{ field: "host.name", type: "match", operator: "included", value: "a" }],
    })),
  };
}

export function connector(id: string, needsSecrets = false): BundleInput["connectors"][number] {
  return { id, name: id, connector_type_id: ".slack", config: {}, needsSecrets };
}

export const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
