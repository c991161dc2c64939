import type { Fault } from "./faults.js";

/** What a user may be kept from doing, as Kibana's roles would. */
export type Privilege = "read" | "write" | "enable";

export interface User {
  readonly username: string;
  readonly password: string;
  /** What the user may not do; nothing when absent. `enable` is the sub-privilege of Kibana 9.4. */
  readonly lacks?: readonly Privilege[];
}

export interface SpaceOption {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
}

/** A connector of the server's configuration file: it is in every space and is never exported. */
export interface PreconfiguredConnector {
  readonly id: string;
  readonly name: string;
  readonly connector_type_id: string;
}

export type License = "basic" | "standard" | "gold" | "platinum" | "enterprise" | "trial";

/** One request and its answer, as `onRequest` sees them. Credentials are not part of it. */
export interface RequestLog {
  readonly method: string;
  /** Path and query, without the space's prefix. */
  readonly path: string;
  readonly space: string;
  /** 0 where a fault dropped the connection. */
  readonly status: number;
}

export interface KibanaOptions {
  /** The Kibana version to answer as; 9.5.1 when absent. Texts and some behaviour follow it. */
  readonly version?: string;
  /** Users of basic authentication; `elastic` with password `changeme` when absent. The first one owns the API key. */
  readonly users?: readonly User[];
  /** The encoded API key that is accepted after `ApiKey `; a random one when absent. */
  readonly apiKey?: string;
  /** Spaces beside `default`. */
  readonly spaces?: readonly (string | SpaceOption)[];
  /** File that keeps the state across runs. */
  readonly data?: string;
  readonly license?: License;
  readonly preconfigured?: readonly PreconfiguredConnector[];
  /** The prebuilt rules that this Kibana knows, in create form with `rule_id` and `version`. */
  readonly prebuilt?: readonly Readonly<Record<string, unknown>>[];
  readonly faults?: readonly Fault[];
  /** Called after every request. */
  readonly onRequest?: (log: RequestLog) => void;
  /** Called with an error of the embedded Kibana's own, which a client sees as status 500. */
  readonly onError?: (error: unknown) => void;
  readonly now?: () => Date;
  readonly uuid?: () => string;
}
