import type { Expression } from "../ast.js";
import { findFunction } from "../functions/index.js";
import type { Context } from "./context.js";
import type { ColumnInfo } from "./scope.js";
import { childrenOf, fingerprint, partsOf, some } from "./walk.js";

/** One key after `BY`. */
export interface Group {
  readonly column: ColumnInfo;
  readonly value: Expression;
  /** `name = value` */
  readonly named: boolean;
}

/** The keys after `BY`, to find them again in the aggregates. */
export class Groups {
  readonly #names: ReadonlySet<string>;
  /** By kind of node: what an expression without a name looks like; of calls, also those with one. */
  readonly #prints = new Map<Expression["kind"], Set<string>>();
  readonly #columns = new Set<string>();
  #longest = 0;

  constructor(groups: readonly Group[]) {
    this.#names = new Set(groups.map((group) => group.column.name));
    for (const { named, value } of groups) {
      for (const part of partsOf(value)) if (part.kind === "column") this.#columns.add(part.name);
      if (value.kind === "column" || (named && value.kind !== "call")) continue;
      const print = fingerprint(value, Number.POSITIVE_INFINITY)!;
      this.#longest = Math.max(this.#longest, print.length);
      const prints = this.#prints.get(value.kind);
      if (prints === undefined) this.#prints.set(value.kind, new Set([print]));
      else prints.add(print);
    }
  }

  /** Whether the rows are grouped by this expression. */
  has(node: Expression): boolean {
    if (node.kind === "column") return this.#names.has(node.name);
    const prints = this.#prints.get(node.kind);
    if (prints === undefined) return false;
    const print = fingerprint(node, this.#longest);
    return print !== undefined && prints.has(print);
  }

  /** Whether a key is calculated from the column. */
  uses(column: string): boolean {
    return this.#columns.has(column);
  }
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
export function checkGroupUse(context: Context, expression: Expression, groups: Groups): void {
  if (isConstant(expression)) {
    if (expression.kind !== "error") context.findings.add("esql/no-aggregate", {}, expression);
    return;
  }
  checkUse(context, expression, groups, 0);
}

function checkUse(context: Context, node: Expression, groups: Groups, level: number): void {
  if (level > MAX_DEPTH || isAggregate(node)) return;
  const isKey = groups.has(node);
  if (node.kind === "call" && findFunction(node.name)?.kind === "grouping" && !isKey) {
    context.findings.add("esql/grouping-not-in-by", { function: node.name.toUpperCase() }, node);
  } else if (isKey) {
    if (level === 0) context.findings.add("esql/group-as-aggregate", {}, node);
  } else if (node.kind === "column") {
    // That there is no such column has been said.
    const info = context.scope.columns.get(node.name);
    if (info?.origin === "computed" && info.type === "unknown" && !context.scope.open) return;
    const help = groups.uses(node.name)
      ? "name the expression after BY, and use its name"
      : `add it to BY, or aggregate it: VALUES(${node.name})`;
    context.findings.add("esql/not-grouped", { column: node.name }, node, { help });
  } else {
    for (const child of childrenOf(node)) checkUse(context, child, groups, level + 1);
  }
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
