export { type Build, type BuildFile, buildFiles, type BuildInput, type Manifest } from "./build.js";
export {
  type Bundle,
  type BundleConnector,
  type BundleInput,
  type BundleList,
  type BundleRule,
  exportBundle,
} from "./ndjson.js";
export { type PrebuiltAsset, prebuiltAsset } from "./prebuilt.js";
export { type ExportSummary } from "./summary-line.js";
