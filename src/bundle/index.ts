export { type Build, type BuildFile, buildFiles, type BuildInput, type Manifest } from "./build.js";
export type { BundleConnector, BundleInput, BundleList, BundleRule } from "./input.js";
export { IMPORT_LIMITS, type ImportLimits } from "./limits.js";
export { type Bundle, exportBundle } from "./ndjson.js";
export { type BundleLine, classify, type Counts, readLines, summaryCounts } from "./ndjson-read.js";
export { type PrebuiltAsset, prebuiltAsset } from "./prebuilt.js";
export { splitBundle } from "./split.js";
export { type BundleValueList, type ValueListFile, valueListFiles } from "./value-lists.js";
export { type ExportSummary } from "./summary-line.js";
