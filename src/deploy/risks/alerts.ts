import type { Json } from "../../json/index.js";
import { actionsOf } from "../form/actions.js";
import { canonical } from "../form/canonical.js";
import { plural } from "../../report/summary.js";
import type { Risk } from "./rank.js";

const SEVERITIES = ["low", "medium", "high", "critical"];

/** How alerts are valued, and who is told of them. */
export function alertRisks(before: Json, after: Json): Risk[] {
  return [...valueRisks(before, after), ...buildingBlockRisks(before, after), ...actionRisks(before, after)];
}

function valueRisks(before: Json, after: Json): Risk[] {
  const risks: Risk[] = [];
  const [old, young] = [before["severity"], after["severity"]];
  const [was, is] = [SEVERITIES.indexOf(String(old)), SEVERITIES.indexOf(String(young))];
  if (is >= 0 && is < was)
    risks.push({
      code: "severity-lowered",
      message: `its severity falls from ${String(old)} to ${String(young)}`,
    });
  const [high, low] = [before["risk_score"], after["risk_score"]];
  if (typeof high === "number" && typeof low === "number" && low < high)
    risks.push({ code: "risk-score-lowered", message: `its risk score falls from ${high} to ${low}` });
  return risks;
}

function buildingBlockRisks(before: Json, after: Json): Risk[] {
  const set = (rule: Json): boolean => typeof rule["building_block_type"] === "string";
  if (set(before) || !set(after)) return [];
  const message = "its alerts become building blocks, which the list of alerts hides";
  return [{ code: "building-block", message }];
}

/** Where the file leaves the actions to Kibana, nothing is lost. */
function actionRisks(before: Json, after: Json): Risk[] {
  const lost = (field: "actions" | "response_actions", what: string): Risk[] => {
    if (after[field] === undefined) return [];
    const count = missing(before[field], after[field]);
    return count === 0 ? [] : [{ code: "action-lost", message: `it loses ${plural(count, what)}` }];
  };
  return [...lost("actions", "action"), ...lost("response_actions", "response action")];
}

/** How many entries have no counterpart: an action of the same connector and group, a response of the same kind. */
function missing(before: unknown, after: unknown): number {
  const [old, young] = [actionsOf({ actions: before }), actionsOf({ actions: after })];
  const byId = [...old, ...young].every(({ id }) => typeof id === "string");
  const left = young.map((action) => placeOf(action, byId));
  return old.filter((action) => {
    const at = left.indexOf(placeOf(action, byId));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  }).length;
}

function placeOf({ id, action_type_id, group, params }: Json, byId: boolean): string {
  // Responses have no connector: what they do is their only identity.
  if (action_type_id?.toString().startsWith(".") !== true) return canonical([action_type_id, params]);
  return canonical([byId ? id : null, action_type_id, group ?? "default"]);
}
