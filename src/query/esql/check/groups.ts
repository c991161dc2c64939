import type { Expression } from "../ast.js";
import { findFunction } from "../functions/index.js";
import type { Context } from "./context.js";
import type { ColumnInfo } from "./scope.js";
import { childrenOf, fingerprint, some } from "./walk.js";

/** One key after `BY`. */
export interface Group {
  readonly column: ColumnInfo;
  readonly value: Expression;
  /** Of the value, to find it again. */
  readonly print: string;
  /** `name = value` */
  readonly named: boolean;
}

/** Deeper expressions are not looked into. */
const MAX_DEPTH = 1000;

/** Whether an aggregate function stands in the expression. */
export function hasAggregate(expression: Expression): boolean {
  return some(expression, isAggregate);
}

/**
 * Checks one item of `STATS`: it has to aggregate. Beside aggregates it may use what `BY` groups by, but not other
 * columns, which have many values in a group.
 */
export function checkGroupUse(context: Context, expression: Expression, groups: readonly Group[]): void {
  if (isConstant(expression)) {
    if (expression.kind !== "error") context.findings.add("esql/no-aggregate", {}, expression);
    return;
  }
  checkUse(context, expression, groups, 0);
}

function checkUse(context: Context, node: Expression, groups: readonly Group[], level: number): void {
  if (level > MAX_DEPTH || isAggregate(node)) return;
  const keys = groups.filter((group) => !group.named || node.kind === "call");
  const isKey =
    (node.kind === "column" && groups.some((group) => group.column.name === node.name)) ||
    (node.kind !== "column" && keys.length > 0 && includesPrint(keys, node));
  if (node.kind === "call" && findFunction(node.name)?.kind === "grouping" && !isKey) {
    context.findings.add("esql/grouping-not-in-by", { function: node.name.toUpperCase() }, node);
  } else if (isKey) {
    if (level === 0) context.findings.add("esql/group-as-aggregate", {}, node);
  } else if (node.kind === "column") {
    // That there is no such column has been said.
    const info = context.scope.columns.get(node.name);
    if (info?.origin === "computed" && info.type === "unknown" && !context.scope.open) return;
    const inKey = groups.some((group) => some(group.value, (part) => isColumn(part, node.name)));
    const help = inKey
      ? "name the expression after BY, and use its name"
      : `add it to BY, or aggregate it: VALUES(${node.name})`;
    context.findings.add("esql/not-grouped", { column: node.name }, node, { help });
  } else {
    for (const child of childrenOf(node)) checkUse(context, child, groups, level + 1);
  }
}

function includesPrint(keys: readonly Group[], node: Expression): boolean {
  const candidates = keys.filter((group) => group.value.kind === node.kind);
  if (candidates.length === 0) return false;
  const print = fingerprint(node);
  return candidates.some((group) => group.print === print);
}

function isColumn(node: Expression, name: string): boolean {
  return node.kind === "column" && node.name === name;
}

function isAggregate(node: Expression): boolean {
  if (node.kind !== "call") return false;
  const kind = findFunction(node.name)?.kind;
  // A function that nobody knows may aggregate: that it is unknown has been said.
  return kind === undefined || kind === "aggregate" || kind === "timeSeries";
}

function isConstant(expression: Expression): boolean {
  return !some(
    expression,
    (node) => node.kind === "call" || node.kind === "column" || node.kind === "parameter",
  );
}
