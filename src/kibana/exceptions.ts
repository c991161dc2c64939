/** Exception lists and their items, as the exceptions API takes and returns them. */
import type { ExceptionListType, NamespaceType } from "./rule-parts.js";

export type { ExceptionListType, NamespaceType } from "./rule-parts.js";

export type OsType = "linux" | "macos" | "windows";

export type EntryOperator = "included" | "excluded";

export interface MatchEntry {
  type: "match";
  field: string;
  operator: EntryOperator;
  value: string;
}

export interface MatchAnyEntry {
  type: "match_any";
  field: string;
  operator: EntryOperator;
  /** At least one. */
  value: string[];
}

/** `*` and `?` stand for any text and any one character. */
export interface WildcardEntry {
  type: "wildcard";
  field: string;
  operator: EntryOperator;
  value: string;
}

export interface ExistsEntry {
  type: "exists";
  field: string;
  operator: EntryOperator;
}

/** The field's value is in a value list. Does not mix with other kinds of entries in one item. */
export interface ListEntry {
  type: "list";
  field: string;
  operator: EntryOperator;
  /** The value list's id and its Elasticsearch type, such as `keyword`, `ip` or `ip_range`. */
  list: { id: string; type: string };
}

/** All inner entries hold on the same nested object at `field`. */
export interface NestedEntry {
  type: "nested";
  field: string;
  /** At least one. */
  entries: (MatchEntry | MatchAnyEntry | ExistsEntry)[];
}

export type ExceptionEntry =
  MatchEntry | MatchAnyEntry | WildcardEntry | ExistsEntry | ListEntry | NestedEntry;

export interface ExceptionListCreate {
  /** Kibana makes a random UUID when it is absent. */
  list_id?: string;
  type: ExceptionListType;
  name: string;
  description: string;
  /** `single` (one space) when absent; an `agnostic` list is shared by all spaces. */
  namespace_type?: NamespaceType;
  os_types?: OsType[];
  tags?: string[];
  meta?: Record<string, unknown>;
  version?: number;
}

/** What Kibana alone writes on a list and on an item. */
export interface ExceptionServerFields {
  /** Saved-object id, different in each space. */
  id: string;
  /** Token for optimistic locking, sent back in a PUT. */
  _version?: string;
  tie_breaker_id: string;
  created_at: string;
  created_by: string;
  updated_at: string;
  updated_by: string;
}

export interface ExceptionListResponse extends ExceptionServerFields {
  list_id: string;
  type: ExceptionListType;
  name: string;
  description: string;
  namespace_type: NamespaceType;
  immutable: boolean;
  version: number;
  os_types?: OsType[];
  tags?: string[];
  meta?: Record<string, unknown>;
}

export interface ExceptionCommentCreate {
  comment: string;
}

export interface ExceptionComment extends ExceptionCommentCreate {
  id: string;
  created_at: string;
  created_by: string;
  updated_at?: string;
  updated_by?: string;
}

export interface ExceptionItemCreate {
  /** Kibana makes a random UUID when it is absent. */
  item_id?: string;
  list_id: string;
  type: "simple";
  name: string;
  description: string;
  /** All entries must hold; the items of a list are alternatives. */
  entries: ExceptionEntry[];
  namespace_type?: NamespaceType;
  os_types?: OsType[];
  tags?: string[];
  meta?: Record<string, unknown>;
  comments?: ExceptionCommentCreate[];
  /** ISO date after which the item is ignored. */
  expire_time?: string;
}

export interface ExceptionItemResponse extends ExceptionServerFields {
  item_id: string;
  list_id: string;
  type: "simple";
  name: string;
  description: string;
  entries: ExceptionEntry[];
  namespace_type: NamespaceType;
  comments: ExceptionComment[];
  os_types?: OsType[];
  tags?: string[];
  meta?: Record<string, unknown>;
  expire_time?: string;
}

/** PUT of a list: the create form, addressed by `id` or `list_id`. */
export type ExceptionListUpdate = Omit<ExceptionListCreate, "namespace_type"> & {
  id?: string;
  _version?: string;
  namespace_type?: NamespaceType;
};

/** PUT of an item: addressed by `id` or `item_id`. Comments that exist carry their id; others' may not change. */
export type ExceptionItemUpdate = Omit<ExceptionItemCreate, "list_id" | "comments"> & {
  id?: string;
  list_id?: string;
  _version?: string;
  comments?: (ExceptionCommentCreate & { id?: string })[];
};

/** A list line of an export, scrubbed or of an older version: what an import needs, the rest where it is. */
export type ExportedExceptionList = Partial<ExceptionListResponse> &
  Pick<ExceptionListResponse, "list_id" | "type" | "name" | "description">;

/** An item line of an export. */
export type ExportedExceptionItem = Partial<Omit<ExceptionItemResponse, "comments">> &
  Pick<ExceptionItemResponse, "item_id" | "list_id" | "type" | "name" | "description" | "entries"> & {
    comments?: (ExceptionCommentCreate & Partial<ExceptionComment>)[];
  };
