import type { BundleRule } from "./input.js";

/** A rule of a build and the file that it was built into. */
export interface BuiltRule {
  readonly rule: BundleRule;
  /** Within the output folder, with forward slashes. */
  readonly file: string;
}

/**
 * What `origins.json` says: for each field of each rule where it comes from, such as the rule's file, a default, or an overlay, with
 * file, line and column.
 */
export function originsOf(rules: readonly BuiltRule[]): object {
  return {
    version: 1,
    summary: { rules: rules.length },
    rules: rules.map(({ rule: { rule, origins = {} }, file }) => ({
      rule_id: rule.rule_id,
      file,
      origins,
    })),
  };
}
