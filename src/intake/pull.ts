import { append } from "../diagnostics/index.js";
import { posix } from "node:path";
import { type Actual, type Desired, listKey, type LiveWanted } from "../deploy/index.js";
import { keysOf, textKey } from "../deploy/live/find.js";
import { isMarkedBy, markOf } from "../deploy/form/mark.js";
import type { LiveRule } from "../kibana/endpoints/index.js";
import type { Project } from "../project/index.js";
import type { RuleSource } from "../rule/index.js";
import type { AuthoredRule } from "../schema/index.js";
import { Around, type PullOptions } from "./pull-around.js";
import { checkPulled } from "./pull-check.js";
import { pullIntoConnectorFile, pullNewConnector } from "./pull-connector.js";
import { prebuiltOf } from "./pull-live.js";
import type { Pull, Selection } from "./pull-model.js";
import { usedConnectors } from "./pull-connectors.js";
import { pullValueLists } from "./pull-values.js";
import { pullLists, referableLists } from "./pull-lists.js";
import { type Candidate, candidateOf, hasDrifted, placeOf, pullIntoFile, pullNew } from "./pull-rule.js";
import { named } from "./pull-standing.js";

/** What has to be read of a space for a pull. */
export function wantedOf(project: Project, desired: Desired, selection: Selection): LiveWanted {
  const { space } = desired;
  const lists = selection.kind === "some" ? [] : desired.lists.map(({ list }) => list);
  const connectors = connectorsOf(desired.rules);
  const valueLists = desired.valueLists.map(({ id }) => id);
  const own = desired.rules.map(({ rule }) => rule.rule_id);
  switch (selection.kind) {
    case "drifted":
      return {
        space,
        rules: { kind: "some", ids: own, named: [] },
        lists,
        connectors,
        valueLists: { ids: valueLists, others: false },
      };
    case "all":
      return {
        space,
        // Whether a rule of the project is gone has to be known of prebuilt rules too.
        rules: { ...selection, ids: selection.source === "prebuilt" ? [] : own },
        lists,
        connectors,
        valueLists: { ids: valueLists, others: true },
      };
    case "some": {
      const found = selection.rules.map((text) => idsOf(project, text));
      const ids = [...new Set(found.flat())];
      const unknown = selection.rules.filter((_, i) => found[i]!.length === 0);
      const some = desired.rules.filter(({ rule }) => ids.includes(rule.rule_id));
      return { space, rules: { kind: "some", ids, named: unknown }, lists, connectors: connectorsOf(some) };
    }
  }
}

/** The names of the connectors that rules use. */
function connectorsOf(rules: Desired["rules"]): string[] {
  const names = rules.flatMap((rule) => rule.connectors.filter((name) => name !== undefined));
  return [...new Set(names)];
}

/** The rules of the project that a text names. An invalid file may have no id, or no name. */
function idsOf({ rules }: Project, text: string): string[] {
  const key = textKey(text);
  return rules.flatMap(({ source: { authored } }) => {
    const { rule_id, name } = authored as Partial<AuthoredRule>;
    const isNamed = [rule_id, name].some((own) => own !== undefined && textKey(own) === key);
    return isNamed && rule_id !== undefined ? [rule_id] : [];
  });
}

/**
 * Plans a pull: what the files become when they take from the space what was changed there. Pure but for looks at what files there are;
 * nothing is written. A file that exists is changed by text edits; it then compiles to what the space has, which is tried.
 */
export function planPull(options: PullOptions): Pull {
  const around = new Around(options);
  const { candidates, fresh } = chosen(around);
  const paths = new Map(fresh.map((rule) => [rule, placeOf(around, rule)]));
  const rules = { candidates, fresh: paths };
  const connectors = usedConnectors(around, rules);
  const lists = referableLists(around, rules);
  around.refer({ lists: lists.known, connectors: connectors.names });
  for (const connector of connectors.fresh) {
    const folder = posix.join(options.out, "_shared", "connectors");
    const file = around.places.take({ folder, name: connector.name, id: undefined, kind: "connector" });
    pullNewConnector(around, connector, file);
  }
  // A connector has no mark: nothing tells which side is newer.
  if (options.selection.kind !== "drifted")
    for (const connector of connectors.existing) pullIntoConnectorFile(around, connector);
  pullLists(around, lists);
  pullValueLists(around);
  for (const candidate of candidates) pullIntoFile(around, candidate);
  for (const [rule, file] of paths) pullNew(around, rule, file);
  reportGone(around);
  const { objects, files, faithful, findings, documents } = around;
  append(findings, checkPulled(options.project, options.host, files));
  return { objects, files, faithful, findings, documents };
}

