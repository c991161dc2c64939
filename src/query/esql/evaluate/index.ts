export type { EnrichPolicy } from "./commands/index.js";
export { limited } from "./commands/index.js";
export type { Environment } from "./expressions/index.js";
export { NotRun } from "./not-run.js";
export { pipelineOf, type Step } from "./pipeline.js";
export { type Document, Indices, type IndicesInput, mergedFields, type Table } from "./table/index.js";
export { type Answer, answerOf, type AnswerValue } from "./values/index.js";
export { Warnings } from "./warnings.js";
