import type { eql } from "../../../query/index.js";
import { all, any, atom, type Formula, not } from "./formula.js";
import type { Shape } from "./of-query.js";

type Written = (span: { readonly start: number; readonly end: number }) => string;

/** The conditions of each event that an EQL query looks for; keys, spans of time, `until` and pipes make the frame. */
export function eqlShape({ statement, pipes }: eql.Query, text: string): Shape {
  const written: Written = ({ start, end }) => text.slice(start, end).replace(/\s+/g, " ");
  const cut = pipes.map(written).join(" | ");
  const monotone = pipes.length === 0;
  switch (statement.kind) {
    case "event":
      return { steps: [ofEvent(statement, written)], frame: cut, monotone };
    case "error":
      return { steps: [], frame: written(statement), monotone: false };
    case "sequence":
    case "sample":
    case "join": {
      const { kind, by, terms } = statement;
      const frame = JSON.stringify([
        kind,
        by.map(written),
        "maxspan" in statement && statement.maxspan !== undefined ? written(statement.maxspan) : "",
        // Of an event that must be missing, fewer matches mean more results: it is told from its text alone.
        terms.map((term) => [term.by.map(written), term.runs, isPlain(term) ? "" : written(term)]),
        "until" in statement && statement.until !== undefined ? written(statement.until) : "",
        cut,
      ]);
      return { steps: terms.map((term) => ofTerm(term, written)), frame, monotone };
    }
  }
}

function isPlain({ missing, event }: eql.Term): boolean {
  return !missing && event.kind === "event";
}

function ofTerm(term: eql.Term, written: Written): Formula {
  return isPlain(term) ? ofEvent(term.event as eql.EventFilter, written) : all([]);
}

function ofEvent({ category, condition }: eql.EventFilter, written: Written): Formula {
  const matching = ofExpression(condition, written);
  return category.name === undefined ? matching : all([atom(`${category.name} events`), matching]);
}

function ofExpression(node: eql.Expression, written: Written): Formula {
  switch (node.kind) {
    case "and":
      return all(node.operands.map((each) => ofExpression(each, written)));
    case "or":
      return any(node.operands.map((each) => ofExpression(each, written)));
    case "not":
      return not(ofExpression(node.operand, written));
    case "comparison":
      return node.operator === "!="
        ? not(atom(`${written(node.left)} == ${written(node.right)}`))
        : atom(written(node));
    case "in": {
      const operator = node.insensitive ? "in~" : "in";
      const values = node.values.map((value) =>
        atom(`${written(node.operand)} ${operator} ${written(value)}`),
      );
      return node.negated ? not(any(values)) : any(values);
    }
    case "match":
      return any(
        node.patterns.map((pattern) => atom(`${written(node.operand)} ${node.operator} ${written(pattern)}`)),
      );
    case "literal":
      return node.value === true ? all([]) : atom(written(node));
    default:
      return atom(written(node));
  }
}
