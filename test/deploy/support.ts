import type { Actual, LiveValues } from "../../src/deploy/live/actual.js";
import { itemKey } from "../../src/deploy/live/keys.js";
import {
  type Desired,
  type DesiredConnector,
  type DesiredList,
  type DesiredRule,
  type DesiredValueList,
  listKey,
} from "../../src/deploy/desired/desired.js";
import { plan } from "../../src/deploy/plan/plan.js";
import type { Change, Plan, Policy, Summary } from "../../src/deploy/plan/types.js";
import { asStored } from "../../src/kibana/defaults.js";
import type { LiveConnector, LiveItem, LiveList, LiveRule } from "../../src/kibana/endpoints/index.js";
import type { RuleCreate } from "../../src/kibana/rule.js";

export const POLICY: Policy = { project: "acme" };

/** The counts of a plan's summary, those that are not given being none. */
export const counts = (some: Partial<Summary>): Summary => ({
  create: 0,
  update: 0,
  replace: 0,
  delete: 0,
  orphan: 0,
  unchanged: 0,
  conflict: 0,
  ...some,
});

let counter = 0;
export const uuid = (): string => `00000000-0000-4000-8000-${String(++counter).padStart(12, "0")}`;

/** A query rule with what Kibana wants, and whatever a test is about. */
export function ruleOf(fields: Record<string, unknown> = {}): RuleCreate & { rule_id: string } {
  return ruleFields(fields) as unknown as RuleCreate & { rule_id: string };
}

export function ruleFields(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    rule_id: "r1",
    name: "Rule one",
    description: "d",
    type: "query",
    query: "process.name: *",
    severity: "low",
    risk_score: 21,
    ...fields,
  };
}

export function desiredRule(
  fields: Record<string, unknown> = {},
  connectors: (string | undefined)[] = [],
): DesiredRule {
  const rule = ruleOf(fields);
  return { file: `rules/${rule.rule_id}.rule.yml`, rule, connectors };
}

export function listOf(
  fields: Record<string, unknown> = {},
  items: Record<string, unknown>[] = [],
): DesiredList {
  const list = {
    list_id: "trusted",
    name: "Trusted",
    description: "d",
    type: "detection",
    namespace_type: "single",
    ...fields,
  };
  return {
    file: `rules/${list.list_id}.exceptions.yml`,
    list: list as DesiredList["list"],
    items: items.map((item, i) => ({
      item_id: `${list.list_id}-${i}`,
      list_id: list.list_id,
      namespace_type: list.namespace_type,
      type: "simple",
      name: `Item ${i}`,
      description: "d",
      entries: [{ type: "match", field: "host.name", operator: "included", value: `h${i}` }],
      ...item,
    })) as unknown as DesiredList["items"],
  };
}

export function connectorOf(fields: Partial<DesiredConnector> = {}): DesiredConnector {
  return {
    file: "rules/soc.connector.yml",
    name: "soc-slack",
    connector_type_id: ".slack",
    config: {},
    secrets: { webhookUrl: "${SLACK_URL}" },
    ...fields,
  };
}

export const reference = (
  list_id = "trusted",
  fields: Record<string, unknown> = {},
): Record<string, unknown> => ({
  id: list_id,
  list_id,
  type: "detection",
  namespace_type: "single",
  ...fields,
});

export const action = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: "offline",
  action_type_id: ".slack",
  group: "default",
  params: { message: "{{context.rule.name}}" },
  ...fields,
});

export interface Wanted {
  readonly rules?: DesiredRule[];
  readonly lists?: DesiredList[];
  readonly connectors?: DesiredConnector[];
  readonly valueLists?: DesiredValueList[];
}

export const desired = (wanted: Wanted, space = "default"): Desired => ({
  space,
  rules: wanted.rules ?? [],
  lists: wanted.lists ?? [],
  connectors: wanted.connectors ?? [],
  valueLists: wanted.valueLists ?? [],
});

export interface State {
  readonly rules?: LiveRule[];
  readonly lists?: LiveList[];
  readonly items?: LiveItem[];
  readonly connectors?: LiveConnector[];
  readonly valueLists?: LiveValues[];
  /** Rules of others, which are known by what they refer to. */
  readonly others?: LiveRule[];
}

