/**
 * kdac as a library: load a project, validate it, compile it, plan it. Each step is a function of values; files, network, clock and
 * chance are passed in.
 */
export type { Diagnostic, Severity, Target } from "./diagnostics/index.js";
export type { RuleCreate, RuleResponse, RuleType } from "./kibana/rule.js";
export { type Host, loadProject, type LoadOptions, nodeHost, type Project } from "./project/index.js";
export { compileProject as compile, type CompileOptions } from "./project/index.js";
export type { CompiledRule } from "./rule/index.js";
export { validate, type Validation } from "./lint/index.js";
export { render, type ReportFormat, type ReportInput } from "./report/index.js";
export { buildFiles, exportBundle, prebuiltAsset, splitBundle } from "./bundle/index.js";
export {
  apply,
  desiredSpaces,
  plan,
  planEnvironment,
  readPlan,
  renderPlan,
  writePlan,
} from "./deploy/index.js";
export { createKibana, serve } from "./emulator/index.js";
export { createClient } from "./kibana/client.js";
export { version } from "./version.js";
