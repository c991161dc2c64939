import type { Json } from "../json/index.js";
import type { RuleType } from "../kibana/rule.js";
import type { Entry } from "./exceptions/item.js";

/** A rule in Kibana's form. Fields that are absent have Kibana's defaults, but without `from` a run looks at all that is older. */
export type DetectionRule = Json & { readonly type: RuleType };

/** An item of an exception list that the rule refers to. */
export interface ExceptionItem {
  readonly name?: string;
  readonly item_id?: string;
  readonly entries: readonly Entry[];
  readonly os_types?: readonly string[] | null;
  /** ISO time; the item has no effect on later runs. */
  readonly expire_time?: string;
  /** The type of its list: `endpoint` tells the lists of Elastic Defend from others. */
  readonly list_type?: string;
}

export interface ValueList {
  /** The type of its values: `keyword`, `ip`, `ip_range`, `text`, `long_range`… */
  readonly type: string;
  readonly values?: readonly string[];
  /** Another name for `values`. */
  readonly items?: readonly string[];
}

export interface RunOptions {
  /** When the run begins, as an ISO time. */
  readonly at: string;
  readonly exceptionItems?: readonly ExceptionItem[];
  /** By id. */
  readonly valueLists?: Readonly<Record<string, ValueList>>;
  /** A manual run over a time that has passed: the rule runs for each of its intervals in it. ISO times. */
  readonly manual?: { readonly from: string; readonly to: string };
}

/** An alert as Kibana writes it: the fields of the event, and `kibana.alert.…` under keys with dots. */
export type Alert = Json;

/**
 * `partial failure`: with warnings. `failed`: with errors; there may be alerts none the less. `not run`: kdac cannot run the
 * rule, so that nothing is known of it.
 */
export type RunStatus = "succeeded" | "partial failure" | "failed" | "not run";

export interface Run {
  readonly status: RunStatus;
  /** The alerts that the run made or updated, as they are after it. */
  readonly alerts: readonly Alert[];
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
}
