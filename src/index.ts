/**
 * kdac as a library: load a project, validate and compile it, review it, plan and apply it, and look at what became of it. Each
 * step is a function of values; files, network, clock and chance are passed in.
 */
export type { Diagnostic, Severity, Target } from "./diagnostics/index.js";
export type { RuleCreate, RuleResponse, RuleType } from "./kibana/rule.js";
export { type Host, loadProject, type LoadOptions, nodeHost, type Project } from "./project/index.js";
export { compileProject as compile, type CompileOptions } from "./project/index.js";
export { type Environment, type SpaceSettings, resolveEnvironment, spacesOf } from "./project/index.js";
export type { CompiledRule } from "./rule/index.js";
export { validate, type ValidateOptions, type Validation } from "./lint/index.js";
export { render, type ReportFormat, type ReportInput } from "./report/index.js";
export { buildFiles, exportBundle, prebuiltAsset, splitBundle } from "./bundle/index.js";
export {
  apply,
  type ApplyOptions,
  type ApplyResult,
  type Change,
  desiredSpaces,
  type FieldOrigin,
  filesOf,
  hasChanges,
  type Plan,
  plainHttpFindings,
  plan,
  planEnvironment,
  type PlanRequest,
  type Policy,
  readPlan,
  readSnapshot,
  renderPlan,
  renderPlanMarkdown,
  rollbackEnvironment,
  type RollbackRequest,
  type Moment,
  type PlanReading,
  type RunFiles,
  type Snapshot,
  verifyPlan,
  writePlan,
} from "./deploy/index.js";
export { driftOf, readSurroundings } from "./deploy/drift/drift.js";
export type { Drift } from "./deploy/drift/types.js";
export { examine, type ExamineRequest } from "./deploy/doctor/examine.js";
export type { Examination, Probes } from "./deploy/doctor/types.js";
export { previewRules, type PreviewRequest } from "./deploy/preview/preview.js";
export type { Previews } from "./deploy/preview/types.js";
export { review, type ReviewRequest } from "./review/review.js";
export { type Revision, revisionOf } from "./review/revision.js";
export type { Review } from "./review/types.js";
export { createKibana, type Fault, type Flavour, FLAVOURS, readFaults, serve } from "./emulator/index.js";
export { type Client, type ClientOptions, createClient } from "./kibana/client.js";
export { systemClock } from "./kibana/client-clock.js";
export { version } from "./version.js";
