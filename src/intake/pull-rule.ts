import type { Json } from "../json/index.js";
import { posix } from "node:path";
import { wasSavedInKibana } from "../deploy/plan/rule-body.js";
import { markFor } from "../deploy/plan/rule.js";
import type { LiveRule } from "../kibana/endpoints/index.js";
import { markOf } from "../deploy/form/mark.js";
import { decompileRule } from "../rule/decompile/index.js";
import type { SpaceSettings } from "../project/index.js";
import { compileRule, type CompiledRule, type RuleSource, type Selectable } from "../rule/index.js";
import type { AuthoredRule } from "../schema/index.js";
import { parseDocument } from "../yaml/index.js";
import { folderOf } from "./layout.js";
import { type Around, desiredRule } from "./pull-around.js";
import { exceptionsInForm, attachedLists } from "./pull-exceptions.js";
import { SHORT_FORMS } from "./pull-fields.js";
import { expander } from "./pull-forms.js";
import { forFile, forPlan, missingListsOf, prebuiltOf } from "./pull-live.js";
import type { PullAction, PulledObject } from "./pull-model.js";
import { differences, settle } from "./pull-settle.js";
import { named, type Standing, standingOf } from "./pull-standing.js";
import { fileText } from "./text.js";

/** A live rule and the file that the project has for it, with how the two stand to each other. */
export interface Candidate {
  /** As Kibana returned it. */
  readonly rule: LiveRule;
  /** As a plan sees it. */
  readonly live: LiveRule;
  readonly source: RuleSource;
  readonly compiled: CompiledRule;
  readonly standing: Standing;
  /** Fields that the file leaves to Kibana, and lists that were attached there: a plan does not show them. */
  readonly beside: readonly string[];
  /** Whether it was saved in Kibana's form, which drops marks. */
  readonly savedInForm: boolean;
}

/** What a rule needs to have when it is written, whatever the configuration lays over it. */
const REQUIRED = new Set(["rule_id", "name", "description", "type", "severity", "risk_score"]);
/** Fields that the file may leave to Kibana and that come along when a rule is asked for. */
const LEFT = ["actions", "response_actions"] as const;

/** Looks at a rule that has a file. */
export function candidateOf(around: Around, rule: LiveRule, source: RuleSource): Candidate {
  const { actual, project, selection } = around.options;
  const live = forPlan(rule, actual);
  const compiled = compileRule(source, around.compile);
  const wanted = desiredRule(compiled);
  const owner = { project: project.settings.name, rule_id: rule.rule_id };
  const seen = standingOf(
    around.planRule(wanted, live),
    live["meta"],
    () => markFor(wanted, owner.project).mark.digest,
    owner,
  );
  const isAsPulled =
    (seen.is === "both-changed" || seen.is === "file-changed") && around.options.isAsPulled(source.file);
  const standing: Standing = isAsPulled ? { ...seen, is: "space-changed" } : seen;
  const attached = standing.is === "file-changed" && standing.fields.includes("exceptions_list");
  const left = LEFT.filter(
    (field) =>
      selection.kind !== "drifted" &&
      (compiled.rule as unknown as Json)[field] === undefined &&
      Array.isArray(live[field]) &&
      live[field].length > 0,
  );
  return {
    rule,
    live,
    source,
    compiled,
    standing,
    beside: [
      ...left,
      ...(!attached && attachedLists(compiled.rule, live).length > 0 ? ["exceptions_list"] : []),
    ],
    savedInForm: wasSavedInKibana(live),
  };
}

/** Whether a rule of the project was changed in Kibana: what a pull takes that is told nothing else. */
export function hasDrifted({ standing, savedInForm, beside, live }: Candidate, project: string): boolean {
  const { is } = standing;
  if (is === "space-changed" || is === "both-changed") return true;
  if (is === "unknown") return savedInForm;
  return beside.length > 0 && (savedInForm || markOf(live["meta"])?.project === project);
}

