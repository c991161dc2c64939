import { actionsOf } from "../deploy/form/actions.js";
import type { LiveConnector } from "../kibana/endpoints/index.js";
import type { Around, Referable } from "./pull-around.js";
import type { PulledRules } from "./pull-lists.js";

/** The connectors that pulled rules use. */
export interface UsedConnectors {
  /** How actions name their connectors, by Kibana's ids. */
  readonly names: Referable["connectors"];
  /** Those that get a file. */
  readonly fresh: readonly LiveConnector[];
  /** Those that have one. */
  readonly existing: readonly LiveConnector[];
}

/**
 * Finds the connectors that rules use. One that others of the space share their name with, that is of another type than its file says,
 * or that is configured in Kibana's own settings has no name here: actions keep its id.
 */
export function usedConnectors(around: Around, rules: PulledRules): UsedConnectors {
  const { actual, project } = around.options;
  const ids = usedIds(rules);
  const named = new Map<string, LiveConnector[]>();
  for (const connector of actual.connectors) {
    const same = named.get(connector.name);
    if (same === undefined) named.set(connector.name, [connector]);
    else same.push(connector);
  }
  const names = new Map<string, { name: string; connector_type_id: string }>();
  const fresh: LiveConnector[] = [];
  const existing: LiveConnector[] = [];
  for (const connector of actual.connectors) {
    const { id, name, connector_type_id } = connector;
    const file = project.connectors.get(name);
    const isOurs = file?.authored.connector_type_id === connector_type_id;
    const isFixed = connector["is_preconfigured"] === true || connector["is_system_action"] === true;
    const isUsed = ids.has(id);
    const reason = problemOf(connector, named.get(name)!, file?.authored.connector_type_id);
    if (reason !== undefined) {
      if (isUsed)
        around.about({ file: file?.file ?? project.configFile ?? "" }, "pull/connector-clash", {
          name,
          reason,
        });
      continue;
    }
    if (isFixed && !isOurs) continue;
    names.set(id, { name, connector_type_id });
    if (!isUsed || isFixed) continue;
    if ((file === undefined || file.broken) && around.isBarred("connector", name, name)) continue;
    (file === undefined ? fresh : existing).push(connector);
  }
  return { names, fresh, existing };
}

function problemOf(
  { connector_type_id: type }: LiveConnector,
  same: readonly LiveConnector[],
  typeOfFile: string | undefined,
): string | undefined {
  if (same.length > 1) return `the space has ${same.length} connectors of that name`;
  if (typeOfFile !== undefined && typeOfFile !== type)
    return `it is of type ${type}, and its file says ${typeOfFile}`;
  return undefined;
}

/** The connectors of the actions that files will have. */
function usedIds({ candidates, fresh }: PulledRules): Set<string> {
  const rules = [
    ...fresh.keys(),
    ...candidates
      .filter(({ compiled, beside }) => compiled.rule.actions !== undefined || beside.includes("actions"))
      .map(({ live }) => live),
  ];
  return new Set(rules.flatMap((rule) => actionsOf(rule).map(({ id }) => String(id))));
}
