import type { EsqlType } from "../../check/types.js";
import type { Page } from "./page.js";

/** A column's name and type. */
export interface Attribute {
  readonly name: string;
  readonly type: EsqlType;
  /** The field of the index that it is read from, also under a new name: what full-text functions search. */
  readonly field?: string;
  /** The types that different indices have for the field, where they conflict: cells are then `Variant`s. */
  readonly variants?: readonly EsqlType[];
}

/** A table that runs through the pipeline: its columns, and its rows page by page. Pages can be read once. */
export interface Table {
  readonly attributes: readonly Attribute[];
  readonly pages: Iterable<Page>;
}

/** Where the column of a name is; -1 where there is none. */
export function indexOf(attributes: readonly Attribute[], name: string): number {
  return attributes.findIndex((attribute) => attribute.name === name);
}

/**
 * Adds columns at the end; those of the same names go, and of new ones of one name the last stays. What comes back says
 * of each column whether it is one of the old ones (its number) or a new one (`{ added }`, its number among those).
 */
export function appended(
  attributes: readonly Attribute[],
  added: readonly Attribute[],
): {
  readonly attributes: Attribute[];
  readonly sources: (number | { readonly added: number })[];
} {
  const last = new Map(added.map(({ name }, at) => [name, at]));
  const kept = attributes.flatMap((attribute, at) =>
    last.has(attribute.name) ? [] : [{ attribute, from: at }],
  );
  const all = [
    ...kept,
    ...added.flatMap((attribute, at) =>
      last.get(attribute.name) === at ? [{ attribute, from: { added: at } }] : [],
    ),
  ];
  return {
    attributes: all.map(({ attribute }) => attribute),
    sources: all.map(({ from }) => from),
  };
}
