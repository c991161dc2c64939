export { apply, type ApplyOptions, type ApplyProgress } from "./apply/apply.js";
export type { ApplyResult, ChangeResult, Outcome } from "./apply/types.js";
export { type Actual, readActual } from "./live/actual.js";
export {
  type Deployable,
  type Desired,
  type DesiredConnector,
  type DesiredItem,
  type DesiredList,
  type DesiredRule,
  type DesiredValueList,
  type FieldOrigin,
  desiredFor,
  listKey,
} from "./desired/desired.js";
export type { FieldChange } from "./plan/differ.js";
export { planEnvironment, type PlanRequest } from "./environment.js";
export { kibanaFinding, plainHttpFindings } from "./findings.js";
export { type LiveWanted, type WantedRules } from "./live/read.js";
export { type LiveRead, type LiveRequest, readLiveSpace } from "./live/space.js";
export { type RunFiles } from "./journal/files.js";
export { listSnapshots, readSnapshot } from "./snapshot/file.js";
export { rollbackEnvironment, type RollbackRequest } from "./snapshot/environment.js";
export type { Snapshot, SnapshotObject } from "./snapshot/types.js";
export { type UnfinishedRun, unfinishedRun } from "./journal/unfinished.js";
export { filesOf } from "./plan/files.js";
export type { Files } from "./plan/orphans.js";
export { plan, type ActualEnvironment, type DesiredEnvironment } from "./plan/plan.js";
export {
  LARGEST_PLAN,
  MAX_PLAN_AGE,
  type Moment,
  type PlanReading,
  readPlan,
  writePlan,
} from "./plan/file.js";
export type * from "./plan/types.js";
export { DEFAULT_MAX_DELETES } from "./plan/types.js";
export { verifyPlan } from "./apply/verify.js";
export { isWrite } from "./plan/actions.js";
export { renderPlanMarkdown } from "./render/markdown.js";
export { renderResultMarkdown } from "./render/result-markdown.js";
export { hasChanges, KIND_NAMES, planSentence, resultSentence } from "./render/summary.js";
export { type Palette, type PlanTextOptions, renderPlan, renderResult } from "./render/text.js";
export { desiredSpaces } from "./desired/deployables.js";
