/**
 * Rules that others wrote, of exports of several versions of Kibana and of Elastic's own repository: what an import makes of each of
 * them compiles back to it.
 */
import { expect, it } from "vitest";
import { loadAttack } from "../../src/attack/index.js";
import { decompileRule, normalise, RULE_ORDER } from "../../src/rule/decompile/index.js";
import { compileRule } from "../../src/rule/index.js";
import type { AuthoredRule } from "../../src/schema/index.js";
import { emit } from "../../src/yaml/emit/index.js";
import { parseDocument } from "../../src/yaml/index.js";
import { conformanceFiles, describeConformance } from "../support/conformance.js";
import { ruleOfToml } from "../support/toml-rule.js";
import { context } from "../support/rule.js";

type Fields = Record<string, unknown>;

const QUERIES = new Set(["query", "threat_query"]);
const attack = loadAttack("18.1");

function identity(source: Fields): { rule: Fields; authored: Fields; notes: readonly { code: string }[] } {
  const made = decompileRule(source, {
    attack,
    locale: "en",
    listReference: () => undefined,
    connectorName: () => undefined,
  });
  const document = parseDocument(emit(made.authored, { literal: QUERIES }), "a.rule.yml");
  expect(document.diagnostics).toEqual([]);
  const authored = document.data as AuthoredRule;
  const { rule } = compileRule(
    { file: "a.rule.yml", document, authored, translations: new Map() },
    context(),
  );
  return { rule: rule as unknown as Fields, ...made };
}

/** Holds that a rule compiles back to itself, and that its file is in order. */
function holds(source: Fields): { authored: Fields; notes: readonly { code: string }[] } {
  const { rule, authored, notes } = identity(source);
  expect(normalise(rule)).toEqual(normalise(source));
  expect(Object.keys(authored)).toEqual(RULE_ORDER.filter((field) => field in authored));
  return { authored, notes };
}

/** Every rule in a value, with where it stands. */
function rulesWithin(value: unknown, place: string): { place: string; source: Fields }[] {
  if (typeof value === "string" && value.startsWith("{"))
    return value.split("\n").flatMap((line, i) => rulesWithin(jsonOf(line), `${place}:${i + 1}`));
  if (typeof value !== "object" || value === null) return [];
  if ("type" in value && "name" in value && "risk_score" in value) return [{ place, source: value }];
  return Object.entries(value).flatMap(([key, inner]) => rulesWithin(inner, `${place}/${key}`));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

describeConformance("rules of exports", "ndjson", (folder) => {
  const rules = conformanceFiles(folder, ".ndjson").flatMap(({ name, text }) => rulesWithin(text, name));

  it("are there", () => expect(rules.length).toBeGreaterThan(15));

  it.each(rules)("$place compiles back to itself", ({ source }) => void holds(source));
});

describeConformance("rules in answers of Kibana 9.5", "kibana-9.5.1-recordings", (folder) => {
  const rules = conformanceFiles(folder, ".json").flatMap(({ name, text }) =>
    rulesWithin(jsonOf(text), name),
  );

  it("are there", () => expect(rules.length).toBeGreaterThan(5));

  it.each(rules)("$place compiles back to itself", ({ source }) => void holds(source));
});

describeConformance("rules that clients send", "client-requests", (folder) => {
  const rules = conformanceFiles(folder, ".jsonl").flatMap(({ name, text }) => rulesWithin(text, name));

  it("are there", () => expect(rules.length).toBeGreaterThan(0));

  it.each(rules)("$place compiles back to itself", ({ source }) => void holds(source));
});

describeConformance("rules in TOML", "rules", (folder) => {
  const rules = conformanceFiles(folder, ".toml").map(({ name, text }) => ({
    name,
    source: ruleOfToml(text),
  }));

  it("are there", () => expect(rules.length).toBeGreaterThan(200));

  it.each(rules)("$name compiles back to itself, with its threat in short", ({ source }) => {
    const { authored, notes } = holds(source);
    expect("attack" in authored).toBe("threat" in source);
    expect(notes).toEqual([]);
  });
});
