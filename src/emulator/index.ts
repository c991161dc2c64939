/** An embedded Kibana-compatible API: what a newcomer deploys to before they have a cluster, and what tests use. */
export { ConnectionReset, type Fault, type FaultMatch, type FaultResponse } from "./faults.js";
export { createKibana, type Kibana } from "./kibana.js";
export type {
  KibanaOptions,
  License,
  PreconfiguredConnector,
  Privilege,
  RequestLog,
  SpaceOption,
  User,
} from "./options.js";
export { type Running, serve, type ServeOptions } from "./serve.js";
export { DataFileError } from "./store/data-file.js";
