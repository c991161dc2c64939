import type { ExceptionListReference, RuleAction } from "../kibana/rule.js";
import type { CompiledRule } from "../rule/index.js";

/** What the checks of all rules together look at in one. */
export interface RuleFacts extends Pick<CompiledRule, "source" | "connectors"> {
  /** Of the compiled rule. */
  readonly rule: {
    readonly type: CompiledRule["rule"]["type"];
    readonly tags: readonly string[];
    readonly actions: readonly RuleAction[];
    readonly exceptions_list: readonly ExceptionListReference[];
    /** Undefined where the rule names no indices. */
    readonly index: readonly string[] | undefined;
  };
}

/** Keeps of a compiled rule what is asked for later: of thousands, queries and guides would take most of the memory. */
export function factsOf({ source, connectors, rule }: CompiledRule): RuleFacts {
  const { type, tags = [], actions = [], exceptions_list = [] } = rule;
  const index = "index" in rule ? rule.index : undefined;
  return { source, connectors, rule: { type, tags, actions, exceptions_list, index } };
}
