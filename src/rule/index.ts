export { compileRule } from "./compile.js";
export type {
  CompileContext,
  CompiledRule,
  FragmentText,
  KnownConnector,
  KnownList,
  Origin,
  RuleSource,
  TranslationSource,
} from "./model.js";
export { EDITABLE, type Editable, type Overlay, type Selectable } from "./overlay.js";
export { attackLabel, FRAMEWORK } from "./attack.js";
export { indicesOf, type RuleQuery } from "./queries.js";
export { DEFAULT_INTERVAL } from "./schedule.js";
export { matchesRange } from "./stack-range.js";
export { GUIDE_TAG, TACTIC_PREFIX, TAG_PREFIXES } from "./tags.js";
