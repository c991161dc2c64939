import { isJson, type Json } from "../../json/index.js";
import type { LiveRule } from "../../kibana/endpoints/index.js";
import { markOf } from "../form/mark.js";
import { byRuleId, type Actual } from "../live/actual.js";
import { type Desired, listKey } from "../desired/desired.js";
import { EXPORT_LIMIT } from "../live/actual.js";
import { check } from "./report.js";
import type { Check } from "./types.js";

/** So many names are written out. */
const NAMED = 5;

export interface Reference {
  readonly list_id: string;
  readonly namespace_type: string;
  readonly type: string;
}

/** The lists that a rule refers to. */
export function referencesOf(rule: LiveRule): Reference[] {
  const references = rule["exceptions_list"];
  if (!Array.isArray(references)) return [];
  return references.filter(isJson).map(({ list_id, namespace_type, type }) => ({
    list_id: String(list_id),
    namespace_type: namespace_type === "agnostic" ? "agnostic" : "single",
    type: String(type),
  }));
}

/** What is odd about the rules of a space. `lists` are the keys of the lists that are there. */
export function examineRules(
  rules: readonly LiveRule[],
  lists: ReadonlySet<string>,
  desired: Desired,
  project: string,
): Check[] {
  const { space } = desired;
  const wanted = new Set(desired.rules.map(({ rule }) => rule.rule_id));
  return [
    amount(rules.length, space),
    duplicates(byRuleId(rules), space),
    prebuilt(
      rules.filter((rule) => wanted.has(rule.rule_id)),
      space,
    ),
    references(rules, lists, space),
    defaultLists(rules, lists, space),
    running(
      rules.filter((rule) => markOf(rule["meta"])?.project === project),
      space,
    ),
  ];
}

function amount(count: number, space: string): Check {
  const amount = check("rule-count", "rules", space);
  if (count <= EXPORT_LIMIT) return amount.ok(`${count}`);
  return amount.warning(
    `${count} rules: above ${EXPORT_LIMIT} Kibana exports none, so plans search for them and take longer`,
    "delete rules that nobody needs, or spread them over spaces",
  );
}

/** Trap 24. */
function duplicates(byId: Actual["rules"], space: string): Check {
  const twice = [...byId].filter(([, rules]) => rules.length > 1).map(([id]) => id);
  const outcome = check("duplicates", "duplicates", space);
  if (twice.length === 0) return outcome.ok("no rule_id is there twice");
  return outcome.problem(
    `several rules share one rule_id: ${some(twice)}`,
    "delete all but one of each in Kibana; a retried import makes them",
  );
}

/** Trap 37: Kibana takes a rule with the rule_id of a prebuilt one for that one. A pull writes such files; a plan says which conflict. */
function prebuilt(ours: readonly LiveRule[], space: string): Check {
  const outcome = check("prebuilt", "prebuilt rules", space);
  const shared = ours.filter(({ immutable, rule_source: source }) => {
    return immutable === true || (isJson(source) && source["type"] === "external");
  });
  if (shared.length === 0) return outcome.ok("none has the rule_id of a rule of the project");
  return outcome.warning(
    `rules of the project have the rule_id of a prebuilt rule, which Kibana updates itself: ${named(shared)}`,
    "an apply leaves these rules alone; to deploy one as your own, give it another rule_id",
  );
}

/** Traps 8 and 31: a rule whose list is gone runs without those exceptions. */
function references(rules: readonly LiveRule[], lists: ReadonlySet<string>, space: string): Check {
  const outcome = check("exception-lists", "exception lists", space);
  const dangling = rules.filter((rule) =>
    referencesOf(rule).some((list) => list.type !== "rule_default" && isGone(list, lists)),
  );
  if (dangling.length === 0) return outcome.ok("every list that rules name is there");
  return outcome.problem(
    `rules name exception lists that are not there, and run without them: ${named(dangling)}`,
    "apply puts back lists of the project; take other references off the rule in Kibana",
  );
}

function defaultLists(rules: readonly LiveRule[], lists: ReadonlySet<string>, space: string): Check {
  const outcome = check("rule-default", "rules' own lists", space);
  const owners = new Map<string, LiveRule[]>();
  const [dangling, several]: [LiveRule[], LiveRule[]] = [[], []];
  for (const rule of rules) {
    const own = referencesOf(rule).filter(({ type }) => type === "rule_default");
    if (own.length > 1) several.push(rule);
    if (own.some((list) => isGone(list, lists))) dangling.push(rule);
    for (const list of own) owners.set(listKey(list), [...(owners.get(listKey(list)) ?? []), rule]);
  }
  const shared = [...owners.values()].filter((of) => of.length > 1).flat();
  const odd = [
    ...(several.length === 0 ? [] : [`rules with more than one: ${named(several)}`]),
    ...(shared.length === 0 ? [] : [`rules that share one: ${named(shared)}`]),
    ...(dangling.length === 0 ? [] : [`rules whose list is gone: ${named(dangling)}`]),
  ];
  if (odd.length === 0) return outcome.ok("at most one a rule, and each is there");
  return outcome.warning(
    odd.join("; "),
    several.length + shared.length > 0
      ? "Kibana refuses to save such rules: take the superfluous reference off with an update by API; rules that share a list share its exceptions"
      : "add an exception to the rule in Kibana, which makes the list anew",
  );
}

/** Trap 28: a key that was revoked shows in the rule's last run. */
function running(ours: readonly LiveRule[], space: string): Check {
  const outcome = check("rules-run", "rules run", space);
  const failed = ours
    .filter(({ enabled }) => enabled === true)
    .filter((rule) => lastRun(rule)?.["status"] === "failed");
  const keyless = failed.filter((rule) =>
    /api[ _-]?key|security_exception|unable to authenticate|unauthori[sz]ed|\b401\b/i.test(
      String(lastRun(rule)?.["message"]),
    ),
  );
  if (keyless.length > 0)
    return outcome.problem(
      `rules of the project fail because the key that wrote them is no longer valid: ${named(keyless)}`,
      "write them again with a valid key: disable and enable them in Kibana as a user who stays, or apply a change",
    );
  if (failed.length > 0)
    return outcome.warning(
      `rules of the project failed when they last ran: ${named(failed)}`,
      "see the rule's execution log in Kibana, or kdac preview",
    );
  return outcome.ok(
    ours.length === 0 ? "none of the project's is there" : "none of the project's failed when it last ran",
  );
}

function lastRun(rule: LiveRule): Json | undefined {
  const summary = rule["execution_summary"];
  return isJson(summary) && isJson(summary["last_execution"]) ? summary["last_execution"] : undefined;
}

/** Kibana's endpoint list is made on demand. */
function isGone(list: Reference, lists: ReadonlySet<string>): boolean {
  return list.list_id !== "endpoint_list" && !lists.has(listKey(list));
}

const named = (rules: readonly LiveRule[]): string =>
  some([...new Set(rules.map(({ name }) => `"${name}"`))]);

function some(texts: readonly string[]): string {
  const more = texts.length - NAMED;
  return `${texts.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
