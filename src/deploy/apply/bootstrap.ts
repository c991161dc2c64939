import { splitBundle } from "../../bundle/index.js";
import { type Diagnostic, report, type Target as Place } from "../../diagnostics/index.js";
import { isJson, type Json } from "../../json/index.js";
import type { Dialect } from "../../kibana/dialect.js";
import {
  BULK_IDS,
  bulkAction,
  createRule,
  importRules,
  type LiveRule,
  updateRule,
} from "../../kibana/endpoints/index.js";
import type { RuleCreate } from "../../kibana/rule.js";
import { backOff } from "../../kibana/retry.js";
import { listKey } from "../desired/desired.js";
import { referencesOf } from "../form/comparable.js";
import type { Change, Plan } from "../plan/types.js";
import { look, type Seen, targetOf } from "./look.js";
import { inPool } from "./pool.js";
import { failed, messageOf, resultOf } from "./results.js";
import type { ChangeResult } from "./types.js";
import type { Writing } from "./write.js";
import { isThatOf, storedOtherwise } from "./write-rule.js";

type Sent = Json & RuleCreate & { readonly rule_id: string };

/** What a bootstrap asks and tells the run that it is part of. */
export interface Bootstrapping {
  /** Why a change is not tried any more. */
  readonly refusal: (change: Change) => ChangeResult | undefined;
  /** Puts the intent into the journal; false where the change must not be made and has got its result. */
  readonly intend: (change: Change) => Promise<boolean>;
  /** Hears of a failed request. */
  readonly failed: (error: unknown) => void;
  readonly end: (change: Change, result: ChangeResult) => void;
}

interface Rule {
  readonly change: Change;
  readonly sent: Sent;
}

/** Looks at what an import of unknown outcome made, until two agree. */
const LOOKS = 6;

/** The spaces that must not be bootstrapped, because rules of the plan are there already. */
export function bootstrapFindings(plan: Plan, seen: ReadonlyMap<string, Seen>, place: Place): Diagnostic[] {
  return plan.spaces.flatMap(({ space, changes }) => {
    const rules = changes.filter(({ kind }) => kind === "rule");
    if (!rules.some(({ action }) => action === "create")) return [];
    const there = rules.filter(
      ({ state, id }) => state !== "new" || (seen.get(space)?.rules.get(id)?.length ?? 0) > 0,
    );
    const [first] = there;
    if (first === undefined) return [];
    return [report("deploy/bootstrap-not-empty", { space, rule: first.id, count: there.length }, place)];
  });
}

/**
 * Makes the rules of a space by Kibana's import, which takes thousands in one request. It makes a rule twice when it is
 * sent twice (trap 24), so nothing is imported again: what became of it is read back, and what is missing is made rule by
 * rule. All rules are imported disabled, and enabled when they are there as they were sent (trap 23), a hundred at a
 * time (trap 27).
 */
export async function bootstrapRules(
  changes: readonly Change[],
  writing: Writing,
  dialect: Dialect,
  run: Bootstrapping,
): Promise<void> {
  const rules: Rule[] = [];
  for (const change of changes) {
    const filled = writing.ids.fill(change.write!);
    if (typeof filled === "string") run.end(change, failed(change, new Error(filled)));
    else rules.push({ change, sent: filled as Sent });
  }
  const sure = await importAll(rules, writing, run);
  if (sure.rules.length === 0) return;
  let live: ReadonlyMap<string, readonly LiveRule[]>;
  try {
    live = await readBack(sure.rules, writing, dialect, sure.inDoubt);
  } catch (error) {
    run.failed(error);
    const problem = new Error(`it was imported, and could not be read back (${messageOf(error)})`);
    for (const { change } of sure.rules) run.end(change, failed(change, problem));
    return;
  }
  const made: { readonly rule: Rule; readonly id: string; readonly notes: string[] }[] = [];
  await inPool(sure.rules, writing.client.concurrency, async (rule) => {
    try {
      const refusal = run.refusal(rule.change);
      if (refusal !== undefined) return run.end(rule.change, refusal);
      const stored = await settle(rule, live.get(rule.change.id) ?? [], writing);
      made.push({
        rule,
        id: stored.id,
        notes: storedOtherwise({ ...rule.sent, enabled: undefined }, stored),
      });
    } catch (error) {
      run.failed(error);
      run.end(rule.change, failed(rule.change, error));
    }
  });
  const enabled = await enable(
    made.filter(({ rule }) => rule.sent["enabled"] === true).map(({ id }) => id),
    writing,
    run,
  );
  await inPool(made, writing.client.concurrency, async ({ rule: { change, sent }, id, notes }) => {
    try {
      // Some versions refuse what the bulk action and a PATCH do, and take a PUT.
      if (sent["enabled"] === true && !enabled.has(id)) await updateRule(writing.client, writing.space, sent);
      run.end(change, { ...resultOf(change, "done"), ...(notes.length === 0 ? {} : { notes }) });
    } catch (error) {
      run.failed(error);
      run.end(
        change,
        failed(change, new Error(`it was made, and could not be enabled: ${messageOf(error)}`)),
      );
    }
  });
}

