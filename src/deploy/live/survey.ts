import type { Json } from "../../json/index.js";
import type { Client } from "../../kibana/client.js";
import type { Dialect } from "../../kibana/dialect.js";
import { exportRules, type LiveRule } from "../../kibana/endpoints/index.js";
import { isKibanaError } from "../../kibana/errors.js";
import { type Desired, listKey } from "../desired/desired.js";
import { referencesOf } from "../form/comparable.js";
import { isMarkedBy, markOf } from "../form/mark.js";
import { exported, type RuleName, searchRules } from "./actual.js";
import { liveListKey, liveKey } from "./keys.js";
import { type Exported, sortExport } from "./exported.js";
import { findEveryRule } from "./find.js";

/** What is known of a space's rules: in full those that are wanted or this project's, of the others next to nothing. */
export interface Survey extends Exported {
  readonly copies: readonly RuleName[];
}

/** Reads the rules of a space with what they refer to, and keeps what concerns the project. */
export async function surveyRules(
  client: Client,
  desired: Desired,
  dialect: Dialect,
  project: string,
  wantedLists: ReadonlySet<string>,
): Promise<Survey> {
  const { space } = desired;
  const ids = new Set(desired.rules.map(({ rule }) => rule.rule_id));
  const lines = await wholeExport(client, space, (line) => concerning(line, ids, project));
  if (lines !== undefined) {
    const survey = sorted(lines, ids, project, wantedLists);
    if (dialect.exportsPrebuilt) return survey;
    const seen = new Set(survey.rules.map((rule) => rule.rule_id));
    const unseen = [...ids].filter((id) => !seen.has(id));
    return { ...survey, rules: [...survey.rules, ...(await searchRules(client, space, unseen))] };
  }
  const filter = `alert.attributes.params.meta.kdac.project: ${JSON.stringify(project)}`;
  const [found, marked] = await Promise.all([
    exported(client, space, [...ids], dialect),
    findEveryRule(client, space, filter),
  ]);
  const more = marked.filter((rule) => !ids.has(rule.rule_id) && isMarkedBy(rule, project));
  return {
    ...found,
    rules: [...found.rules, ...more.filter(isItself)],
    copies: more.filter((rule) => !isItself(rule)).map(nameOf),
  };
}

/** Undefined where Kibana does not export the whole space: it has too many rules, or one that the export trips over. */
async function wholeExport(
  client: Client,
  space: string,
  keep: (line: Json) => Json,
): Promise<Json[] | undefined> {
  try {
    return await exportRules(client, space, undefined, keep);
  } catch (error) {
    if (isKibanaError(error, "validation", "server", "too-large", "timeout")) return undefined;
    throw error;
  }
}

/** A line of an export as far as it concerns the project: of a rule that is nobody's here, what `sorted` asks. */
function concerning(line: Json, ids: ReadonlySet<string>, project: string): Json {
  const { id, rule_id: ruleId, name } = line;
  const isForeign = typeof ruleId === "string" && !ids.has(ruleId) && !isMarkedBy(line, project);
  return isForeign ? { id, rule_id: ruleId, name } : line;
}

function sorted(
  lines: readonly Json[],
  ids: ReadonlySet<string>,
  project: string,
  wantedLists: ReadonlySet<string>,
): Survey {
  const all = sortExport(lines);
  const rules: LiveRule[] = [];
  const copies: RuleName[] = [];
  const near = new Set(wantedLists);
  for (const rule of all.rules) {
    const marked = isMarkedBy(rule, project);
    if (marked && !isItself(rule)) copies.push(nameOf(rule));
    if (!ids.has(rule.rule_id) && !(marked && isItself(rule))) continue;
    rules.push(rule);
    for (const reference of referencesOf(rule)) near.add(listKey(reference));
  }
  for (const list of all.lists) if (isMarkedBy(list, project)) near.add(liveListKey(list));
  const items = all.items.filter((item) => near.has(listKey(liveKey(item))) || isMarkedBy(item, project));
  return { rules, lists: all.lists, items, connectors: all.connectors, copies };
}

/** Whether a marked rule is the one that was marked: a duplicate copies the mark, but has another rule_id. */
function isItself(rule: LiveRule): boolean {
  return markOf(rule["meta"])?.rule_id === rule.rule_id;
}

function nameOf({ id, rule_id, name }: LiveRule): RuleName {
  return { id, rule_id, name };
}
