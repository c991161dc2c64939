import { loadAttack } from "../../src/attack/index.js";
import { ecsFields } from "../../src/fields/index.js";
import {
  compileRule,
  type CompileContext,
  type CompiledRule,
  type Overlay,
  type RuleSource,
} from "../../src/rule/index.js";
import type { AuthoredRule, RuleTranslation } from "../../src/schema/index.js";
import { parseDocument } from "../../src/yaml/index.js";

/** A rule from its YAML, with translations by locale. */
export function ruleSource(text: string, translations: Readonly<Record<string, string>> = {}): RuleSource {
  const document = parseDocument(text, "a.rule.yml");
  return {
    file: "a.rule.yml",
    document,
    authored: document.data as AuthoredRule,
    translations: new Map(
      Object.entries(translations).map(([locale, translated]) => {
        const file = `a.rule.${locale}.yml`;
        const parsed = parseDocument(translated, file);
        return [locale, { file, document: parsed, authored: parsed.data as RuleTranslation }];
      }),
    ),
  };
}

export function context(overrides: Partial<CompileContext> = {}): CompileContext {
  return {
    attack: loadAttack("18.1"),
    locale: "en",
    sourceLocale: "en",
    defaults: {},
    configFile: "kdac.config.yml",
    fragment: () => undefined,
    fragmentNames: [],
    fieldsFor: ecsFields,
    exceptionLists: new Map(),
    connectors: new Map(),
    ...overrides,
  };
}

/** The least that every rule has, as YAML. */
export const BASE = `rule_id: r-1
name: A name
description: What it finds.
type: query
severity: low
risk_score: 21
query: "process.name: a"
`;

export function compiled(
  text: string,
  overrides: Partial<CompileContext> = {},
  translations: Readonly<Record<string, string>> = {},
): CompiledRule {
  return compileRule(ruleSource(text, translations), context(overrides));
}

/** An overlay that takes every rule, as a space has it. */
export function overlay(set: Overlay["set"], more: Partial<Overlay> = {}): Overlay {
  return {
    target: { file: "kdac.config.yml", pointer: "/environments/test/spaces/0" },
    what: 'space "soc"',
    takes: () => true,
    set,
    add: {},
    remove: {},
    ...more,
  };
}
