import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as root from "../src/index.js";

const VALUES: Readonly<Record<string, string>> = {
  actions:
    "RuleActionGroup RuleActionId RuleActionTypeId RuleActionUuid RuleActionParams RuleActionAlertsFilter RuleAction RuleActionArray RuleActionCamel RuleActionArrayCamel",
  defaults:
    "DefaultActionsArray DefaultExportFileName DefaultFromString DefaultIntervalString DefaultLanguageString DefaultMaxSignalsNumber DefaultPage DefaultPerPage DefaultRiskScoreMappingArray DefaultSeverityMappingArray DefaultThreatArray DefaultToString DefaultUuid ReferencesDefaultArray",
  frequency: "RuleActionSummary RuleActionNotifyWhen RuleActionFrequency",
  language: "language languageOrUndefined",
  "machine learning":
    "machine_learning_job_id machineLearningJobIdOrUndefined machine_learning_job_id_normalized machineLearningJobIdNormalizedOrUndefined",
  "max signals": "max_signals maxSignalsOrUndefined",
  risk: "RiskScore RiskScoreMappingItem RiskScoreMapping",
  schedule: "RuleInterval RuleIntervalFrom RuleIntervalTo",
  attributes: "saved_object_attribute_single saved_object_attribute saved_object_attributes",
  severity: "Severity SeverityMappingItem SeverityMapping",
  threat: "threat_framework threat threats threatsOrUndefined",
  tactic: "threat_tactic_id threat_tactic_name threat_tactic_reference threat_tactic",
  technique:
    "threat_technique_id threat_technique_name threat_technique_reference threat_technique threat_techniques",
  "sub-technique":
    "threat_subtechnique_id threat_subtechnique_name threat_subtechnique_reference threat_subtechnique threat_subtechniques",
  mapping:
    "threat_query threatQueryOrUndefined threat_indicator_path threatIndicatorPathOrUndefined threat_filters threatFiltersOrUndefined threatMapEntry threatMappingEntries threatMap threat_mapping threatMappingOrUndefined threat_index threatIndexOrUndefined threat_language threatLanguageOrUndefined concurrent_searches concurrentSearchesOrUndefined items_per_search itemsPerSearchOrUndefined",
  throttle: "RuleActionThrottle",
  type: "type typeOrUndefined",
};

/** The types of the root; `types.test.ts` imports each. */
const TYPES =
  `RuleActionGroup RuleActionId RuleActionTypeId RuleActionUuid RuleActionParams RuleAction RuleActionArray
  RuleActionCamel RuleActionArrayCamel RuleActionSummary RuleActionNotifyWhen RuleActionFrequency Language
  LanguageOrUndefined MaxSignals MaxSignalsOrUndefined MachineLearningJobId MachineLearningJobIdOrUndefined
  MachineLearningJobIdNormalized MachineLearningJobIdNormalizedOrUndefined RiskScore RiskScoreMappingItem
  RiskScoreMapping RuleInterval RuleIntervalFrom RuleIntervalTo SavedObjectAttributeSingle SavedObjectAttribute
  SavedObjectAttributes Severity SeverityMappingItem SeverityMapping ThreatSubtechnique ThreatTechnique Threat Threats
  ThreatsOrUndefined ThreatQuery ThreatQueryOrUndefined ThreatIndicatorPath ThreatIndicatorPathOrUndefined
  ThreatFilters ThreatFiltersOrUndefined ThreatMapEntry ThreatMappingEntries ThreatMap ThreatMapping
  ThreatMappingOrUndefined ThreatIndex ThreatIndexOrUndefined ThreatLanguage ThreatLanguageOrUndefined
  ConcurrentSearches ConcurrentSearchesOrUndefined ItemsPerSearch ItemsPerSearchOrUndefined RuleActionThrottle Type
  TypeOrUndefined`.split(/\s+/);

const folder = new URL("../src/", import.meta.url);
const source = (file: string): string => readFileSync(new URL(file, folder), "utf8");
/** Modules that other modules use and the root does not offer. */
const PRIVATE = ["constants.ts", "from.ts", "index.ts"];

describe("the root", () => {
  it("offers these 87 values and no more", () => {
    const names = Object.values(VALUES).flatMap((line) => line.split(" "));
    expect(names).toHaveLength(87);
    expect(Object.keys(root).sort()).toEqual(names.sort());
  });

  it("offers these 59 types and no more", () => {
    const modules = readdirSync(folder).filter((file) => file.endsWith(".ts") && !PRIVATE.includes(file));
    const declared = modules.flatMap((file) =>
      [...source(file).matchAll(/^export (?:type|interface) (\w+)/gmu)].map((match) => match[1]!),
    );
    expect(TYPES).toHaveLength(59);
    expect(declared.sort()).toEqual([...TYPES].sort());
  });

  it("re-exports every module but the private ones", () => {
    const modules = readdirSync(folder)
      .filter((file) => file.endsWith(".ts") && !PRIVATE.includes(file))
      .map((file) => `export * from "./${file.replace(/\.ts$/u, ".js")}";`);
    expect(source("index.ts").trim().split("\n").sort()).toEqual(modules.sort());
  });
});
