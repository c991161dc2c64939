/** What a rule does when it alerts: connector actions, and response actions on the host. */

export type ActionNotifyWhen = "onActiveAlert" | "onThrottleInterval" | "onActionGroupChange";

export interface ActionFrequency {
  /** One message a run (`true`) or one an alert. */
  summary: boolean;
  notifyWhen: ActionNotifyWhen;
  /** A duration with `onThrottleInterval`, otherwise null. */
  throttle: string | null;
}

export interface ActionTimeframe {
  timezone: string;
  /** ISO days of the week: Monday is 1, Sunday 7. */
  days: (1 | 2 | 3 | 4 | 5 | 6 | 7)[];
  /** `hh:mm`. */
  hours: { start: string; end: string };
}

/** The alerts that an action is run for. */
export interface ActionAlertsFilter {
  query?: { kql: string; filters: Record<string, unknown>[]; dsl?: string };
  timeframe?: ActionTimeframe;
}

export interface RuleAction {
  /** Connector id. */
  id: string;
  /** Connector type, such as `.slack`. */
  action_type_id: string;
  /** What the connector type takes. */
  params: Record<string, unknown>;
  /** `default` for alert actions; system actions such as `.cases` have none. */
  group?: string;
  /** Identity of the action inside the rule; Kibana makes one when it is absent. */
  uuid?: string;
  frequency?: ActionFrequency;
  alerts_filter?: ActionAlertsFilter;
}

/** Maps an ECS field to a column of the query's result or to a fixed value. */
export type EcsMapping = Record<string, { field?: string; value?: string | string[] }>;

export interface OsqueryPackQuery {
  id: string;
  query: string;
  ecs_mapping?: EcsMapping;
  version?: string;
  platform?: string;
  removed?: boolean;
  snapshot?: boolean;
}

/** Runs a query, a pack or a saved query on the alert's hosts. */
export interface OsqueryParams {
  query?: string;
  queries?: OsqueryPackQuery[];
  saved_query_id?: string;
  pack_id?: string;
  ecs_mapping?: EcsMapping;
  /** Seconds, 60–900. */
  timeout?: number;
}

export interface OsqueryResponseAction {
  action_type_id: ".osquery";
  params: OsqueryParams;
}

export interface IsolateParams {
  command: "isolate";
  comment?: string;
}

export interface ProcessParams {
  command: "kill-process" | "suspend-process";
  comment?: string;
  /** Which process: `field` holds its id, and needs `overwrite: false` (the default `true` takes the alert's own). */
  config: { field: string; overwrite?: boolean };
}

export interface RunScriptTarget {
  scriptId: string;
  scriptInput?: string;
  /** Seconds. */
  timeout?: number;
}

/** Newest stacks only; at least one system must name a script. */
export interface RunScriptParams {
  command: "runscript";
  comment?: string;
  config: { linux?: RunScriptTarget; macos?: RunScriptTarget; windows?: RunScriptTarget };
}

export interface EndpointResponseAction {
  action_type_id: ".endpoint";
  params: IsolateParams | ProcessParams | RunScriptParams;
}

export type ResponseAction = OsqueryResponseAction | EndpointResponseAction;
