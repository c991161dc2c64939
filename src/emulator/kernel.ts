/** What every part of an embedded Kibana shares. */
import type { Fault } from "./faults.js";
import { Faults } from "./faults.js";
import type { License, PreconfiguredConnector, User } from "./options.js";
import type { SpaceData, State, StoredConnector } from "./store/state.js";
import type { Wording } from "./validate/wording.js";
import { zod3, zod4 } from "./validate/wording.js";
import { atLeast } from "./version.js";

interface KernelParts {
  readonly version: string;
  readonly license: License;
  readonly users: readonly User[];
  readonly apiKey: string;
  readonly preconfigured: readonly PreconfiguredConnector[];
  readonly prebuilt: readonly Readonly<Record<string, unknown>>[];
  readonly faults: readonly Fault[];
  readonly state: State;
  readonly now: () => Date;
  readonly uuid: () => string;
}

export class Kernel {
  readonly version: string;
  readonly license: License;
  readonly users: readonly User[];
  readonly apiKey: string;
  readonly state: State;
  readonly faults: Faults;
  /** The words of request checks. */
  readonly words: Wording;
  /** The newest version of each prebuilt rule, by `rule_id`. */
  readonly prebuilt: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly uuid: () => string;
  private readonly clock: () => Date;
  private readonly preconfigured: ReadonlyMap<string, StoredConnector>;

  constructor(parts: KernelParts) {
    this.version = parts.version;
    this.license = parts.license;
    this.users = parts.users;
    this.apiKey = parts.apiKey;
    this.state = parts.state;
    this.faults = new Faults(parts.faults);
    this.words = atLeast(parts.version, "9.4") ? zod4 : zod3;
    this.uuid = parts.uuid;
    this.clock = parts.now;
    const prebuilt = new Map<string, Readonly<Record<string, unknown>>>();
    for (const asset of parts.prebuilt) {
      const id = String(asset["rule_id"]);
      if (Number(prebuilt.get(id)?.["version"] ?? 0) < Number(asset["version"])) prebuilt.set(id, asset);
    }
    this.prebuilt = prebuilt;
    const since = this.now();
    this.preconfigured = new Map(
      parts.preconfigured.map(({ id, name, connector_type_id: type }) => [
        id,
        {
          id,
          name,
          type,
          config: {},
          hasSecrets: false,
          missingSecrets: false,
          preconfigured: true,
          created_at: since,
          updated_at: since,
        },
      ]),
    );
  }

  /** Whether this Kibana is at least of that version. */
  since(version: string): boolean {
    return atLeast(this.version, version);
  }

  /** The present time, as ISO text. */
  now(): string {
    return this.clock().toISOString();
  }

  connector(space: SpaceData, id: string): StoredConnector | undefined {
    return this.preconfigured.get(id) ?? space.connectors.get(id);
  }

  connectors(space: SpaceData): StoredConnector[] {
    return [...this.preconfigured.values(), ...space.connectors.values()];
  }

  /** Whether the licence allows machine learning. */
  get allowsMl(): boolean {
    return ["platinum", "enterprise", "trial"].includes(this.license);
  }

  /** Whether the licence allows to change prebuilt rules. */
  get allowsCustomization(): boolean {
    return ["enterprise", "trial"].includes(this.license) && this.since("8.18");
  }
}