/** Takes what the space has into the rule's file. */
export function pullIntoFile(around: Around, candidate: Candidate): void {
  const { rule, live, source, compiled, standing, beside, savedInForm } = candidate;
  const { name } = rule;
  const { file } = source;
  const { force, space } = around.options;
  const object = objectOf(rule, file);
  const differing = standing.fields;
  const stays = (code: "pull/both-changed" | "pull/file-ahead"): void =>
    around.about({ file }, code, { kind: "rule", name, fields: named(differing) });
  if (standing.is === "both-changed" && !force) {
    stays("pull/both-changed");
    return around.settle({ ...object, action: "refused" });
  }
  const isAhead = standing.is === "file-changed" && !force;
  if (isAhead) stays("pull/file-ahead");

  const ignored = new Set(isAhead ? differing : []);
  for (const field of differing) {
    const of = originOf(compiled, field);
    if (of === undefined) continue;
    ignored.add(field);
    if (isAhead) continue;
    if (of === "overlay") around.about({ file }, "pull/overlay-field", { field, name, space: space.id });
    else around.about({ file }, "pull/translated-field", { field, name });
  }
  // The form drops all of `meta` without being told to.
  if (savedInForm) ignored.add("meta");
  reportMissingLists(around, rule, file);
  const fields = [...differing, ...beside].filter(
    (field) => !ignored.has(field) && originOf(compiled, field) === undefined,
  );
  const untouched: PullAction = isAhead ? "kept" : "unchanged";
  if (fields.length === 0) return around.settle({ ...object, action: untouched });

  const { authored, notes } = decompileRule(forFile(live), around.decompile);
  const own = source.document.data as Json;
  const taking = {
    authored: own,
    compiled: compiled.rule as unknown as Json,
    live,
    decompiled: authored,
    exceptions: exceptionsInForm(around, own, live, isAhead),
    interval: around.compile.defaults.interval,
    expand: expander(around.compile),
  };
  const settled = settle(around, live, { source, taking, fields, ignored });
  around.notes(
    notes.filter(({ pointer }) => settled.fields.has(pointer.split("/")[1] ?? "")),
    file,
  );
  if (own["guide"] !== undefined && settled.fields.has("note") && authored["guide"] === undefined)
    around.about({ file }, "pull/guide-as-note", { name });
  reportLeft(around, object, settled.left);
  const { document } = settled;
  if (document.text === source.document.text) return around.settle({ ...object, action: untouched });
  if (!isAhead && settled.left.length === 0) around.faithful.add(file);
  around.settle({ ...object, action: "update", fields: [...settled.fields] }, document);
}

/** Where a new rule's file goes. */
export function placeOf(around: Around, rule: LiveRule): string {
  const folder = posix.join(around.options.out, folderOf(rule, "by-os", ""));
  return around.places.take({ folder, name: rule.name, id: rule.rule_id, kind: "rule" });
}

/** Writes a file for a rule that has none. */
export function pullNew(around: Around, rule: LiveRule, file: string): void {
  const { actual, space, schemaLine } = around.options;
  const live = forPlan(rule, actual);
  const { name } = rule;
  reportMissingLists(around, rule, file);
  const { authored, notes } = decompileRule(forFile(live), around.decompile);
  around.notes(notes, file);
  const isOverlaid = overlaidIn(space, {
    file,
    name,
    tags: Array.isArray(rule["tags"]) ? (rule["tags"] as string[]) : [],
  });
  const overlaid = Object.keys(authored).filter((key) => !REQUIRED.has(key) && isOverlaid(fieldOf(key)));
  for (const key of overlaid) delete authored[key];
  const text = fileText("rule", authored, schemaLine(file, "rule"));
  const document = parseDocument(text, file);
  const source = { file, document, authored: authored as unknown as AuthoredRule, translations: new Map() };
  const left = differences(around, live, source).filter((field) => {
    if (!isOverlaid(field)) return true;
    around.about({ file }, "pull/overlay-field", { field, name, space: space.id });
    return false;
  });
  const object = objectOf(rule, file);
  reportLeft(around, object, left);
  if (left.length === 0) around.faithful.add(file);
  around.settle({ ...object, action: "create" }, document);
}

function reportLeft(around: Around, { file, name }: PulledObject, left: readonly string[]): void {
  if (left.length > 0) around.about({ file }, "pull/still-differs", { name, fields: named(left) });
}

function objectOf(rule: LiveRule, file: string): PulledObject {
  const prebuilt = prebuiltOf(rule);
  return {
    kind: "rule",
    id: rule.rule_id,
    name: rule.name,
    file,
    action: "unchanged",
    fields: [],
    ...(prebuilt === undefined ? {} : { prebuilt }),
  };
}

function reportMissingLists(around: Around, rule: LiveRule, file: string): void {
  for (const { list_id } of missingListsOf(rule, around.options.actual))
    around.about({ file }, "pull/missing-list", { name: rule.name, list_id });
}

/** Where a field of the compiled rule comes from, if not from its own file. */
function originOf(compiled: CompiledRule, field: string): "overlay" | "translation" | undefined {
  const kind = compiled.provenance.get(field)?.kind;
  return kind === "overlay" || kind === "translation" ? kind : undefined;
}

/** Tells whether the configuration sets a field of a rule in the space, in whichever form. */
function overlaidIn(space: SpaceSettings, rule: Selectable): (field: string) => boolean {
  const set = new Set(
    space.overlays.filter((overlay) => overlay.takes(rule)).flatMap((overlay) => Object.keys(overlay.set)),
  );
  return (field) => {
    const forms = [field, SHORT_FORMS[field], { index: "data_view_id", data_view_id: "index" }[field]];
    return forms.some((form) => form !== undefined && set.has(form));
  };
}

/** The field that a key of a file compiles to. */
function fieldOf(key: string): string {
  return Object.keys(SHORT_FORMS).find((field) => SHORT_FORMS[field] === key) ?? key;
}
