import { isJson, type Json } from "../../../json/index.js";
import type { RuleAbout, SourceCode } from "../model.js";
import { fillPlugins, PLUGINS } from "./plugins.js";
import { moveSetup } from "./setup/move-setup.js";
import { joinLines } from "./whitespace.js";

type Fields = Record<string, unknown>;

/** Something to be said about a rule. */
export interface Remark {
  readonly code: SourceCode;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface ConvertedRule {
  readonly value: Json;
  readonly about: RuleAbout;
  readonly remarks: readonly Remark[];
}

/** The tables of a rule's file. */
const TABLES: ReadonlySet<string> = new Set(["metadata", "rule", "transform"]);

/**
 * The rule of a TOML file as detection-rules exports it to Kibana, in its order of steps: placeholders filled in, texts put on
 * one line, `## Setup` moved out of the note, new terms flattened. What it takes from elsewhere is left out: `related_integrations`
 * come from the packages' manifests, `required_fields` from the query when kdac compiles the rule.
 */
export function convertRule(file: Json, versions: ReadonlyMap<string, number>): ConvertedRule {
  const remarks: Remark[] = [];
  for (const table of Object.keys(file))
    if (!TABLES.has(table)) remarks.push({ code: "source/toml-unknown-table", params: { table } });
  const authored = file["rule"] as Fields;
  const rule: Fields = { ...authored };
  if (isJson(file["transform"])) fillNote(rule, file["transform"], remarks);
  const value = joinLines(rule) as Fields;
  completeActions(value);
  completeThreat(value);
  moveOutSetup(value, authored["note"], remarks);
  flattenTerms(value, remarks);
  const version = versions.get(String(value["rule_id"]));
  if (version !== undefined && value["version"] === undefined) value["version"] = version;
  const about = aboutOf(isJson(file["metadata"]) ? file["metadata"] : {});
  remarkOn(about, value, remarks);
  return { value, about, remarks };
}

function fillNote(rule: Fields, transform: Json, remarks: Remark[]): void {
  for (const plugin of Object.keys(transform))
    if (!PLUGINS.includes(plugin))
      remarks.push({ code: "source/toml-unknown-table", params: { table: `transform.${plugin}` } });
  const note = typeof rule["note"] === "string" ? rule["note"] : "";
  const { note: filled, unknown, unused } = fillPlugins(note, transform);
  if (note !== "") rule["note"] = filled;
  for (const placeholder of unknown)
    remarks.push({ code: "source/unknown-placeholder", params: { placeholder } });
  for (const placeholder of unused) remarks.push({ code: "source/unused-plugin", params: { placeholder } });
}

/** TOML has no null, so an action's frequency comes without the `throttle: null` that Kibana asks for. */
function completeActions(rule: Fields): void {
  if (!Array.isArray(rule["actions"])) return;
  rule["actions"] = rule["actions"].map((action: unknown) => {
    if (!isJson(action) || !isJson(action["frequency"])) return action;
    return {
      ...action,
      frequency: { ...action["frequency"], throttle: action["frequency"]["throttle"] ?? null },
    };
  });
}

/** `threat_mappings` are for other versions of ATT&CK and stay in the repository; a tactic without techniques gets an empty list. */
function completeThreat(rule: Fields): void {
  delete rule["threat_mappings"];
  if (!Array.isArray(rule["threat"])) return;
  rule["threat"] = rule["threat"].map((entry: unknown) =>
    isJson(entry) && entry["technique"] === undefined ? { ...entry, technique: [] } : entry,
  );
}

function moveOutSetup(rule: Fields, original: unknown, remarks: Remark[]): void {
  const { note, setup } = rule;
  if (typeof note !== "string" || typeof original !== "string") return;
  if (setup !== undefined && setup !== "") return;
  const moved = moveSetup(original, note);
  if (moved === undefined) return;
  rule["note"] = moved.note;
  rule["setup"] = moved.setup;
  if (moved.repeated) remarks.push({ code: "source/setup-repeated", params: {} });
}

/** `[rule.new_terms]` names the field that its value goes to; the API has both fields at the top. */
function flattenTerms(rule: Fields, remarks: Remark[]): void {
  const terms = rule["new_terms"];
  if (terms === undefined) return;
  const window: unknown = isJson(terms) ? terms["history_window_start"] : undefined;
  const first: unknown = Array.isArray(window) ? window[0] : undefined;
  if (!isJson(terms) || terms["field"] !== "new_terms_fields" || !isJson(first)) {
    remarks.push({ code: "source/toml-form", params: { field: "new_terms" } });
    return;
  }
  delete rule["new_terms"];
  rule["new_terms_fields"] = terms["value"];
  rule["history_window_start"] = first["value"];
}

function aboutOf(metadata: Json): RuleAbout {
  const { min_stack_version: stack, min_stack_comments: comment, integration, maturity } = metadata;
  const integrations = (Array.isArray(integration) ? integration : [integration]).filter(
    (one): one is string => typeof one === "string",
  );
  return {
    ...(typeof stack === "string" ? { stack: `>=${stack}` } : {}),
    ...(typeof comment === "string" ? { stackComment: comment } : {}),
    ...(integrations.length === 0 ? {} : { integrations }),
    ...(typeof maturity === "string" ? { maturity } : {}),
  };
}

function remarkOn({ integrations, maturity }: RuleAbout, rule: Json, remarks: Remark[]): void {
  if (integrations !== undefined && rule["related_integrations"] === undefined)
    remarks.push({ code: "source/integrations-derived", params: { packages: integrations.join(", ") } });
  if (maturity !== undefined && maturity !== "production")
    remarks.push({ code: "source/not-production", params: { maturity } });
}
