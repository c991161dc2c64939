import type { Fault } from "./faults.js";
import type { Flavour } from "./flavour.js";

/**
 * What a role may keep its users from. `read` and `write` are about all that is here; the others about one thing each,
 * and who may not write at all may do none of them either:
 * - `enable`: to enable rules, a privilege of its own from 9.4 on;
 * - `exceptions`, `lists`, `connectors`, `spaces`: to change exceptions, value lists, connectors or spaces;
 * - `preview`: to read the alerts of previews;
 * - `alerts`: to read and write the index of alerts;
 * - `features`: to read which features Kibana has.
 */
export type Privilege =
  | "read"
  | "write"
  | "enable"
  | "exceptions"
  | "lists"
  | "connectors"
  | "spaces"
  | "preview"
  | "alerts"
  | "features";

/** What a caller may do, and where. */
export interface Rights {
  /** What the caller may not do; nothing when absent. */
  readonly lacks?: readonly Privilege[];
  /** The spaces in which the caller may do anything at all; every space when absent. */
  readonly spaces?: readonly string[];
}

export interface User extends Rights {
  readonly username: string;
  readonly password: string;
}

/** An API key. Its owner's username is who creates and updates. */
export interface ApiKey extends Rights {
  /** What goes after `ApiKey ` in the header: `id:secret` in base64. */
  readonly encoded: string;
  readonly name?: string;
  /** Who owns it; the first user when absent. */
  readonly username?: string;
  /** `elasticsearch`, or `cloud` for a key of Elastic Cloud. */
  readonly managedBy?: string;
  /** A key of an Elastic Cloud organisation, not of one project: rules cannot run with it, so it can enable none. */
  readonly organization?: true;
  /** When it ends, as ISO text. */
  readonly expires?: string;
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

/** What a serverless project has in place of a licence. */
export type Tier = "essentials" | "complete";

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
  /** Which Kibana to be; 9.5 when absent. Serverless takes API keys only, and has tiers instead of licences. */
  readonly flavour?: Flavour;
  /** The exact Kibana version to answer as; the flavour's when absent. Texts and some behaviour follow it. */
  readonly version?: string;
  /** Users of basic authentication; `elastic` with password `changeme` when absent. The first one owns the API key. */
  readonly users?: readonly User[];
  /** The encoded API key that is accepted after `ApiKey `; a random one when absent. */
  readonly apiKey?: string;
  /** API keys beside that one. */
  readonly apiKeys?: readonly ApiKey[];
  /** Spaces beside `default`. */
  readonly spaces?: readonly (string | SpaceOption)[];
  /** File that keeps the state across runs. */
  readonly data?: string;
  readonly license?: License;
  /** The tier of a serverless project; `complete` when absent. */
  readonly tier?: Tier;
  /** Whether the server has a key to encrypt secrets with, without which no rule or connector can be made; true when absent. */
  readonly encryptionKey?: boolean;
  /** By how many milliseconds the server's clock is ahead; when given, 0 too, answers tell the time in their `Date`. */
  readonly clockOffset?: number;
  /** The shortest interval of a rule that the server enforces, such as `1m`; any when absent. */
  readonly minimumInterval?: string;
  /** How often a minute the enabled rules of all spaces may run together; without limit when absent. */
  readonly runsPerMinute?: number;
  /** The indices that previews find; when absent, previews say that no queries are run. */
  readonly indices?: readonly string[];
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
