import type { Actual } from "../live/actual.js";
import { itemKey } from "../live/actual.js";
import { type Desired, type DesiredRule, listKey } from "../desired/desired.js";
import { planConnector } from "./connector.js";
import { planItem, planList } from "./exceptions.js";
import { planRule } from "./rule.js";
import {
  type Change,
  DEFAULT_MAX_DELETES,
  type Plan,
  PLAN_VERSION,
  type Policy,
  type SpacePlan,
  type Summary,
} from "./types.js";
import { References } from "./references.js";

/** What an environment shall have. */
export interface DesiredEnvironment {
  readonly environment: string;
  readonly spaces: readonly Desired[];
}

/** What an environment has: for each of the desired spaces its state. */
export interface ActualEnvironment {
  /** Kibana's address without credentials. */
  readonly url: string;
  readonly version: string | undefined;
  readonly spaces: readonly Actual[];
}

/**
 * Works out what has to change in an environment. Pure: the same values give the same plan, whose text form is
 * stable. Agnostic lists, which all spaces share, are planned with the first space that wants them.
 */
export function plan(desired: DesiredEnvironment, actual: ActualEnvironment, policy: Policy): Plan {
  const shared = new Map<string, Change>();
  const states = new Map(actual.spaces.map((state) => [state.space, state]));
  const spaces = desired.spaces.map((wanted) =>
    planSpace(wanted, states.get(wanted.space) ?? emptyState(wanted.space), policy, shared),
  );
  return {
    version: PLAN_VERSION,
    summary: summaryOf(spaces),
    project: policy.project,
    environment: desired.environment,
    url: actual.url,
    kibana: actual.version ?? null,
    policy: {
      adopt: policy.adopt === true,
      overwrite_drift: policy.overwriteDrift === true,
      prune: policy.prune === true,
      max_deletes: policy.maxDeletes ?? DEFAULT_MAX_DELETES,
    },
    spaces,
  };
}

function planSpace(desired: Desired, actual: Actual, policy: Policy, shared: Map<string, Change>): SpacePlan {
  const { space } = desired;
  const connectors = new Map<string, Change>();
  const connectorIds = new Map<string, string>();
  for (const connector of desired.connectors) {
    const { change, id } = planConnector(connector, actual.connectors, space, policy);
    connectors.set(connector.name, change);
    if (id !== undefined) connectorIds.set(connector.name, id);
  }
  for (const name of desired.rules.flatMap((rule) => rule.connectors)) {
    if (name === undefined || connectors.has(name)) continue;
    const named = actual.connectors.filter((connector) => connector.name === name);
    if (named.length === 1) connectorIds.set(name, named[0]!.id);
  }
  const types = new Map(actual.connectors.map((connector) => [connector.name, connector.connector_type_id]));

  const lists = new Map<string, readonly Change[]>();
  const own: Change[] = [];
  for (const wanted of desired.lists) {
    const key = listKey(wanted.list);
    const list = planList(wanted, actual.lists.get(key), space, policy);
    const items = wanted.items.map((item) =>
      planItem(item, wanted.file, actual.items.get(itemKey(item)), space, policy, list),
    );
    lists.set(key, [list, ...items]);
    own.push(list, ...items);
  }
  // What an earlier space plans for all of them is not planned again.
  const exceptions = own.filter((change) => !shared.has(change.key));
  for (const change of exceptions) if (isShared(change)) shared.set(change.key, change);

  const references = new References({ space, actual, lists, connectors, connectorIds });
  const rules = desired.rules.map((rule) =>
    planRule(withConnectorTypes(rule, types), actual.rules.get(rule.rule.rule_id) ?? [], references, policy),
  );
  return {
    space,
    changes: [
      ...connectors.values(),
      ...exceptions.filter((change) => change.kind === "exception-list"),
      ...exceptions.filter((change) => change.kind === "exception-item"),
      ...rules,
    ],
  };
}

/** The compiler does not know the type of a connector that only the space has. */
function withConnectorTypes(desired: DesiredRule, types: ReadonlyMap<string, string>): DesiredRule {
  const { rule, connectors } = desired;
  if (rule.actions?.every((action) => action.action_type_id !== "") !== false) return desired;
  const actions = rule.actions.map((action, i) => ({
    ...action,
    action_type_id: action.action_type_id || (types.get(connectors[i] ?? "") ?? ""),
  }));
  return { ...desired, rule: { ...rule, actions } };
}

function isShared(change: Change): boolean {
  return change.key.startsWith(`${change.kind}/*/`);
}

function summaryOf(spaces: readonly SpacePlan[]): Summary {
  const counts = { create: 0, update: 0, replace: 0, delete: 0, orphan: 0, unchanged: 0, conflict: 0 };
  for (const { changes } of spaces) for (const { action } of changes) counts[action]++;
  return counts;
}

function emptyState(space: string): Actual {
  return { space, rules: new Map(), lists: new Map(), items: new Map(), connectors: [] };
}
