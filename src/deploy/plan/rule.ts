import type { Json } from "../../json/index.js";
import type { LiveItem, LiveRule } from "../../kibana/endpoints/index.js";
import { type DesiredRule, listKey } from "../desired/desired.js";
import { digestOf, type Fingerprint, type Mark, markOf } from "../form/mark.js";
import { fingerprint, referencesOf, sharedLists, storedForm, unknownFields } from "../form/comparable.js";
import { ownershipOfOrphan } from "./exceptions.js";
import { continues, type Lost } from "./left-behind.js";
import { judge, lastChange, type Ownership, ownershipOf, stateOf } from "./ownership.js";
import type { FieldChange } from "./differ.js";
import { risksOf } from "../risks/risks.js";
import type { Body, Change, Conflict, Policy, Warning } from "./types.js";
import type { References } from "./references.js";
import { isPlainlyInSync } from "./rule-in-sync.js";
import { createBody, detachedLists, replacementBody, ruleUpdate, wasSavedInKibana } from "./rule-body.js";

/** Exceptions of a list that a note names. */
const MOST_NAMED = 3;

/**
 * Plans one rule of a space. `live` are the rules with its rule_id: none, one, or the duplicates that some race made.
 *
 * @param lost the rule as a run that did not come to its end deleted it, where one did
 */
export function planRule(
  desired: DesiredRule,
  live: readonly LiveRule[],
  references: References,
  policy: Policy,
  lost?: Lost,
): Change {
  const [current] = live;
  if (live.length === 1 && isPlainlyInSync(desired, markFor(desired, policy.project), current!, references)) {
    return { ...baseOf(desired, references), state: "in-sync", diff: [], action: "unchanged" };
  }
  return planInFull(desired, live, references, policy, lost);
}

function baseOf(
  { rule, file }: DesiredRule,
  references: References,
): Pick<Change, "kind" | "key" | "id" | "name" | "file"> {
  return { kind: "rule", key: references.keyOf(rule.rule_id), id: rule.rule_id, name: rule.name, file };
}

/** {@link planRule} without the short way for rules that are as they should be. */
export function planInFull(
  desired: DesiredRule,
  live: readonly LiveRule[],
  references: References,
  policy: Policy,
  lost?: Lost,
): Change {
  const { rule } = desired;
  const base = baseOf(desired, references);
  const { mark: plain, likely } = markFor(desired, policy.project);
  const missing = references.problem(desired);
  const current = live[0];
  if (current === undefined) {
    const fresh = { ...base, state: "new" as const, diff: [] };
    if (missing !== undefined) return { ...fresh, action: "conflict", conflict: missing };
    const body =
      lost === undefined
        ? createBody(desired, plain, references)
        : bodyAfter(desired, lost.before as LiveRule, references, policy);
    return {
      ...fresh,
      action: "create",
      ...originsOf(desired, policy),
      ...(lost === undefined ? {} : { notes: [continues(lost)] }),
      ...references.needsOf(desired),
      write: references.write(body, desired),
    };
  }
  if (live.length > 1) {
    const state = live.some((one) => isMarked(one, policy.project)) ? "drifted" : "foreign";
    return { ...base, state, action: "conflict", diff: [], conflict: ambiguous(rule.rule_id, live.length) };
  }

  const ownership = ownershipOfRule(desired, current, likely, policy.project);
  const foreign = ownership.kind === "unmarked" || ownership.kind === "other-project";
  const { strangers, held, mark, update } = updateOf(desired, current, ownership, references, policy);
  const moved = markOf(current["meta"])?.digest !== mark.digest;
  const { body } = update;
  const diff = update.diff.map((change) => withOrigin(change, desired));
  const state = stateOf(ownership, diff.length > 0, moved);
  const seen = { ...base, state, diff, ...lastChange(state, current), ...notesOf(strangers, held) };
  if (foreign && isPrebuilt(current)) {
    if (diff.length === 0) return { ...base, state: "in-sync", diff, action: "unchanged", notes: [ELASTICS] };
    return { ...seen, action: "conflict", diff: [], conflict: prebuilt(rule.rule_id) };
  }
  if (diff.length === 0 && state === "in-sync") return { ...seen, action: "unchanged" };

  // Changed outside git into what git has: only the mark has to be renewed, which overwrites nothing of anybody's.
  const restamps = diff.length === 0 && !foreign;
  const verdict = restamps ? { allowed: true as const } : judge(ownership, `rule "${rule.rule_id}"`, policy);
  const planned = { ...seen, ...("drift" in verdict ? { drift: verdict.drift } : {}) };
  if (!verdict.allowed) return { ...planned, action: "conflict", conflict: verdict.conflict };
  const retyped = isTypeChange(rule.type, current["type"]);
  // Only what carries this project's mark is ever deleted.
  if (retyped && ownership.kind !== "ours" && ownership.kind !== "drifted") {
    return { ...planned, action: "conflict", conflict: typeChange(String(current["type"]), rule.type) };
  }
  if (missing !== undefined) return { ...planned, action: "conflict", conflict: missing };
  return {
    ...planned,
    action: retyped ? "replace" : "update",
    ...(restamps ? { diff: [{ path: "meta.kdac", after: mark }] } : {}),
    ...(restamps ? {} : warningsOf(current, body, held.size > 0 ? new Map() : strangers)),
    ...("adopts" in verdict ? { adopts: verdict.adopts } : {}),
    ...references.needsOf(desired),
    expected: {
      id: current.id,
      revision: Number(current["revision"] ?? 0),
      ...(rule.enabled === undefined ? {} : { enabled: current["enabled"] === true }),
    },
    write: references.write(retyped ? replacementBody(desired, current, body) : body, desired),
  };
}

