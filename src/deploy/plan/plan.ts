import type { Actual } from "../live/actual.js";
import { itemKey } from "../live/keys.js";
import { type Desired, type DesiredRule, listKey } from "../desired/desired.js";
import { isLoss } from "./actions.js";
import { planConnector } from "./connector.js";
import { planItem, planList, scopeOf } from "./exceptions.js";
import { InvalidFiles } from "./invalid-files.js";
import type { LeftBehind } from "./left-behind.js";
import { settled, type Waiting } from "./moves.js";
import { type Files, planOrphans } from "./orphans.js";
import { planRule } from "./rule.js";
import {
  type Change,
  type Conflict,
  DEFAULT_MAX_DELETES,
  type Plan,
  PLAN_VERSION,
  type Policy,
  type SpacePlan,
  type Summary,
} from "./types.js";
import { References } from "./references.js";
import { planValueList } from "./value-list.js";

/** What an environment shall have. */
export interface DesiredEnvironment {
  readonly environment: string;
  readonly spaces: readonly Desired[];
  /** What there are files for besides; without it, nothing is known of rules that were left out or of other spaces. */
  readonly files?: Files;
  /** What earlier runs left unfinished. */
  readonly left?: LeftBehind;
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
  const states = new Map(actual.spaces.map((state) => [state.space, state]));
  const planner = new Planner(desired, policy);
  for (const wanted of desired.spaces)
    planner.add(wanted, states.get(wanted.space) ?? emptyState(wanted.space));
  return planner.plan(actual);
}

/**
 * Makes the plan of an environment space by space, in the order of the configuration, so that what was read of one
 * need not be kept for the others.
 */
export class Planner {
  readonly #environment: string;
  readonly #policy: Policy;
  readonly #files: Files;
  readonly #left: LeftBehind;
  readonly #shared = new Map<string, Change>();
  readonly #spaces: SpacePlan[] = [];

  constructor({ environment, spaces, files, left = new Map() }: DesiredEnvironment, policy: Policy) {
    this.#environment = environment;
    this.#policy = policy;
    this.#left = left;
    this.#files = files ?? {
      invalid: new InvalidFiles([]),
      withheldRules: new Set(),
      agnostic: agnosticOf(spaces),
    };
  }

  /** Plans one space. */
  add(desired: Desired, actual: Actual): void {
    this.#spaces.push(planSpace(desired, actual, this.#policy, this.#files, this.#shared, this.#left));
  }

  /** The plan of the spaces that were added, of which those that are `missing` are to be made first. */
  plan({
    url,
    version,
    missing = [],
  }: Pick<ActualEnvironment, "url" | "version"> & { readonly missing?: readonly string[] }): Plan {
    const policy = this.#policy;
    const most = policy.maxDeletes ?? DEFAULT_MAX_DELETES;
    const spaces = withinLimit(this.#spaces, most);
    return {
      version: PLAN_VERSION,
      summary: summaryOf(spaces),
      project: policy.project,
      environment: this.#environment,
      url,
      kibana: version ?? null,
      policy: {
        adopt: policy.adopt === true,
        overwrite_drift: policy.overwriteDrift === true,
        prune: policy.prune === true,
        max_deletes: most,
      },
      ...(missing.length === 0 ? {} : { creates_spaces: missing }),
      spaces,
    };
  }
}

/** The keys of what all spaces share, as far as some space wants it. */
function agnosticOf(spaces: readonly Desired[]): ReadonlySet<string> {
  const keys = spaces.flatMap(({ lists }) =>
    lists.flatMap(({ list, items }) => [listKey(list), ...items.map(itemKey)]),
  );
  return new Set(keys.filter((key) => key.startsWith("agnostic:")));
}

/** Deletes nothing at all where more would be deleted than may be: something is likely to be wrong. */
function withinLimit(spaces: readonly SpacePlan[], most: number): readonly SpacePlan[] {
  const count = spaces.flatMap(({ changes }) => changes).filter(isLoss).length;
  if (count <= most) return spaces;
  const conflict: Conflict = {
    code: "too-many-deletes",
    message: `${count} objects would be deleted or replaced, and --max-deletes allows ${most}`,
    help: `when that is what you want, plan again with --max-deletes ${count}`,
  };
  return spaces.map(({ space, changes }) => ({
    space,
    changes: changes.map((change) => {
      if (!isLoss(change)) return change;
      const { expected: _, write: __, ...rest } = change;
      return { ...rest, action: "conflict" as const, conflict };
    }),
  }));
}

