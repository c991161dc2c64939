/** What a project says of its fields, as its files have it (`schemas/lock.schema.json`, `schemas/fields.schema.json`). */

/** The fields of the indices that one pattern stands for. */
export interface LockedPattern {
  /** Names by type; a field that indices map differently stands under `keyword, long`. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** Names by the longest value that is indexed, in UTF-16 units. */
  readonly ignore_above?: Readonly<Record<string, readonly string[]>>;
}

/** The fields of the user's stack, by index pattern. */
export interface Lock {
  readonly patterns: Readonly<Record<string, LockedPattern>>;
}

export type CustomField =
  | string
  | {
      readonly type: string;
      readonly ignore_above?: number;
      readonly allowed_values?: readonly string[];
      readonly array?: boolean;
    };

export type CustomFieldMap = Readonly<Record<string, CustomField>>;

/** Fields that people declare: for every index, or by index. */
export type CustomFields =
  CustomFieldMap | readonly { readonly index: readonly string[]; readonly fields: CustomFieldMap }[];

export interface FieldSources {
  readonly lock?: Lock | undefined;
  readonly custom?: CustomFields | undefined;
}
