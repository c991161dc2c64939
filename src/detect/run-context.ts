import type { Alerts } from "./alerts.js";
import type { AlertContext } from "./alert/build.js";
import type { Exceptions } from "./exceptions/exceptions.js";
import type { RuleType } from "../kibana/rule.js";
import type { Outcome } from "./outcome.js";
import type { PreparedRule } from "./rule.js";
import type { Condition } from "./search.js";
import type { RuleState } from "./state.js";
import type { DocumentIndex } from "./store/document-index.js";
import type { Store } from "./store/store.js";
import type { Timestamps } from "./timestamps.js";
import type { Window } from "./window.js";

/** What an engine is given for one window of a run. */
export interface RunContext<T extends RuleType = RuleType> {
  readonly rule: PreparedRule<T>;
  readonly window: Window;
  /** When the run began, in milliseconds since 1970. */
  readonly at: number;
  readonly maxSignals: number;
  readonly timestamps: Timestamps;
  /** The indices of the rule. */
  readonly indices: readonly DocumentIndex[];
  readonly store: Store;
  /** The rule's filters, and that no exception is about the document. */
  readonly conditions: readonly Condition[];
  /** Whether the query, a filter or an exception asks for the id or the index of a document. */
  readonly asksForMetadata: boolean;
  readonly exceptions: Exceptions;
  readonly state: RuleState;
  readonly alerts: Alerts;
  readonly alertContext: AlertContext;
  readonly outcome: Outcome;
}

/** Runs a rule over one window: writes alerts, warnings and errors to `context.outcome`. */
export type Engine<T extends RuleType = RuleType> = (context: RunContext<T>) => void;
