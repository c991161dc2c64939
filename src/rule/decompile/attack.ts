import { isJson, type Json } from "../../json/index.js";
import {
  ATTACK_VERSIONS,
  type AttackVersion,
  type AttackVocabulary,
  loadAttack,
} from "../../attack/index.js";
import type { AttackMap } from "../../schema/index.js";
import { compileAttack, FRAMEWORK } from "../attack.js";
import { isJsonList, isSame } from "./json.js";

/** `threat` in the short form, or why there is none. */
export type Decompiled = { readonly attack: AttackMap } | { readonly reason: string };

/** The `attack` that compiles to exactly this `threat`, or the reason why none does. */
export function decompileThreat(threat: unknown, vocabulary: AttackVocabulary): Decompiled {
  if (!isJsonList(threat)) return { reason: "it is no list of mappings" };
  const attack = attackOf(threat);
  if (attack === undefined) return { reason: "an entry lacks an id or a name" };
  const compiled = compileAttack(attack, vocabulary);
  const unknown = idsOf(threat).find((id) => !isKnown(id, vocabulary));
  if (unknown === undefined && isSame(compiled, threat)) return { attack };
  const other = ATTACK_VERSIONS.find(
    (version) => version !== vocabulary.version && fits(threat, attack, version),
  );
  if (other !== undefined)
    return { reason: `it follows ATT&CK ${other}, and the project ${vocabulary.version}` };
  if (unknown !== undefined) return { reason: `ATT&CK ${vocabulary.version} has no ${unknown}` };
  return { reason: difference(threat, compiled as unknown as Json[], vocabulary) };
}

/** The version of ATT&CK that the mapping follows to the letter; the given one first. Undefined where none does. */
export function attackVersionOf(threat: unknown): AttackVersion | undefined {
  const attack = isJsonList(threat) ? attackOf(threat) : undefined;
  if (attack === undefined) return undefined;
  return ATTACK_VERSIONS.find((version) => fits(threat as readonly Json[], attack, version));
}

function fits(threat: readonly Json[], attack: AttackMap, version: AttackVersion): boolean {
  const vocabulary = loadAttack(version);
  return (
    idsOf(threat).every((id) => isKnown(id, vocabulary)) && isSame(compileAttack(attack, vocabulary), threat)
  );
}

/** A short form that says what the mapping says, whether or not it compiles to it. */
function attackOf(threat: readonly Json[]): AttackMap | undefined {
  const entries: [string, string[]][] = [];
  for (const { tactic, technique = [] } of threat) {
    const techniques = isJsonList(technique) ? technique.flatMap(labelsOf) : [undefined];
    if (!isJson(tactic) || typeof tactic["name"] !== "string" || !techniques.every(isText)) return undefined;
    entries.push([tactic["name"], techniques]);
  }
  return Object.fromEntries(entries);
}

/** What stands for a technique: its sub-techniques, which bring it along, or where it has none it alone. */
function labelsOf(technique: Json): (string | undefined)[] {
  const below = technique["subtechnique"];
  if (below === undefined) return [labelOf(technique)];
  return isJsonList(below) ? below.map(labelOf) : [undefined];
}

function labelOf({ id, name }: Json): string | undefined {
  return typeof id === "string" && typeof name === "string" ? `${id} ${name}` : undefined;
}

function isText(value: string | undefined): value is string {
  return value !== undefined;
}

function isKnown(id: string, vocabulary: AttackVocabulary): boolean {
  return vocabulary.tactic(id) !== undefined || vocabulary.technique(id) !== undefined;
}

function* nodesOf(threat: readonly Json[]): Iterable<Json> {
  for (const { tactic, technique } of threat) {
    if (isJson(tactic)) yield tactic;
    for (const node of isJsonList(technique) ? technique : []) {
      yield node;
      const below = node["subtechnique"];
      if (isJsonList(below)) yield* below;
    }
  }
}

function idsOf(threat: readonly Json[]): string[] {
  return [...nodesOf(threat)].flatMap(({ id }) => (typeof id === "string" ? [id] : []));
}

/** The first thing that the short form would change. */
function difference(
  threat: readonly Json[],
  compiled: readonly Json[],
  { version }: AttackVocabulary,
): string {
  const framework = threat.find((entry) => entry["framework"] !== FRAMEWORK)?.["framework"];
  if (framework !== undefined) return `its framework is ${JSON.stringify(framework)}`;
  const known = new Map([...nodesOf(compiled)].map((node) => [node["id"], node]));
  for (const node of nodesOf(threat)) {
    const other = known.get(node["id"]);
    if (other !== undefined && other["name"] !== node["name"])
      return `ATT&CK ${version} calls ${String(node["id"])} "${String(other["name"])}", not "${String(node["name"])}"`;
    if (other !== undefined && other["reference"] !== node["reference"])
      return `the page of ${String(node["id"])} is given as ${String(node["reference"])}, not ${String(other["reference"])}`;
  }
  return "tactics or techniques are repeated, or stand in an order that attack does not give";
}