/** Imports the rules in as many parts as Kibana's limits ask for, each once. */
async function importAll(
  rules: readonly Rule[],
  { client, space }: Writing,
  run: Bootstrapping,
): Promise<{ rules: Rule[]; inDoubt: boolean }> {
  const sorted = [...rules].sort((a, b) => (a.sent.rule_id < b.sent.rule_id ? -1 : 1));
  const parts = splitBundle({
    rules: sorted.map(({ change, sent }) => ({ file: change.file, rule: { ...sent, enabled: false } })),
    lists: [],
    connectors: [],
  });
  const begun: Rule[] = [];
  let inDoubt = false;
  let at = 0;
  for (const { summary, text } of parts) {
    const part = sorted.slice(at, (at += summary.exported_rules_count));
    const intended: Rule[] = [];
    for (const rule of part) {
      const refusal = run.refusal(rule.change);
      if (refusal !== undefined) run.end(rule.change, refusal);
      else if (await run.intend(rule.change)) intended.push(rule);
    }
    begun.push(...intended);
    // A part of which some rules may not be made is not imported: its others are made one by one.
    if (part.length === 0 || intended.length < part.length) continue;
    try {
      await importRules(client, space, text);
    } catch (error) {
      run.failed(error);
      inDoubt = true;
    }
  }
  return { rules: begun, inDoubt };
}

/** The rules as they are after the import; where its outcome is unknown, when two looks find the same number. */
async function readBack(
  rules: readonly Rule[],
  { client, space }: Writing,
  dialect: Dialect,
  inDoubt: boolean,
): Promise<ReadonlyMap<string, readonly LiveRule[]>> {
  const targets = rules.map(({ change }) => targetOf(change));
  const count = (found: ReadonlyMap<string, readonly LiveRule[]>): number =>
    [...found.values()].flat().length;
  let found = (await look(client, space, targets, dialect)).rules;
  if (!inDoubt) return found;
  for (let looks = 1; looks < LOOKS; looks++) {
    await client.clock.sleep(1000 + backOff(looks, client.random));
    const next = (await look(client, space, targets, dialect)).rules;
    const isSteady = count(next) === count(found);
    found = next;
    if (isSteady) break;
  }
  return found;
}

/** Makes sure that a rule is there once and as it was sent. */
async function settle(
  { change, sent }: Rule,
  found: readonly LiveRule[],
  { client, space }: Writing,
): Promise<LiveRule> {
  const off: Sent = { ...sent, enabled: false };
  const [live] = found;
  if (live === undefined) return createRule(client, space, off, isThatOf(off));
  if (found.length > 1)
    throw new Error(
      `the space has ${found.length} rules with this rule_id now; delete all but one of them in Kibana`,
    );
  if (!isThatOf(off)(live))
    throw new Error(`somebody else made a rule with the rule_id "${change.id}" meanwhile`);
  const missesList = referencesOf(off).some(
    (list) => !referencesOf(live).some((other) => listKey(other) === listKey(list) && other.id === list.id),
  );
  return missesList || storedOtherwise(off, live).length > 0 ? updateRule(client, space, off) : live;
}

/** Enables rules by Kibana's own ids; returns those that are. */
async function enable(
  ids: readonly string[],
  { client, space }: Writing,
  run: Bootstrapping,
): Promise<ReadonlySet<string>> {
  const enabled = new Set<string>();
  for (let from = 0; from < ids.length; from += BULK_IDS) {
    try {
      const { attributes } = await bulkAction(client, space, "enable", ids.slice(from, from + BULK_IDS));
      const results =
        isJson(attributes) && isJson(attributes["results"]) ? attributes["results"]["updated"] : [];
      for (const rule of Array.isArray(results) ? results : [])
        if (isJson(rule) && rule["enabled"] === true) enabled.add(String(rule["id"]));
    } catch (error) {
      // Each of them is tried on its own.
      run.failed(error);
    }
  }
  return enabled;
}
