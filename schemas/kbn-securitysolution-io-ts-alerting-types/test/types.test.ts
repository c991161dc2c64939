import { describe, expectTypeOf, it } from "vitest";
import type {
  ConcurrentSearches,
  ConcurrentSearchesOrUndefined,
  ItemsPerSearch,
  ItemsPerSearchOrUndefined,
  Language,
  LanguageOrUndefined,
  MachineLearningJobId,
  MachineLearningJobIdNormalized,
  MachineLearningJobIdNormalizedOrUndefined,
  MachineLearningJobIdOrUndefined,
  MaxSignals,
  MaxSignalsOrUndefined,
  RiskScore,
  RiskScoreMapping,
  RiskScoreMappingItem,
  RuleAction,
  RuleActionArray,
  RuleActionArrayCamel,
  RuleActionCamel,
  RuleActionFrequency,
  RuleActionGroup,
  RuleActionId,
  RuleActionNotifyWhen,
  RuleActionParams,
  RuleActionSummary,
  RuleActionThrottle,
  RuleActionTypeId,
  RuleActionUuid,
  RuleInterval,
  RuleIntervalFrom,
  RuleIntervalTo,
  SavedObjectAttribute,
  SavedObjectAttributeSingle,
  SavedObjectAttributes,
  Severity,
  SeverityMapping,
  SeverityMappingItem,
  Threat,
  ThreatFilters,
  ThreatFiltersOrUndefined,
  ThreatIndex,
  ThreatIndexOrUndefined,
  ThreatIndicatorPath,
  ThreatIndicatorPathOrUndefined,
  ThreatLanguage,
  ThreatLanguageOrUndefined,
  ThreatMap,
  ThreatMapEntry,
  ThreatMapping,
  ThreatMappingEntries,
  ThreatMappingOrUndefined,
  ThreatQuery,
  ThreatQueryOrUndefined,
  ThreatSubtechnique,
  ThreatTechnique,
  Threats,
  ThreatsOrUndefined,
  Type,
  TypeOrUndefined,
} from "../src/index.js";
import type * as codecs from "../src/index.js";
import type * as t from "io-ts";

type Reference = { id: string; name: string; reference: string };

