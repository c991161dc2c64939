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