/** What a PUT over a live rule would send and change, and which lists stay attached although the file names them no more. */
function updateOf(
  desired: DesiredRule,
  live: LiveRule,
  ownership: Ownership,
  references: References,
  policy: Policy,
) {
  const strangers = strangersOf(desired, live, ownership, references, policy);
  const held = policy.overwriteDrift === true ? new Set<string>() : new Set(strangers.keys());
  const mark =
    held.size === 0 ? markFor(desired, policy.project).mark : markWith(desired, policy.project, held);
  return { strangers, held, mark, update: ruleUpdate(desired, live, ownership, mark, references, held) };
}

/** What a POST sends for a rule that a run deleted and did not make again: what that run, or a PUT over the rule, would have left. */
function bodyAfter(desired: DesiredRule, before: LiveRule, references: References, policy: Policy): Body {
  const ownership = ownershipOfRule(desired, before, markFor(desired, policy.project).likely, policy.project);
  // Since then lists may have been deleted, or made again under another id.
  const attached = references.resolve(referencesOf(before)).filter(({ id }) => id !== undefined);
  const there = { ...before, exceptions_list: attached };
  const { body } = updateOf(desired, there, ownership, references, policy).update;
  return isTypeChange(desired.rule.type, before["type"])
    ? replacementBody(desired, before, body)
    : { enabled: before["enabled"], ...body };
}

/** What a rule is when it is applied in this form. */
export interface Wanted {
  readonly mark: Mark;
  /** The options that the mark's digest covers. */
  readonly likely: ReadonlySet<string>;
  /** What Kibana makes of it. */
  readonly stored: Json | undefined;
}

/** Marks by the compiled rule, which the spaces of an environment share, and the project. */
const wantedBefore = new WeakMap<object, Map<string, Wanted>>();

export function markFor({ rule }: DesiredRule, project: string): Wanted {
  const known = wantedBefore.get(rule) ?? new Map<string, Wanted>();
  wantedBefore.set(rule, known);
  const before = known.get(project);
  if (before !== undefined) return before;
  const sent: Readonly<Record<string, unknown>> = { ...rule };
  const taken = fingerprintOf(sent, sharedLists(sent));
  const wanted = {
    mark: { project, rule_id: rule.rule_id, digest: digestOf(taken) },
    likely: new Set(Object.keys(taken.options)),
    stored: storedForm(sent),
  };
  known.set(project, wanted);
  return wanted;
}

/** The mark of a rule that keeps lists which its file does not name. They stay the project's to take off later. */
function markWith({ rule }: DesiredRule, project: string, held: ReadonlySet<string>): Mark {
  const sent = { ...rule };
  return {
    project,
    rule_id: rule.rule_id,
    digest: digestOf(fingerprintOf(sent, [...sharedLists(sent), ...held])),
  };
}

function fingerprintOf(sent: Readonly<Record<string, unknown>>, lists: readonly string[]): Fingerprint {
  return fingerprint(sent, {
    authored: (name) => sent[name] !== undefined,
    lists,
    extra: unknownFields(sent),
  });
}

/**
 * By the keys of the lists that an update would take off a rule, the exceptions in them that are not as this project wrote
 * them: what an analyst put there would stop to apply to the rule.
 */
function strangersOf(
  desired: DesiredRule,
  live: LiveRule,
  ownership: Ownership,
  references: References,
  { project }: Policy,
): Map<string, { readonly list: string; readonly items: readonly LiveItem[] }> {
  const found = detachedLists(desired, live, ownership, references).map((list) => {
    const items = references
      .itemsOf(listKey(list))
      .filter((item) => ownershipOfOrphan("exception-item", item, project).kind !== "ours");
    return [listKey(list), { list: list.list_id, items }] as const;
  });
  return new Map(found.filter(([, { items }]) => items.length > 0));
}

type Strangers = ReturnType<typeof strangersOf>;

