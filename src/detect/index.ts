/**
 * A detection engine in memory: it runs a rule over documents as Kibana would, and gives the alerts. `import { createDetector }
 * from "kibana-detections-as-code/detect"`.
 */
export { createDetector, type Detector, type DetectorOptions } from "./detector.js";
export type { DocumentInput, Hit } from "./store/document.js";
export type { FieldsByIndex, MappedField, MappingsInput } from "./store/mappings.js";
export type { Entry, ListEntry } from "./exceptions/item.js";
export type { Alert, DetectionRule, ExceptionItem, Run, RunOptions, RunStatus, ValueList } from "./types.js";
