/** What every part of an embedded Kibana shares. */
import type { Fault } from "./faults.js";
import { Faults } from "./faults.js";
import { type Trait, type Traits, traitsOf } from "./flavour.js";
import type { ApiKey, License, PreconfiguredConnector, Tier, User } from "./options.js";
import { type Asset, Assets } from "./prebuilt/assets.js";
import type { SpaceData, State, StoredConnector } from "./store/state.js";
import type { Dialect } from "./validate/schema.js";
import { zod3, zod4 } from "./validate/wording.js";

/** Limits and lacks of a server, which its administrators set. */
export interface Server {
  readonly encryptionKey: boolean;
  readonly minimumInterval: string | undefined;
  readonly runsPerMinute: number | undefined;
  readonly indices: readonly string[] | undefined;
}

interface KernelParts {
  readonly version: string;
  readonly license: License;
  /** The tier of a serverless project; undefined for a Kibana with a licence. */
  readonly tier: Tier | undefined;
  readonly users: readonly User[];
  /** The first one is the key that is told. */
  readonly apiKeys: readonly [ApiKey, ...ApiKey[]];
  readonly server: Server;
  readonly preconfigured: readonly PreconfiguredConnector[];
  readonly prebuilt: readonly Asset[];
  readonly faults: readonly Fault[];
  readonly state: State;
  readonly now: () => Date;
  readonly uuid: () => string;
}

export class Kernel {
  readonly version: string;
  readonly license: License;
  readonly tier: Tier | undefined;
  readonly users: readonly User[];
  readonly apiKeys: readonly [ApiKey, ...ApiKey[]];
  readonly server: Server;
  readonly traits: Traits;
  readonly state: State;
  readonly faults: Faults;
  /** The words of request checks. */
  readonly words: Dialect;
  /** The prebuilt rules that this Kibana knows. */
  readonly prebuilt: Assets;
  readonly uuid: () => string;
  private readonly clock: () => Date;
  private readonly preconfigured: ReadonlyMap<string, StoredConnector>;

  constructor(parts: KernelParts) {
    this.version = parts.version;
    this.license = parts.license;
    this.tier = parts.tier;
    this.users = parts.users;
    this.apiKeys = parts.apiKeys;
    this.server = parts.server;
    this.traits = traitsOf(parts.version);
    this.state = parts.state;
    this.faults = new Faults(parts.faults);
    this.words = { ...(this.traits.zod4 ? zod4 : zod3), traits: this.traits };
    this.uuid = parts.uuid;
    this.clock = parts.now;
    this.prebuilt = new Assets(parts.prebuilt);
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

  /** Whether this Kibana does so. */
  has(trait: Trait): boolean {
    return this.traits[trait];
  }

  get isServerless(): boolean {
    return this.tier !== undefined;
  }

  /** The present time, as ISO text. */
  now(): string {
    return this.time().toISOString();
  }

  time(): Date {
    return this.clock();
  }

  connector(space: SpaceData, id: string): StoredConnector | undefined {
    return this.preconfigured.get(id) ?? space.connectors.get(id);
  }

  connectors(space: SpaceData): StoredConnector[] {
    return [...this.preconfigured.values(), ...space.connectors.values()];
  }

  /** Whether licence or tier allow machine learning. */
  get allowsMl(): boolean {
    if (this.tier !== undefined) return this.tier === "complete";
    return ["platinum", "enterprise", "trial"].includes(this.license);
  }

  /** Whether licence or tier allow to change prebuilt rules. */
  get allowsCustomization(): boolean {
    if (this.tier !== undefined) return this.tier === "complete";
    return ["enterprise", "trial"].includes(this.license) && this.has("prebuiltCustomization");
  }
}