export function actual(state: State, space = "default"): Actual {
  const rules = new Map<string, LiveRule[]>();
  for (const rule of state.rules ?? []) rules.set(rule.rule_id, [...(rules.get(rule.rule_id) ?? []), rule]);
  return {
    space,
    rules,
    lists: new Map(
      (state.lists ?? []).map((list) => [
        listKey({ list_id: list.list_id, namespace_type: String(list["namespace_type"]) }),
        list,
      ]),
    ),
    items: new Map((state.items ?? []).map((item) => [itemKey(item), item])),
    connectors: state.connectors ?? [],
    users: {
      rules: [...(state.rules ?? []), ...(state.others ?? [])].map((rule) => ({ space, rule })),
      items: state.items ?? [],
      connectors: state.connectors ?? [],
      unread: new Map(),
    },
    ...(state.valueLists === undefined
      ? {}
      : { valueLists: new Map(state.valueLists.map((live) => [live.list.id, live])) }),
  };
}

/** A value list of the project. */
export const valuesOf = (values: string[], fields: Partial<DesiredValueList> = {}): DesiredValueList => ({
  file: "rules/hosts.values.yml",
  id: "hosts",
  name: "Hosts",
  description: "d",
  type: "keyword",
  values,
  ...fields,
});

/** A value list as it is after this project applied it, and then with the values that it has now. */
export function valuesLive(wanted: DesiredValueList, now = wanted.values): LiveValues {
  const created = only(planOne({ valueLists: [wanted] }, { valueLists: [] }), "value-list");
  return {
    list: { ...created.write!.body, _version: "WzEsMV0=" } as unknown as LiveValues["list"],
    values: now,
  };
}

/** Plans one space. */
export function planOne(wanted: Wanted, state: State = {}, policy: Partial<Policy> = {}): Plan {
  return plan(
    { environment: "test", spaces: [desired(wanted)] },
    { url: "http://localhost:5601", version: "9.5.1", spaces: [actual(state)] },
    { ...POLICY, ...policy },
  );
}

export function changesOf(planned: Plan): readonly Change[] {
  return planned.spaces.flatMap((space) => space.changes);
}

/** The only change of a kind. */
export function only(planned: Plan, kind: Change["kind"] = "rule"): Change {
  const found = changesOf(planned).filter((change) => change.kind === kind);
  if (found.length !== 1) throw new Error(`${found.length} changes of kind ${kind}`);
  return found[0]!;
}

/** The rule as Kibana would return it after it was sent: defaults, its own fields, `uuid`s of actions, `ecs` flags. */
export function stored(body: Record<string, unknown>, server: Record<string, unknown> = {}): LiveRule {
  const rule = { meta: body["meta"], ...asStored(body as unknown as RuleCreate) };
  return {
    ...rule,
    actions: (rule.actions ?? []).map((one) => ({ uuid: uuid(), ...one })),
    required_fields: (rule.required_fields ?? []).map((field) => ({ ...field, ecs: true })),
    id: uuid(),
    immutable: false,
    rule_source: { type: "internal" },
    revision: 0,
    created_at: "2026-01-01T00:00:00.000Z",
    created_by: "ci",
    updated_at: "2026-01-01T00:00:00.000Z",
    updated_by: "ci",
    execution_summary: { last_execution: { status: "succeeded" } },
    ...server,
  } as unknown as LiveRule;
}

/** The rule as it is after this project's first apply, and then as somebody changed it without touching `meta`. */
export function applied(
  wanted: DesiredRule,
  changed: Record<string, unknown> = {},
  state: State = {},
): LiveRule {
  const lists = (wanted.rule.exceptions_list ?? []).map((list) =>
    listLive({ list_id: list.list_id, type: list.type, namespace_type: list.namespace_type }),
  );
  const created = only(planOne({ rules: [wanted] }, { lists, ...state }));
  if (created.write === undefined) throw new Error(created.conflict?.message ?? "not created");
  return { ...stored({ ...created.write.body }), ...changed };
}

export function listLive(fields: Record<string, unknown> & { list_id?: string } = {}): LiveList {
  return {
    id: `live-${fields.list_id ?? "trusted"}`,
    list_id: "trusted",
    name: "Trusted",
    description: "d",
    type: "detection",
    namespace_type: "single",
    tags: [],
    os_types: [],
    immutable: false,
    version: 1,
    _version: "WzEsMV0=",
    ...fields,
  };
}

export function itemLive(fields: Record<string, unknown> = {}): LiveItem {
  return {
    id: uuid(),
    item_id: "trusted-0",
    list_id: "trusted",
    namespace_type: "single",
    tags: [],
    os_types: [],
    comments: [],
    _version: "WzIsMV0=",
    ...fields,
  };
}

export function connectorLive(fields: Record<string, unknown> = {}): LiveConnector {
  return {
    id: "c1",
    name: "soc-slack",
    connector_type_id: ".slack",
    config: {},
    is_missing_secrets: false,
    ...fields,
  };
}
