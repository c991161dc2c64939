/** What is known of one field. */
export interface FieldInfo {
  readonly name: string;
  /** The Elasticsearch mapping type: `keyword`, `text`, `long`, `ip`, `date`, `nested`, `object`… */
  readonly type: string;
  /** Further types that other indices of the same pattern map it to; a conflict. */
  readonly otherTypes?: readonly string[];
  /** Where the knowledge comes from. `metadata` are fields such as `_id`. */
  readonly source: "ecs" | "lock" | "custom" | "given" | "metadata";
  /** The only values that ECS allows. */
  readonly allowed?: readonly string[];
  /** The values that ECS expects, without ruling out others: `host.os.type`. */
  readonly usual?: readonly string[];
  /** Allowed values that go with a value of another field: `event.type` by `event.category`. */
  readonly expected?: ReadonlyMap<string, readonly string[]>;
  /** ECS says that the field holds a list. */
  readonly array?: boolean;
  /** The path of the nearest `nested` field above it. */
  readonly nestedIn?: string;
  /** The first version of ECS that has it, such as `8.11`; older than 8.1 where it is not said. */
  readonly since?: string;
  /** Longest value that is indexed (`ignore_above`), in UTF-16 units. */
  readonly ignoreAbove?: number;
  /** Of a text field: the name of the multi-field that holds the exact value, such as `message.keyword`. */
  readonly exact?: string;
  /** Of an `alias` in a mapping: the field that it stands for. Events have its values under that name alone. */
  readonly aliasOf?: string;
  /** False of a text field whose index does not keep where words stand (`index_options`): phrases find nothing there. */
  readonly positions?: false;
  /** Of a keyword: the normalizer that values pass before they are indexed, such as `lowercase`. */
  readonly normalizer?: string;
}

/** The fields of the indices that a query reads. */
export interface Fields {
  find(name: string): FieldInfo | undefined;
  /** Every name, for "did you mean" and for wildcards in field names. */
  names(): Iterable<string>;
  /** Whether a name that is not there is certainly unmapped: true with a synced lock, or a mapping that was given. */
  readonly closed: boolean;
}