function planSpace(
  desired: Desired,
  actual: Actual,
  policy: Policy,
  files: Files,
  shared: Map<string, Change>,
  left: LeftBehind,
): SpacePlan {
  const { space } = desired;
  const { invalid } = files;
  const connectors = new Map<string, Change>();
  const connectorIds = new Map<string, string>();
  for (const connector of desired.connectors) {
    const { change, id } = planConnector(connector, actual.connectors, space, policy);
    connectors.set(connector.name, invalid.refuse(change));
    if (id !== undefined) connectorIds.set(connector.name, id);
  }
  for (const name of desired.rules.flatMap((rule) => rule.connectors)) {
    if (name === undefined || connectors.has(name)) continue;
    const named = actual.connectors.filter((connector) => connector.name === name);
    if (named.length === 1) connectorIds.set(name, named[0]!.id);
  }
  const types = new Map(actual.connectors.map((connector) => [connector.name, connector.connector_type_id]));

  const valueLists = new Map(
    desired.valueLists.map((list) => [
      list.id,
      invalid.refuse(planValueList(list, actual.valueLists?.get(list.id), space, policy)),
    ]),
  );
  const liveValueLists = actual.valueLists === undefined ? undefined : new Set(actual.valueLists.keys());
  const typed = desired.rules.map((rule) => withConnectorTypes(rule, types));
  const planWith = (waiting: Waiting): { own: readonly Change[]; rules: readonly Change[] } => {
    const lists = new Map<string, readonly Change[]>();
    for (const wanted of desired.lists) {
      const key = listKey(wanted.list);
      const list = invalid.refuse(planList(wanted, actual.lists.get(key), space, policy));
      const items = wanted.items.map((item) =>
        invalid.refuse(
          planItem(item, wanted.file, actual.items.get(itemKey(item)), space, policy, {
            list,
            valueLists,
            liveValueLists,
            waitsFor: waiting.get(itemKey(item)),
            lost: left.get(`exception-item/${scopeOf(item, space)}/${item.item_id}`),
          }),
          wanted.list.list_id,
        ),
      );
      lists.set(key, [list, ...items]);
    }
    const references = new References({ space, actual, lists, connectors, connectorIds });
    const rules = typed.map((rule) => {
      const { rule_id: id } = rule.rule;
      const lost = left.get(references.keyOf(id));
      return invalid.refuse(planRule(rule, actual.rules.get(id) ?? [], references, policy, lost));
    });
    return { own: [...lists.values()].flat(), rules };
  };
  const { own, rules } = settled(desired, actual, planWith);
  const wanted = [
    ...connectors.values(),
    ...valueLists.values(),
    ...own.filter((change) => change.kind === "exception-list"),
    ...own.filter((change) => change.kind === "exception-item"),
    ...rules,
  ];
  const orphans = planOrphans({ desired, actual, policy, files, changes: wanted });
  // What an earlier space plans for all of them is not planned again.
  const known = [...wanted, ...orphans];
  const changes = [...known, ...invalid.missing(space, known)].filter((change) => !shared.has(change.key));
  for (const change of changes) if (isShared(change)) shared.set(change.key, change);
  return { space, changes };
}

/** The compiler does not know the type of a connector that only the space has. */
function withConnectorTypes(desired: DesiredRule, types: ReadonlyMap<string, string>): DesiredRule {
  const { rule, connectors } = desired;
  if (rule.actions?.every((action) => action.action_type_id !== "") !== false) return desired;
  const actions = rule.actions.map((action, i) => ({
    ...action,
    action_type_id: action.action_type_id || (types.get(connectors[i] ?? "") ?? ""),
  }));
  const { file } = desired;
  const typed = { file, rule: { ...rule, actions }, connectors };
  // Where its fields come from is worked out only when somebody asks.
  return Object.defineProperty(typed, "origins", { get: () => desired.origins });
}

function isShared(change: Change): boolean {
  return change.key.startsWith(`${change.kind}/*/`);
}

function summaryOf(spaces: readonly SpacePlan[]): Summary {
  const counts = { create: 0, update: 0, replace: 0, delete: 0, orphan: 0, unchanged: 0, conflict: 0 };
  for (const { changes } of spaces) for (const { action } of changes) counts[action]++;
  return counts;
}

/** What a space has that has nothing. */
export function emptyState(space: string): Actual {
  return { space, rules: new Map(), lists: new Map(), items: new Map(), connectors: [] };
}
