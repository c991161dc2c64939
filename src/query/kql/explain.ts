import type { Explanation, Span } from "../core/index.js";
import { type CompileOptions, type Event, type Scope, scopeOf } from "../match/index.js";
import type { Condition, Query } from "./ast.js";
import { compileCondition, readable } from "./evaluate.js";
import { isSingle, spread } from "./spread.js";

type Explain = (event: Event) => Explanation;

/**
 * Why a query matches an event or does not. Each value of a group is a condition by itself; a nested condition has no
 * parts, since they are about one object or another. Throws `QueryError` where the query has errors.
 */
export function explain(query: Query | string, event: Event, options: CompileOptions = {}): Explanation {
  return compileExplanation(query, options)(event);
}

/** What `explain` gives, for many events. */
export function compileExplanation(query: Query | string, options: CompileOptions = {}): Explain {
  const { body, start, end } = readable(query);
  if (body === undefined) return () => ({ kind: "leaf", matched: true, start, end });
  return ofCondition(body, scopeOf(options));
}

function ofCondition(condition: Condition, scope: Scope): Explain {
  const { start, end }: Span = condition;
  switch (condition.kind) {
    case "and":
    case "or": {
      const { kind } = condition;
      const operands = condition.operands.map((operand) => ofCondition(operand, scope));
      const isMatch = (child: Explanation): boolean => child.matched;
      return (event) => {
        const children = operands.map((operand) => operand(event));
        const matched = kind === "and" ? children.every(isMatch) : children.some(isMatch);
        return { kind, matched, children, start, end };
      };
    }
    case "not": {
      const operand = ofCondition(condition.operand, scope);
      return (event) => {
        const child = operand(event);
        return { kind: "not", matched: !child.matched, children: [child], start, end };
      };
    }
    case "is":
      if (!isSingle(condition) && condition.value.kind !== "error") {
        const group = ofCondition(spread(condition), scope);
        return (event) => ({ ...group(event), start, end });
      }
  }
  const test = compileCondition(condition, scope);
  return (event) => ({ kind: "leaf", matched: test(event), start, end });
}
