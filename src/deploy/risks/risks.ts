import type { Json } from "../../json/index.js";

import { alertRisks } from "./alerts.js";
import { limitRisks } from "./limits.js";
import { queryRisks } from "./query.js";
import { rankOf, type Risk } from "./rank.js";
import { silencingRisks } from "./silencing.js";
import { sourceRisks } from "./sources.js";
import { threatRisks } from "./threats.js";

/**
 * What a reviewer should know of a change of a rule, worst first: whatever makes it find less, tell fewer people of it,
 * or find much more. Both sides are rules as Kibana takes or gives them; undefined is a rule that is not there. What a
 * side leaves out counts as left to Kibana. The codes are those of `RiskCode`.
 */
export function risksOf(before: Json | undefined, after: Json | undefined): Risk[] {
  if (before === undefined) return [];
  if (after === undefined) return [{ code: "removed", message: "the rule is removed" }];
  const risks = [
    ...stateRisks(before, after),
    ...(typeOf(before) === typeOf(after) ? sameTypeRisks(before, after) : [retyped(before, after)]),
    ...silencingRisks(before, after),
    ...threatRisks(before, after),
    ...alertRisks(before, after),
  ];
  return risks.sort((a, b) => rankOf(a.code) - rankOf(b.code));
}

function stateRisks(before: Json, after: Json): Risk[] {
  const [was, is] = [before["enabled"], after["enabled"]];
  if (was !== false && is === false) return [{ code: "disabled", message: "the rule is disabled" }];
  if (was === false && is === true) return [{ code: "enabled", message: "the rule is enabled" }];
  return [];
}

function sameTypeRisks(before: Json, after: Json): Risk[] {
  return [...sourceRisks(before, after), ...queryRisks(before, after), ...limitRisks(before, after)];
}

function retyped(before: Json, after: Json): Risk {
  const message = `its type changes from "${String(before["type"])}" to "${String(after["type"])}": the rule is deleted and made anew, with a new internal id and without its history`;
  return { code: "replaced", message };
}

/** Kibana lets a rule change between the two types that share their parameters. */
function typeOf({ type }: Json): unknown {
  return type === "saved_query" ? "query" : type;
}
