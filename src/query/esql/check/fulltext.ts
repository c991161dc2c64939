import type { Span } from "../../core/index.js";
import type { Expression } from "../ast.js";
import type { Context } from "./context.js";
import { checkKql, checkLucene } from "./embedded.js";
import { isTextLiteral } from "./literals.js";

/** Functions that ask the index, and not a value in a row. */
const NAMES: ReadonlySet<string> = new Set([":", "knn", "kql", "match", "match_phrase", "qstr"]);

/** Their first argument is a query, and no field. */
const QUERIES: ReadonlySet<string> = new Set(["kql", "qstr"]);

/** Commands after which the rows are no documents of the index any more. */
const ENDS: ReadonlySet<string> = new Set(["LIMIT", "STATS"]);

export function isFullText(name: string): boolean {
  return NAMES.has(name);
}

/** Checks where a full-text function stands and what it asks. */
export function checkFullText(context: Context, name: string, node: Span, args: readonly Expression[]): void {
  const { findings } = context;
  const shown = name === ":" ? '":"' : `${name.toUpperCase()}()`;
  const isPlaced =
    context.command === "WHERE" ||
    context.command.endsWith(" JOIN") ||
    context.place === "condition" ||
    context.scored;
  const after = context.passed.find((command) => ENDS.has(command));
  if (!isPlaced) findings.add("esql/full-text-place", { name: shown, command: context.command }, node);
  else if (after !== undefined) findings.add("esql/full-text-after", { name: shown, command: after }, node);
  const first = args[0];
  if (first === undefined) return;
  if (!QUERIES.has(name)) checkIsField(context, shown, first);
  else if (isTextLiteral(first)) {
    if (name === "kql") checkKql(context, first);
    else checkLucene(context, first);
  }
}

function checkIsField(context: Context, name: string, operand: Expression): void {
  const column = operand.kind === "column" ? context.scope.columns.get(operand.name) : undefined;
  const isComputed = column?.origin === "computed" && !(context.scope.open && column.type === "unknown");
  if (isComputed || operand.kind === "literal" || isResult(operand))
    context.findings.add("esql/not-a-field", { name }, operand);
}

/** What a function makes. A conversion is let be: it is how a field is searched that indices map differently. */
function isResult(operand: Expression): boolean {
  return operand.kind === "call" && !operand.name.toLowerCase().startsWith("to_");
}
