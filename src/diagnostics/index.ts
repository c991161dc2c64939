export { append } from "./append.js";
export type { Diagnostic, OffsetRange, Related, Severity, Target } from "./diagnostic.js";
export type { Definition } from "./define.js";
export {
  type Code,
  definitionOf,
  meansInvalid,
  type ParamsOf,
  registry,
  report,
  type ReportOptions,
  state,
} from "./registry.js";
export { allOf, oneOf } from "./choices.js";
export { didYouMean, nearest } from "./did-you-mean.js";
export { fromPointer, type Path, toPointer } from "./pointer.js";