interface Chosen {
  readonly candidates: readonly Candidate[];
  /** Rules without a file. */
  readonly fresh: readonly LiveRule[];
}

/** The rules to pull, in the order in which Kibana returned them. */
function chosen(around: Around): Chosen {
  const { actual, project, selection, space } = around.options;
  const sources = new Map(
    project.rules.filter((rule) => !rule.broken).map(({ source }) => [source.authored.rule_id, source]),
  );
  const candidates: Candidate[] = [];
  const fresh: LiveRule[] = [];
  for (const [rule_id, live] of actual.rules) {
    const source = sources.get(rule_id);
    const [rule] = live;
    if (rule === undefined || !isAskedFor(around, rule, source)) continue;
    if (around.isBarred("rule", rule_id, rule.name)) continue;
    if (live.length > 1) {
      const file = source?.file ?? project.configFile ?? "";
      around.about({ file }, "pull/ambiguous", { space: space.id, count: live.length, rule_id });
    } else if (source === undefined) fresh.push(rule);
    else {
      const candidate = candidateOf(around, rule, source);
      if (isChosen(around, candidate)) candidates.push(candidate);
    }
  }
  if (selection.kind === "some") reportUnfound(around, selection.rules, actual);
  return { candidates, fresh };
}

function isAskedFor(around: Around, rule: LiveRule, source: RuleSource | undefined): boolean {
  const { selection, project } = around.options;
  if (selection.kind === "some") return true;
  if (selection.kind === "drifted") return source !== undefined;
  const isPrebuilt = prebuiltOf(rule) !== undefined;
  if (selection.source !== "all" && isPrebuilt !== (selection.source === "prebuilt")) return false;
  const mark = markOf(rule["meta"]);
  if (source !== undefined || mark === undefined || mark.rule_id !== rule.rule_id) return true;
  if (mark.project === project.settings.name) return true;
  const params = { name: rule.name, project: mark.project };
  around.about({ file: project.configFile ?? "" }, "pull/other-project", params);
  return false;
}

/** Without a word about which rules, those that drifted. */
function isChosen(around: Around, candidate: Candidate): boolean {
  const { selection, project } = around.options;
  if (selection.kind !== "drifted" || hasDrifted(candidate, project.settings.name)) return true;
  const { standing, source, rule } = candidate;
  if (standing.is === "unknown") {
    const params = { kind: "rule", name: rule.name, fields: named(standing.fields) };
    around.about({ file: source.file }, "pull/not-ours", params);
  }
  return false;
}

/** What the project has files for and the space has not, where this project was deployed to it. */
function reportGone(around: Around): void {
  const { actual, desired, project, selection, space } = around.options;
  if (selection.kind === "some") return;
  const { name: owner } = project.settings;
  const live = [
    ...[...actual.rules.values()].flat(),
    ...actual.lists.values(),
    ...[...(actual.valueLists?.values() ?? [])].map(({ list }) => list),
  ];
  if (!live.some((object) => isMarkedBy(object, owner))) return;
  const gone = (kind: string, name: string, file: string): void =>
    around.about({ file }, "pull/gone", { kind, name, space: space.id });
  // Of Elastic's rules alone nothing can be concluded about others.
  const seesRules = selection.kind === "drifted" || selection.source !== "prebuilt";
  for (const { rule, file } of seesRules ? desired.rules : [])
    if (!actual.rules.has(rule.rule_id)) gone("rule", rule.name, file);
  for (const { list, file } of desired.lists)
    if (!actual.lists.has(listKey(list))) gone("exception list", list.name, file);
  for (const { id, name, file } of desired.valueLists)
    if (actual.valueLists?.has(id) === false) gone("value list", name, file);
}

function reportUnfound(around: Around, texts: readonly string[], actual: Actual): void {
  const { project, space } = around.options;
  const found = new Set([...actual.rules.values()].flat().flatMap(keysOf));
  for (const rule of texts) {
    const known = [textKey(rule), ...idsOf(project, rule).map(textKey)];
    if (known.some((key) => found.has(key))) continue;
    around.about({ file: project.configFile ?? "" }, "pull/no-such-rule", { space: space.id, rule });
  }
}
