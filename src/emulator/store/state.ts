/** Everything that an embedded Kibana keeps. */
import type { ExceptionItemResponse, ExceptionListResponse } from "../../kibana/exceptions.js";
import type { ExceptionListReference, RuleAction, RuleSource, RuleType } from "../../kibana/rule.js";
import type { StoredBackfill } from "../backfill/store.js";
import type { StoredDataView } from "../data-views/store.js";
import type { StoredTimeline } from "../timelines/store.js";
import { Collection } from "./collection.js";

/** A rule as it is stored: the fields of its response, all defaults filled in. Never changed in place. */
export interface StoredRule {
  readonly id: string;
  readonly rule_id: string;
  readonly name: string;
  readonly type: RuleType;
  readonly enabled: boolean;
  readonly version: number;
  readonly revision: number;
  readonly tags: readonly string[];
  readonly interval: string;
  readonly from: string;
  readonly to: string;
  readonly actions: readonly RuleAction[];
  readonly exceptions_list: readonly ExceptionListReference[];
  readonly immutable: boolean;
  readonly rule_source: RuleSource;
  readonly created_at: string;
  readonly created_by: string;
  readonly updated_at: string;
  readonly updated_by: string;
  /** The type at creation: the alerting framework's rule type never changes. Not part of a response. */
  readonly alert_type: RuleType;
  readonly [field: string]: unknown;
}

export interface StoredConnector {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Secrets are write-only, so that they were sent is all that is kept. */
  readonly hasSecrets: boolean;
  readonly missingSecrets: boolean;
  readonly preconfigured: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface StoredSpace {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly color?: string;
  readonly initials?: string;
  readonly imageUrl?: string;
  readonly disabledFeatures: readonly string[];
  readonly solution?: string;
  readonly _reserved?: boolean;
}

export interface StoredValueList {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly description: string;
  readonly immutable: boolean;
  readonly version: number;
  readonly _version: string;
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly tie_breaker_id: string;
  readonly "@timestamp": string;
  readonly created_at: string;
  readonly created_by: string;
  readonly updated_at: string;
  readonly updated_by: string;
}

export interface StoredValue {
  readonly id: string;
  readonly list_id: string;
  readonly type: string;
  readonly value: string;
  readonly _version: string;
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly tie_breaker_id: string;
  readonly "@timestamp": string;
  readonly created_at: string;
  readonly created_by: string;
  readonly updated_at: string;
  readonly updated_by: string;
}

/** Exception lists and their items: of one space, or those that all spaces share. */
export class Exceptions {
  readonly lists = new Collection<ExceptionListResponse>((list) => list.list_id);
  readonly items = new Collection<ExceptionItemResponse>(
    (item) => item.item_id,
    (item) => item.list_id,
  );
}

/** The objects of one space. */
export class SpaceData {
  readonly rules = new Collection<StoredRule>((rule) => rule.rule_id);
  readonly exceptions = new Exceptions();
  readonly connectors = new Map<string, StoredConnector>();
  readonly valueLists = new Map<string, StoredValueList>();
  readonly values = new Collection<StoredValue>(
    (value) => value.id,
    (value) => value.list_id,
  );
  readonly backfills = new Map<string, StoredBackfill>();
  readonly timelines = new Map<string, StoredTimeline>();
  readonly dataViews: Map<string, StoredDataView>;
  defaultDataView: string | undefined;
  /** Whether the data streams of value lists were made. */
  hasListStreams = false;

  constructor(
    readonly id: string,
    dataViews: readonly StoredDataView[],
  ) {
    this.dataViews = new Map(dataViews.map((view) => [view.id, view]));
  }
}

export const DEFAULT_SPACE: StoredSpace = {
  id: "default",
  name: "Default",
  description: "This is your default space!",
  color: "#00bfb3",
  disabledFeatures: [],
  _reserved: true,
};

export class State {
  readonly spaces = new Map<string, StoredSpace>([[DEFAULT_SPACE.id, DEFAULT_SPACE]]);
  /** Exception lists of `namespace_type: agnostic`. */
  readonly shared = new Exceptions();
  private readonly data = new Map<string, SpaceData>();
  /** Elasticsearch's count of writes, which `_version` tokens carry. */
  sequence = 0;

  constructor(
    /** Identifies this Kibana in its status. */
    readonly uuid: string,
    /** The data views that a space has from the start. */
    private readonly initialDataViews: (space: string) => readonly StoredDataView[],
  ) {}

  /**
   * A space's objects. Kibana does not check that a space exists when its API is called, so neither does this: the
   * objects of a space that nobody made are kept as well.
   */
  in(space: string): SpaceData {
    let data = this.data.get(space);
    if (data === undefined) {
      data = new SpaceData(space, this.initialDataViews(space));
      this.data.set(space, data);
    }
    return data;
  }

  /** Every space that holds objects. */
  allData(): IterableIterator<SpaceData> {
    return this.data.values();
  }

  /** Forgets a space and all that is in it. */
  drop(space: string): void {
    this.spaces.delete(space);
    this.data.delete(space);
  }

  /** A fresh `_version` token. */
  nextVersion(): string {
    this.sequence++;
    return Buffer.from(JSON.stringify([this.sequence, 1])).toString("base64");
  }
}
