import type { EventFilter } from "../../../../src/query/eql/ast.js";
import { compileEvent, type EventOptions } from "../../../../src/query/eql/evaluate/index.js";
import { parse } from "../../../../src/query/eql/parser.js";
import type { Event } from "../../../../src/query/match/index.js";

export function filterOf(text: string): EventFilter {
  const { ast, diagnostics } = parse(text);
  if (ast.statement.kind !== "event" || diagnostics.some(({ severity }) => severity === "error"))
    throw new Error(`${text}: ${JSON.stringify(diagnostics)}`);
  return ast.statement;
}

/** Whether an event meets a condition. */
export function meets(condition: string, event: Event, options: EventOptions = {}): boolean {
  return compileEvent(filterOf(`any where ${condition}`), options)(event);
}
