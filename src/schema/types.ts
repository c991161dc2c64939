import type * as generated from "./types.generated.js";

/** A `*.rule.yml` file, one of eight types told apart by `type`. */
export type AuthoredRule = generated.Rule;
/** What rules of every type have. */
export type AuthoredRuleFields = generated.RuleFields;
export type AuthoredRuleType = AuthoredRule["type"];
/** A `*.rule.<locale>.yml` file. */
export type RuleTranslation = generated.Translation;
/** A `*.exceptions.yml` file. */
export type ExceptionsFile = generated.ExceptionsFile;
/** A `*.connector.yml` file. */
export type ConnectorFile = generated.ConnectorFile;
/** A `*.values.yml` file. */
export type ValuesFile = generated.ValuesFile;
/** The `kdac.config.yml` file. */
export type ProjectConfig = generated.ProjectConfig;
/** The `schemas/custom-fields.yml` file. */
export type FieldsFile = generated.FieldsFile;
/** The `schemas/fields.lock.json` file. */
export type FieldsLock = generated.FieldsLock;

/** An entry of `actions`: by connector name, or in Kibana's own form. */
export type AuthoredAction = generated.Action;
export type ConnectorAction = Extract<AuthoredAction, { connector: string }>;
export type RawAction = Extract<AuthoredAction, { id: string }>;
/** Tactic → techniques. */
export type AttackMap = NonNullable<AuthoredRuleFields["attack"]>;
export type AuthoredTags = generated.Tags;
export type TypedTags = Exclude<AuthoredTags, string[]>;
export type AuthoredGuide = generated.Guide;
/** The map form of `guide`. */
export type Guide = Exclude<AuthoredGuide, string>;
export type GuideStep = generated.GuideStep;
export type TextStep = Extract<GuideStep, { text: string }>;
export type OsqueryGuideStep = Extract<GuideStep, { osquery: unknown }>;
export type InvestigateGuideStep = Extract<GuideStep, { investigate: unknown }>;
export type GuideSection = generated.GuideSection;
/** An entry of `exceptions`. */
export type ExceptionReference = generated.ExceptionReference;
export type AuthoredExceptionItem = generated.ExceptionItem;
export type AuthoredExceptionEntry = generated.ExceptionEntry;
export type AuthoredExceptionComment = generated.ExceptionComment;
export type AuthoredResponseAction = generated.ResponseAction;
export type RuleDefaults = generated.RuleDefaults;
export type RuleOverlay = generated.RuleOverlay;
export type OverlayAdditions = generated.OverlayAdditions;
export type OverlayRemovals = generated.OverlayRemovals;
export type TagVocabulary = generated.TagVocabulary;
export type Environment = generated.Environment;
export type Space = generated.Space;
/** The map form of a space. */
export type SpaceSettings = Exclude<Space, string>;
export type LintSeverity = NonNullable<ProjectConfig["lint"]>[string];

export type {
  AlertSuppression,
  EQLRule,
  ESQLRule,
  InvestigateStep,
  MachineLearningRule,
  NewTermsRule,
  OsqueryStep,
  QueryRule,
  SavedQueryRule,
  Threat,
  ThreatMatchRule,
  Threshold,
  ThresholdRule,
} from "./types.generated.js";
