import type { LiveRule } from "../../kibana/endpoints/index.js";
import type { DesiredRule } from "../desired/desired.js";
import { digestOf, type Mark } from "../form/mark.js";
import { fingerprint, sharedLists, unknownFields } from "../form/comparable.js";
import { judge, type Ownership, ownershipOf } from "./ownership.js";
import type { Change, Conflict, Policy } from "./types.js";
import type { References } from "./references.js";
import { createBody, ruleUpdate, wasSavedInKibana } from "./rule-body.js";

/** Plans one rule of a space. `live` are the rules with its rule_id: none, one, or the duplicates that some race made. */
export function planRule(
  desired: DesiredRule,
  live: readonly LiveRule[],
  references: References,
  policy: Policy,
): Change {
  const { rule, file } = desired;
  const base = {
    kind: "rule" as const,
    key: references.keyOf(rule.rule_id),
    id: rule.rule_id,
    name: rule.name,
    file,
  };
  const inConflict = (conflict: Conflict): Change => ({ ...base, action: "conflict", diff: [], conflict });
  const { mark, likely } = markFor(desired, policy.project);
  const missing = references.problem(desired);
  const current = live[0];
  if (current === undefined) {
    if (missing !== undefined) return inConflict(missing);
    const write = references.write(createBody(desired, mark, references), desired);
    return { ...base, action: "create", diff: [], ...references.needsOf(desired), write };
  }
  if (live.length > 1) return inConflict(ambiguous(rule.rule_id, live.length));

  const ownership = ownershipOfRule(desired, current, likely, policy.project);
  const foreign = ownership.kind !== "ours" && ownership.kind !== "drifted";
  if (foreign && isPrebuilt(current)) return inConflict(prebuilt(rule.rule_id));
  const { body, diff } = ruleUpdate(desired, current, ownership, mark, references);
  // Changed outside git into what git has: only the mark has to be renewed, which overwrites nothing of anybody's.
  const restamps = ownership.kind === "drifted" && diff.length === 0;
  if (diff.length === 0 && !foreign && !restamps) return { ...base, action: "unchanged", diff };

  const verdict = restamps ? { allowed: true as const } : judge(ownership, `rule "${rule.rule_id}"`, policy);
  const drift = "drift" in verdict ? { drift: verdict.drift } : {};
  if (!verdict.allowed) return { ...inConflict(verdict.conflict), diff, ...drift };
  if (isTypeChange(rule.type, current["type"])) {
    return { ...inConflict(typeChange(String(current["type"]), rule.type)), diff, ...drift };
  }
  if (missing !== undefined) return { ...inConflict(missing), diff, ...drift };
  return {
    ...base,
    action: "update",
    diff: diff.length > 0 ? diff : [{ path: "meta.kdac", after: mark }],
    ...drift,
    ...("adopts" in verdict ? { adopts: verdict.adopts } : {}),
    ...references.needsOf(desired),
    expected: { id: current.id, revision: Number(current["revision"] ?? 0) },
    write: references.write(body, desired),
  };
}

/** The mark that a rule gets when it is applied in this form, and the options that its digest covers. */
export function markFor({ rule }: DesiredRule, project: string): { mark: Mark; likely: ReadonlySet<string> } {
  const sent: Readonly<Record<string, unknown>> = { ...rule };
  const taken = fingerprint(sent, {
    authored: (name) => sent[name] !== undefined,
    lists: sharedLists(sent),
    extra: unknownFields(sent),
  });
  return {
    mark: { project, rule_id: rule.rule_id, digest: digestOf(taken) },
    likely: new Set(Object.keys(taken.options)),
  };
}

function ownershipOfRule(
  { rule }: DesiredRule,
  live: LiveRule,
  likely: ReadonlySet<string>,
  project: string,
): Ownership {
  const everything = fingerprint(live, {
    authored: () => true,
    lists: sharedLists(live),
    extra: unknownFields({ ...rule }),
  });
  return ownershipOf(
    {
      meta: live["meta"],
      ruleId: rule.rule_id,
      fingerprint: everything,
      likely,
      savedInKibana: wasSavedInKibana(live) && !isPrebuilt(live),
    },
    project,
  );
}

function isPrebuilt(live: LiveRule): boolean {
  const source = live["rule_source"];
  return (
    live["immutable"] === true ||
    (typeof source === "object" && source !== null && "type" in source && source.type === "external")
  );
}

/** The two that share one set of parameters may change into each other; Kibana refuses any other change of type. */
function isTypeChange(wanted: string, live: unknown): boolean {
  const unified = new Set<unknown>(["query", "saved_query"]);
  return wanted !== live && !(unified.has(wanted) && unified.has(live));
}

function ambiguous(ruleId: string, count: number): Conflict {
  return {
    code: "ambiguous",
    message: `the space has ${count} rules with the rule_id "${ruleId}"`,
    help: "delete all but one of them in Kibana",
  };
}

function prebuilt(ruleId: string): Conflict {
  return {
    code: "prebuilt",
    message: `rule "${ruleId}" is installed as a prebuilt rule, which Kibana updates itself`,
    help: "give yours a rule_id of its own, or delete the prebuilt rule",
  };
}

function typeChange(from: string, to: string): Conflict {
  return {
    code: "type-change",
    message: `its type changes from "${from}" to "${to}", which Kibana does only by deleting the rule and making a new one`,
    help: "delete the rule in Kibana and apply again, or give the new one another rule_id",
  };
}
