/**
 * What every event meets that a query matches: one of the field's values, as a text, is one of `values`. By these a query
 * can be ruled out at the cost of a lookup.
 */
export interface RequiredLiteral {
  /** The name under which events have the values. */
  readonly field: string;
  readonly values: readonly string[];
  /** Whether case does not count; then `values` are folded. */
  readonly insensitive: boolean;
}
