import { isJson } from "../../json/index.js";
import { type Diagnostic, report } from "../../diagnostics/index.js";
import { type Plan, PLAN_VERSION } from "./types.js";

/** Writes a plan as the file that `apply` takes. It holds no secret, only the names of variables. */
export function writePlan(plan: Plan): string {
  return `${JSON.stringify(plan, undefined, 2)}\n`;
}

/** Reads a plan that was written by `writePlan`. A file of another form is a finding. */
export function readPlan(text: string, file: string): { plan?: Plan; diagnostics: Diagnostic[] } {
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch {
    return { diagnostics: [report("deploy/broken-plan", { problem: "it is not JSON" }, { file })] };
  }
  if (isJson(value) && typeof value["version"] === "number" && value["version"] !== PLAN_VERSION) {
    return { diagnostics: [report("deploy/plan-version", { version: value["version"] }, { file })] };
  }
  const problem = problemOf(value);
  if (problem !== undefined) return { diagnostics: [report("deploy/broken-plan", { problem }, { file })] };
  return { plan: value as Plan, diagnostics: [] };
}

function problemOf(value: unknown): string | undefined {
  if (!isJson(value) || value["version"] !== PLAN_VERSION) return "it has no version";
  for (const key of ["project", "environment", "url"]) {
    if (typeof value[key] !== "string") return `"${key}" is missing`;
  }
  if (!isJson(value["summary"])) return '"summary" is missing';
  if (!isJson(value["policy"])) return '"policy" is missing';
  if (!Array.isArray(value["spaces"])) return '"spaces" is missing';
  for (const space of value["spaces"]) {
    if (!isJson(space) || typeof space["space"] !== "string" || !Array.isArray(space["changes"]))
      return 'an entry of "spaces" is not one of a plan';
    if (!space["changes"].every(isChange))
      return `a change of space "${space["space"]}" is not one of a plan`;
  }
  return undefined;
}

const ACTIONS = new Set<unknown>([
  "create",
  "update",
  "replace",
  "delete",
  "orphan",
  "unchanged",
  "conflict",
]);
const KINDS = new Set<unknown>(["connector", "value-list", "exception-list", "exception-item", "rule"]);
/** Actions that send a body, and those that need to know what they change. */
const WRITES = new Set<unknown>(["create", "update", "replace"]);
const CHANGES = new Set<unknown>(["update", "replace", "delete"]);

function isChange(value: unknown): boolean {
  if (!isJson(value) || !ACTIONS.has(value["action"]) || !KINDS.has(value["kind"])) return false;
  const { action, write } = value;
  return (
    ["key", "id", "name", "file", "state"].every((key) => typeof value[key] === "string") &&
    Array.isArray(value["diff"]) &&
    (!WRITES.has(action) || (isJson(write) && isJson(write["body"]) && isValues(write["values"]))) &&
    (!CHANGES.has(action) || isJson(value["expected"])) &&
    (action !== "conflict" || isJson(value["conflict"]))
  );
}

function isValues(value: unknown): boolean {
  if (value === undefined) return true;
  const isTexts = (list: unknown): boolean =>
    Array.isArray(list) && list.every((text) => typeof text === "string");
  return isJson(value) && isTexts(value["add"]) && isTexts(value["remove"]);
}
