/** Value lists, as the lists API takes and returns them. An exception entry of type `list` names one by id. */

/** The Elasticsearch types that a value list may have. Kibana's own pages offer keyword, ip, ip_range and text. */
export const VALUE_LIST_TYPES = [
  "binary",
  "boolean",
  "byte",
  "date",
  "date_nanos",
  "date_range",
  "double",
  "double_range",
  "float",
  "float_range",
  "geo_point",
  "geo_shape",
  "half_float",
  "integer",
  "integer_range",
  "ip",
  "ip_range",
  "keyword",
  "long",
  "long_range",
  "shape",
  "short",
  "text",
] as const;

export type ValueListType = (typeof VALUE_LIST_TYPES)[number];

/** What `POST /api/lists` is sent. The id is the author's and is the same in every space. */
export interface ValueListCreate {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** What PUT is sent: addressed by id, the type cannot change. */
export interface ValueListUpdate {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly meta?: Readonly<Record<string, unknown>>;
  /** Token for optimistic locking. */
  readonly _version?: string;
}

/** A value list as Kibana returns it. */
export interface ValueListResponse {
  id: string;
  name: string;
  description: string;
  type: ValueListType;
  immutable: boolean;
  version: number;
  tie_breaker_id: string;
  created_at: string;
  created_by: string;
  updated_at: string;
  updated_by: string;
  meta?: Record<string, unknown>;
  _version?: string;
  "@timestamp"?: string;
  /** How values are taken apart when they are imported; set by Kibana's own pages for ranges. */
  serializer?: string;
  deserializer?: string;
}
