export { type Destination, openDestination } from "./destination.js";
export {
  type Counts,
  type FileAction,
  type FileKind,
  type ImportFinding,
  type ImportReport,
  type Items,
  type Layout,
  LAYOUTS,
  type PlannedFile,
} from "./model.js";
export { type ImportOptions, planImport, streamImport } from "./plan.js";
