/** The actions of a rule, as the alerting framework takes and completes them. */
import { frequencyFor } from "../../kibana/defaults.js";
import type { RuleAction } from "../../kibana/rule.js";
import type { Kernel } from "../kernel.js";
import { SiemError } from "../http/errors.js";
import type { SpaceData } from "../store/state.js";
import { durationMs } from "../validate/date-math.js";

/** An action as it was sent: without the type, where a bulk edit sent it. */
export type SentAction = Omit<RuleAction, "action_type_id"> & { readonly action_type_id?: string };

const SYSTEM_PREFIX = "system-connector-";

export interface ActionRules {
  /** The legacy frequency of the rule's actions. */
  readonly throttle?: string | undefined;
  /** The rule's interval, which no throttle may be shorter than. */
  readonly interval: string;
  /** An import that carries connectors takes those that lack their secrets. */
  readonly allowMissingSecrets?: boolean;
}

/** Whether a connector of this id can be used by an action. */
export function connectorExists(kernel: Kernel, space: SpaceData, id: string): boolean {
  return id.startsWith(SYSTEM_PREFIX) || kernel.connector(space, id) !== undefined;
}

/** Fills in what the server adds. Throws a `SiemError` where the alerting framework refuses the actions. */
export function completeActions(
  kernel: Kernel,
  space: SpaceData,
  sent: readonly SentAction[],
  rules: ActionRules,
): RuleAction[] {
  if (sent.length === 0) return [];
  const actions = sent.map((action) => complete(kernel, space, action, rules.throttle));
  const problems = actionProblems(kernel, space, actions, rules);
  if (problems.length === 1) {
    throw new SiemError(400, `Failed to validate actions due to the following error: ${problems[0]}`);
  }
  if (problems.length > 1) {
    const list = problems.map((problem) => `\n- ${problem}`).join("");
    throw new SiemError(
      400,
      `Failed to validate actions due to the following ${problems.length} errors:${list}`,
    );
  }
  return actions;
}

function complete(
  kernel: Kernel,
  space: SpaceData,
  action: SentAction,
  throttle: string | undefined,
): RuleAction {
  const { id, params } = action;
  const uuid = action.uuid ?? kernel.uuid();
  if (id.startsWith(SYSTEM_PREFIX)) {
    return { id, params, action_type_id: id.slice(SYSTEM_PREFIX.length), uuid };
  }
  const connector = kernel.connector(space, id);
  if (connector === undefined) {
    throw new SiemError(400, `Failed to load action ${id} (404): Saved object [action/${id}] not found`);
  }
  return {
    group: action.group ?? "default",
    id,
    params,
    action_type_id: connector.type,
    uuid,
    frequency: action.frequency ?? frequencyFor(throttle),
    ...(action.alerts_filter === undefined ? {} : { alerts_filter: action.alerts_filter }),
  };
}

function actionProblems(
  kernel: Kernel,
  space: SpaceData,
  actions: readonly RuleAction[],
  { interval, allowMissingSecrets = false }: ActionRules,
): string[] {
  const problems: string[] = [];
  const add = (text: string, culprits: readonly string[]): void => {
    if (culprits.length > 0) problems.push(`${text}${culprits.join(", ")}`);
  };
  const withoutSecrets = actions
    .map((action) => kernel.connector(space, action.id))
    .filter((connector) => connector?.missingSecrets === true);
  if (!allowMissingSecrets) {
    add("Invalid connectors: ", [...new Set(withoutSecrets.map((connector) => connector!.name))]);
  }
  const groups = actions.flatMap((action) => action.group ?? []);
  add("Invalid action groups: ", [...new Set(groups.filter((group) => group !== "default"))]);
  const uuids = actions.flatMap((action) => action.uuid ?? []);
  if (new Set(uuids).size < uuids.length) problems.push("Actions have duplicated UUIDs");
  add(
    `Action frequency cannot be shorter than the schedule interval of ${interval}: `,
    actions.flatMap((action) => tooFrequent(action, interval)),
  );
  return [...problems, ...filterProblems(actions)];
}

function tooFrequent({ frequency, group }: RuleAction, interval: string): string[] {
  if (frequency?.notifyWhen !== "onThrottleInterval" || frequency.throttle === null) return [];
  const [pause, every] = [durationMs(frequency.throttle), durationMs(interval)];
  return pause !== undefined && every !== undefined && pause < every
    ? [`${group} (${frequency.throttle})`]
    : [];
}

function filterProblems(actions: readonly RuleAction[]): string[] {
  const problems: string[] = [];
  const empty: string[] = [];
  const incomplete: string[] = [];
  for (const { alerts_filter: filter, uuid = "" } of actions) {
    if (filter === undefined) continue;
    if (filter.query === undefined && filter.timeframe === undefined) empty.push(uuid);
    if (filter.timeframe === undefined) continue;
    const { days, hours, timezone } = filter.timeframe as Partial<typeof filter.timeframe>;
    if (days === undefined || hours === undefined || timezone === undefined) {
      incomplete.push(uuid);
    } else if (days.some((day) => !Number.isInteger(day) || day < 1 || day > 7)) {
      problems.push(`Action's alertsFilter days has invalid values: (${uuid}:[${days.join(",")}]) `);
    } else if (hours.start >= hours.end && hours.end !== "00:00") {
      problems.push(`Action's alertsFilter time range has an invalid value: ${hours.start}-${hours.end}`);
    }
  }
  if (empty.length > 0) {
    problems.unshift(`Action's alertsFilter  must have either "query" or "timeframe" : ${empty.join(", ")}`);
  }
  if (incomplete.length > 0) {
    problems.unshift(
      `Action's alertsFilter timeframe has missing fields: days, hours or timezone: ${incomplete.join(", ")}`,
    );
  }
  return problems;
}
