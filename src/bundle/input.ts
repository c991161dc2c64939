import type { ExceptionItemCreate, ExceptionListCreate } from "../kibana/exceptions.js";
import type { RuleCreate } from "../kibana/rule.js";

/** A rule with the file that it comes from, for findings. */
export interface BundleRule {
  readonly file: string;
  readonly rule: RuleCreate & { readonly rule_id: string };
  /** Where each field comes from, by field, for a build that is to tell. */
  readonly origins?: Readonly<
    Record<string, { readonly from: string; readonly place: string; readonly what?: string }>
  >;
}

export interface BundleList {
  readonly list: ExceptionListCreate & { readonly list_id: string };
  readonly items: readonly (ExceptionItemCreate & { readonly item_id: string })[];
}

/** A connector as a bundle carries it: never with secrets. */
export interface BundleConnector {
  readonly id: string;
  readonly name: string;
  readonly connector_type_id: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Whether it has secrets, which must be entered in Kibana after the import. */
  readonly needsSecrets: boolean;
}

export interface BundleInput {
  readonly rules: readonly BundleRule[];
  /** All lists and connectors that there are; the bundle takes those that its rules name. */
  readonly lists: readonly BundleList[];
  readonly connectors: readonly BundleConnector[];
}