// These hold at compile time: `tsc` fails when one does not.
describe("static types", () => {
  it("of actions", () => {
    expectTypeOf<
      [RuleActionGroup, RuleActionId, RuleActionTypeId, RuleActionUuid, RuleActionThrottle]
    >().toEqualTypeOf<[string, string, string, string, string]>();
    expectTypeOf<RuleActionParams>().toEqualTypeOf<SavedObjectAttributes>();
    expectTypeOf<RuleActionSummary>().toEqualTypeOf<boolean>();
    expectTypeOf<RuleActionNotifyWhen>().toEqualTypeOf<
      "onActionGroupChange" | "onActiveAlert" | "onThrottleInterval"
    >();
    expectTypeOf<RuleActionFrequency>().toEqualTypeOf<{
      summary: boolean;
      notifyWhen: RuleActionNotifyWhen;
      throttle: string | null;
    }>();
    expectTypeOf<RuleAction["action_type_id"]>().toEqualTypeOf<string>();
    expectTypeOf<RuleActionCamel["actionTypeId"]>().toEqualTypeOf<string>();
    expectTypeOf<RuleActionArray>().toEqualTypeOf<RuleAction[]>();
    expectTypeOf<RuleActionArrayCamel>().toEqualTypeOf<RuleActionCamel[]>();
  });

  it("of scalars", () => {
    expectTypeOf<Language>().toEqualTypeOf<"eql" | "kuery" | "lucene" | "esql">();
    expectTypeOf<LanguageOrUndefined>().toEqualTypeOf<Language | undefined>();
    expectTypeOf<Type>().toEqualTypeOf<
      | "eql"
      | "machine_learning"
      | "query"
      | "saved_query"
      | "threshold"
      | "threat_match"
      | "new_terms"
      | "esql"
    >();
    expectTypeOf<TypeOrUndefined>().toEqualTypeOf<Type | undefined>();
    expectTypeOf<Severity>().toEqualTypeOf<"low" | "medium" | "high" | "critical">();
    expectTypeOf<[RiskScore, MaxSignals, ConcurrentSearches, ItemsPerSearch]>().toEqualTypeOf<
      [number, number, number, number]
    >();
    expectTypeOf<
      [MaxSignalsOrUndefined, ConcurrentSearchesOrUndefined, ItemsPerSearchOrUndefined]
    >().toEqualTypeOf<[number | undefined, number | undefined, number | undefined]>();
    expectTypeOf<[RuleInterval, RuleIntervalFrom, RuleIntervalTo]>().toEqualTypeOf<
      [string, string, string]
    >();
    expectTypeOf<MachineLearningJobId>().toEqualTypeOf<string | string[]>();
    expectTypeOf<MachineLearningJobIdOrUndefined>().toEqualTypeOf<string | string[] | undefined>();
    expectTypeOf<MachineLearningJobIdNormalized>().toEqualTypeOf<string[]>();
    expectTypeOf<MachineLearningJobIdNormalizedOrUndefined>().toEqualTypeOf<string[] | undefined>();
  });

  it("of saved-object attributes", () => {
    expectTypeOf<SavedObjectAttributeSingle>().toEqualTypeOf<
      string | number | boolean | null | undefined | SavedObjectAttributes
    >();
    expectTypeOf<SavedObjectAttribute>().toEqualTypeOf<
      SavedObjectAttributeSingle | SavedObjectAttributeSingle[]
    >();
    expectTypeOf<SavedObjectAttributes[string]>().toEqualTypeOf<SavedObjectAttribute>();
  });

  it("of mappings, whose optional parts are required keys", () => {
    expectTypeOf<RiskScoreMappingItem>().toEqualTypeOf<{
      field: string;
      value: string;
      operator: "equals";
      risk_score: number | undefined;
    }>();
    expectTypeOf<RiskScoreMapping>().toEqualTypeOf<RiskScoreMappingItem[]>();
    expectTypeOf<SeverityMappingItem>().toEqualTypeOf<{
      field: string;
      operator: "equals";
      value: string;
      severity: Severity;
    }>();
    expectTypeOf<SeverityMapping>().toEqualTypeOf<SeverityMappingItem[]>();
  });

  it("of threats", () => {
    expectTypeOf<ThreatSubtechnique>().toEqualTypeOf<Reference>();
    expectTypeOf<ThreatTechnique>().toEqualTypeOf<Reference & { subtechnique?: Reference[] }>();
    expectTypeOf<Threat>().toEqualTypeOf<
      { framework: string; tactic: Reference } & { technique?: ThreatTechnique[] }
    >();
    expectTypeOf<Threats>().toEqualTypeOf<Threat[]>();
    expectTypeOf<ThreatsOrUndefined>().toEqualTypeOf<Threats | undefined>();
  });

  it("of indicator matches", () => {
    expectTypeOf<[ThreatQuery, ThreatIndicatorPath]>().toEqualTypeOf<[string, string]>();
    expectTypeOf<[ThreatQueryOrUndefined, ThreatIndicatorPathOrUndefined]>().toEqualTypeOf<
      [string | undefined, string | undefined]
    >();
    expectTypeOf<ThreatFilters>().toEqualTypeOf<unknown[]>();
    expectTypeOf<ThreatFiltersOrUndefined>().toEqualTypeOf<unknown[] | undefined>();
    expectTypeOf<ThreatMapEntry>().toEqualTypeOf<{
      field: string;
      type: "mapping";
      value: string;
      negate: boolean | undefined;
    }>();
    expectTypeOf<ThreatMappingEntries>().toEqualTypeOf<ThreatMapEntry[]>();
    expectTypeOf<ThreatMap>().toEqualTypeOf<{ entries: ThreatMapEntry[] }>();
    expectTypeOf<ThreatMapping>().toEqualTypeOf<ThreatMap[]>();
    expectTypeOf<ThreatMappingOrUndefined>().toEqualTypeOf<ThreatMap[] | undefined>();
    expectTypeOf<ThreatIndex>().toEqualTypeOf<string[]>();
    expectTypeOf<ThreatIndexOrUndefined>().toEqualTypeOf<string[] | undefined>();
    expectTypeOf<[ThreatLanguage, ThreatLanguageOrUndefined]>().toEqualTypeOf<
      [LanguageOrUndefined, LanguageOrUndefined]
    >();
  });

  it("of default codecs, whose output may be absent", () => {
    expectTypeOf<t.TypeOf<typeof codecs.DefaultActionsArray>>().toEqualTypeOf<RuleActionArray>();
    expectTypeOf<t.OutputOf<typeof codecs.DefaultActionsArray>>().toEqualTypeOf<
      RuleActionArray | undefined
    >();
    expectTypeOf<typeof codecs.DefaultLanguageString>().toEqualTypeOf<t.Type<string, string | undefined>>();
    expectTypeOf<typeof codecs.DefaultPage>().toEqualTypeOf<t.Type<number, number | undefined>>();
  });
});
