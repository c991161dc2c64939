export { SOURCE_LIMITS, type SourceLimits } from "./limits.js";
export type {
  ReadOptions,
  RuleAbout,
  SourceCode,
  SourceFormat,
  SourceItem,
  SourceOrigin,
  SourcePart,
  SourceProblem,
  SourceRule,
  SourceUnknown,
  SourceVersions,
} from "./model.js";
export { readSource } from "./read-source.js";
