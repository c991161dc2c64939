import type { Explanation, Span } from "../core/index.js";
import { type CompileOptions, type Event, type Scope, scopeOf } from "../match/index.js";
import type { Condition, Query } from "./ast.js";
import { compileCondition, readable } from "./evaluate.js";
import { isSingle, spread } from "./spread.js";

/**
 * Why a query matches an event or does not. Each value of a group is a condition by itself; a nested condition has no
 * parts, since they are about one object or another. Throws `QueryError` where the query has errors.
 */
export function explain(query: Query | string, event: Event, options: CompileOptions = {}): Explanation {
  const { body, start, end } = readable(query);
  if (body === undefined) return { kind: "leaf", matched: true, start, end };
  return ofCondition(body, event, scopeOf(options));
}

function ofCondition(condition: Condition, event: Event, scope: Scope): Explanation {
  const { start, end }: Span = condition;
  switch (condition.kind) {
    case "and":
    case "or": {
      const children = condition.operands.map((operand) => ofCondition(operand, event, scope));
      const isMatch = (child: Explanation): boolean => child.matched;
      const matched = condition.kind === "and" ? children.every(isMatch) : children.some(isMatch);
      return { kind: condition.kind, matched, children, start, end };
    }
    case "not": {
      const child = ofCondition(condition.operand, event, scope);
      return { kind: "not", matched: !child.matched, children: [child], start, end };
    }
    case "is":
      if (!isSingle(condition) && condition.value.kind !== "error") {
        return { ...ofCondition(spread(condition), event, scope), start, end };
      }
  }
  return { kind: "leaf", matched: compileCondition(condition, scope)(event), start, end };
}
