/** An embedded Kibana-compatible API: what a newcomer deploys to before they have a cluster, and what tests use. */
export { ConnectionReset, type Fault, type FaultMatch, type FaultResponse } from "./faults.js";
export type { Deed } from "./ui/deed.js";
export { FaultScriptError, readFaults } from "./fault-script.js";
export { FLAVOURS, type Flavour, versionOf } from "./flavour.js";
export { createKibana, type Kibana } from "./kibana.js";
export type {
  ApiKey,
  KibanaOptions,
  License,
  PreconfiguredConnector,
  Privilege,
  RequestLog,
  SpaceOption,
  Tier,
  User,
} from "./options.js";
export { SAMPLE_PREBUILT_RULES } from "./prebuilt/samples.js";
export { type Running, serve, type ServeOptions } from "./serve.js";
export { Analyst, UiRefusal } from "./ui/analyst.js";
export { DataFileError } from "./store/data-file.js";
