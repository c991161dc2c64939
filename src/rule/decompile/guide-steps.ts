import { isJson, parseJson } from "../../json/index.js";
import type { GuideStep, InvestigateStep, OsqueryStep } from "../../schema/index.js";
import { investigatePlugin, osqueryPlugin } from "../plugins.js";
import { isJsonList } from "./json.js";

/** Lists within lists beyond this are text. */
const MAX_DEPTH = 8;

/**
 * The steps of a Markdown list as `guide` renders it; undefined where the text is anything else. Whether the steps render to the
 * same text is for the caller to see.
 */
export function decompileSteps(markdown: string): GuideStep[] | undefined {
  return stepsOf(markdown.split("\n"), 0);
}

function stepsOf(lines: readonly string[], depth: number): GuideStep[] | undefined {
  const items: string[][] = [];
  for (const line of lines) {
    if (line.startsWith("- ")) items.push([line.slice(2)]);
    else if (items.length > 0 && (line === "" || line.startsWith("  "))) items.at(-1)!.push(line.slice(2));
    else return undefined;
  }
  const steps = items.map((item) => stepOf(item, depth));
  return steps.every((step) => step !== undefined) ? steps : undefined;
}

function stepOf(lines: readonly string[], depth: number): GuideStep | undefined {
  // Steps below a step are the last thing in it.
  const below = lines.findIndex((line, i) => i > 0 && line.startsWith("- "));
  const steps = below < 0 || depth >= MAX_DEPTH ? undefined : stepsOf(lines.slice(below), depth + 1);
  const text = (steps === undefined ? lines : lines.slice(0, below)).join("\n");
  if (text.trim() === "" || text !== text.trim()) return undefined;
  if (steps !== undefined) return { text: paragraph(text), steps };
  return pluginOf(text) ?? paragraph(text);
}

/** Text of several lines ends in a newline, as a YAML block does; rendering drops it. */
export function paragraph(text: string): string {
  return text.includes("\n") ? `${text}\n` : text;
}

function pluginOf(text: string): GuideStep | undefined {
  const match = /^!\{(osquery|investigate)(\{.*\})\}$/.exec(text);
  if (match === null) return undefined;
  const value = parseJson(match[2]!);
  if (match[1] === "osquery" && isOsquery(value) && osqueryPlugin(value) === text) return { osquery: value };
  if (match[1] === "investigate" && isInvestigate(value) && investigatePlugin(value) === text)
    return { investigate: value };
  return undefined;
}

const isFilled = (value: unknown): boolean => typeof value === "string" && value.trim() !== "";
const isTextOr = (value: unknown, ...types: readonly string[]): boolean =>
  typeof value === "string" || types.includes(typeof value);

function hasOnly(value: object, ...keys: readonly string[]): boolean {
  return Object.keys(value).every((key) => keys.includes(key));
}

function isOsquery(value: unknown): value is OsqueryStep {
  if (!isJson(value) || !hasOnly(value, "label", "query", "ecs_mapping")) return false;
  const { label, query, ecs_mapping: mapping = {} } = value;
  return isFilled(label) && isFilled(query) && isJson(mapping) && Object.values(mapping).every(isTarget);
}

function isTarget(value: unknown): boolean {
  if (!isJson(value) || !hasOnly(value, "field", "value")) return false;
  const { field = "", value: fixed = "" } = value;
  const isFixed = Array.isArray(fixed) ? fixed.every((one) => isTextOr(one)) : isTextOr(fixed);
  return isTextOr(field) && isFixed;
}

function isInvestigate(value: unknown): value is InvestigateStep {
  if (
    !isJson(value) ||
    !hasOnly(value, "label", "description", "providers", "relativeFrom", "relativeTo") ||
    !isFilled(value["label"]) ||
    !Array.isArray(value["providers"])
  )
    return false;
  const texts = [value["description"], value["relativeFrom"], value["relativeTo"]];
  return (
    texts.every((text) => isTextOr(text, "undefined")) &&
    value["providers"].every((group) => isJsonList(group) && group.every(isProvider))
  );
}

function isProvider(value: Readonly<Record<string, unknown>>): boolean {
  const { field, queryType, value: compared, valueType = "string", excluded = false } = value;
  return (
    hasOnly(value, "field", "queryType", "value", "valueType", "excluded") &&
    isFilled(field) &&
    (queryType === "phrase" || queryType === "range") &&
    isTextOr(compared, "number", "boolean") &&
    (valueType === "string" || valueType === "boolean") &&
    typeof excluded === "boolean"
  );
}
