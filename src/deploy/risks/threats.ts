import { isJson, type Json } from "../../json/index.js";
import type { Risk, RiskCode } from "./rank.js";
import { named } from "./words.js";

/** Tactics and techniques that a rule covers no more: the coverage of the whole may have a hole. */
export function threatRisks(before: Json, after: Json): Risk[] {
  const [was, is] = [covered(before), covered(after)];
  const lost = (key: "tactics" | "techniques"): string[] =>
    [...was[key]]
      .filter(([id]) => !is[key].has(id))
      .map(([id, name]) => (name === "" ? id : `${id} (${name})`));
  return [...risk("tactic-lost", lost("tactics")), ...risk("technique-lost", lost("techniques"))];
}

function risk(code: RiskCode, lost: readonly string[]): Risk[] {
  return lost.length === 0 ? [] : [{ code, message: `it no longer covers ${named(lost)}` }];
}

/** The tactics, and the techniques with their subtechniques, from id to name. */
function covered(rule: Json): Record<"tactics" | "techniques", Map<string, string>> {
  const tactics = new Map<string, string>();
  const techniques = new Map<string, string>();
  for (const entry of objects(rule["threat"])) {
    add(tactics, entry["tactic"]);
    for (const technique of objects(entry["technique"])) {
      add(techniques, technique);
      for (const below of objects(technique["subtechnique"])) add(techniques, below);
    }
  }
  return { tactics, techniques };
}

function add(into: Map<string, string>, value: unknown): void {
  if (!isJson(value) || typeof value["id"] !== "string") return;
  into.set(value["id"], typeof value["name"] === "string" ? value["name"] : "");
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}
