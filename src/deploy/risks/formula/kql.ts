import type { kql } from "../../../query/index.js";
import { all, any, atom, type Formula, not } from "./formula.js";

/** The conditions of a KQL query. `field: (a or b)` is two of them, and an empty query is none. */
export function kqlFormula({ body }: kql.Query, text: string): Formula {
  const written = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
  const ofCondition = (node: kql.Condition): Formula => {
    switch (node.kind) {
      case "and":
        return all(node.operands.map(ofCondition));
      case "or":
        return any(node.operands.map(ofCondition));
      case "not":
        return not(ofCondition(node.operand));
      case "is":
        return ofValues(node.value, node.field === undefined ? "" : `${written(node.field)}: `);
      case "nested":
      case "range":
      case "error":
        return atom(written(node));
    }
  };
  const ofValues = (node: kql.Values, field: string): Formula => {
    switch (node.kind) {
      case "and":
        return all(node.operands.map((each) => ofValues(each, field)));
      case "or":
        return any(node.operands.map((each) => ofValues(each, field)));
      case "not":
        return not(ofValues(node.operand, field));
      case "value":
      case "error":
        return atom(`${field}${written(node)}`);
    }
  };
  return body === undefined ? all([]) : ofCondition(body);
}