function notesOf(strangers: Strangers, held: ReadonlySet<string>): { notes?: readonly string[] } {
  const notes = [...strangers]
    .filter(([key]) => held.has(key))
    .map(
      ([, { list, items }]) =>
        `exception list "${list}" stays attached although the file does not name it: ${exceptionsText(items)} would stop to apply; move them, or take the list off with --overwrite-drift`,
    );
  return notes.length === 0 ? {} : { notes };
}

function exceptionsText(items: readonly LiveItem[]): string {
  const names = items
    .slice(0, MOST_NAMED)
    .map(({ name, item_id }) => `"${typeof name === "string" ? name : item_id}"`);
  const more = items.length > MOST_NAMED ? `, and ${items.length - MOST_NAMED} more` : "";
  return `${items.length === 1 ? "an exception" : `${items.length} exceptions`} that others made or changed (${names.join(", ")}${more})`;
}

/** Whether a rule is this project's: a duplicate copies the mark, but has another rule_id. */
export function isMarked(live: LiveRule, project: string): boolean {
  const mark = markOf(live["meta"]);
  return mark?.project === project && mark.rule_id === live.rule_id;
}

/** What is known of a live rule's owner; `rule` is what its file says. */
function ownershipOfRule(
  { rule }: DesiredRule,
  live: LiveRule,
  likely: ReadonlySet<string>,
  project: string,
): Ownership {
  const of = (as: Json): Ownership =>
    ownershipOf(
      {
        meta: live["meta"],
        ruleId: rule.rule_id,
        fingerprint: fingerprint(as, {
          authored: () => true,
          lists: sharedLists(live),
          extra: unknownFields({ ...rule }),
        }),
        likely,
        savedInKibana: wasSavedInKibana(live) && !isPrebuilt(live),
      },
      project,
    );
  const found = of(live);
  if (found.kind !== "drifted" || !waitsToBeEnabled(live)) return found;
  const enabled = of({ ...live, enabled: true });
  return enabled.kind === "ours" ? enabled : found;
}

/**
 * Whether a rule was imported switched off and never touched since: a bootstrap that was cut off leaves rules that it was
 * going to enable. What somebody switches off has another time of its last change.
 */
function waitsToBeEnabled(live: LiveRule): boolean {
  return (
    live["enabled"] === false &&
    Number(live["revision"] ?? 0) === 0 &&
    typeof live["created_at"] === "string" &&
    live["created_at"] === live["updated_at"]
  );
}

/** What is known of a rule of this project that no file wants. */
export function ownershipOfRuleOrphan(live: LiveRule, project: string): Ownership {
  const everything = fingerprint(live, {
    authored: () => true,
    lists: sharedLists(live),
    extra: unknownFields(live),
  });
  return ownershipOf(
    { meta: live["meta"], ruleId: live.rule_id, fingerprint: everything, likely: new Set() },
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

export function ambiguous(ruleId: string, count: number): Conflict {
  return {
    code: "ambiguous",
    message: `the space has ${count} rules with the rule_id "${ruleId}"`,
    help: "delete all but one of them in Kibana",
  };
}

/** What is said of a file that tells what an installed prebuilt rule is. */
const ELASTICS =
  "it is a prebuilt rule of Elastic's, and its file says what it is: Kibana keeps it up to date";

function prebuilt(ruleId: string): Conflict {
  return {
    code: "prebuilt",
    message: `rule "${ruleId}" is installed as a prebuilt rule, which Kibana updates itself, and its file says something else`,
    help: `take what Kibana has into the file with kdac pull --rule ${ruleId}, or give yours a rule_id of its own`,
  };
}

function typeChange(from: string, to: string): Conflict {
  return {
    code: "type-change",
    message: `its type changes from "${from}" to "${to}", which Kibana does only by deleting the rule and making a new one`,
    help: "delete the rule in Kibana and apply again, or give the new one another rule_id",
  };
}

/** What the update does that a reviewer should see. An `enabled` that is left out of it stays as it is. */
function warningsOf(live: LiveRule, body: Body, strangers: Strangers): { warnings?: readonly Warning[] } {
  const warnings: Warning[] = [
    ...risksOf(live, { enabled: live["enabled"], ...body }),
    ...[...strangers.values()].map(({ list, items }) => ({
      code: "exceptions-detached",
      message: `takes exception list "${list}" off: ${exceptionsText(items)} stop to apply`,
    })),
  ];
  return warnings.length === 0 ? {} : { warnings };
}

/** A change with where its new value comes from; what goes comes from nowhere. */
function withOrigin(change: FieldChange, { origins }: DesiredRule): FieldChange {
  if (origins === undefined) return change;
  const origin = origins[/^[^.[]*/.exec(change.path)![0]];
  return origin === undefined ? change : { ...change, origin };
}

function originsOf(desired: DesiredRule, { explain }: Policy): Pick<Change, "origins"> {
  if (explain !== true || desired.origins === undefined) return {};
  return { origins: { ...desired.origins } };
}
