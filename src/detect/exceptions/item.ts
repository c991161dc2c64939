/** The entries of exception items, as the exceptions API has them. */
export type Entry =
  | (OfField & { readonly type: "match" | "wildcard"; readonly value: string })
  | (OfField & { readonly type: "match_any"; readonly value: readonly string[] })
  | (OfField & { readonly type: "exists" })
  | ListEntry
  | { readonly type: "nested"; readonly field: string; readonly entries: readonly Entry[] };

interface OfField {
  readonly field: string;
  readonly operator: "included" | "excluded";
}

/** The value is in a value list, or is not. */
export interface ListEntry extends OfField {
  readonly type: "list";
  readonly list: { readonly id: string; readonly type: string };
}
