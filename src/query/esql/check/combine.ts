import type { ChangePoint, Command, Enrich, Expression, Fork, Fuse, Join, Lookup } from "../ast.js";
import { findColumn, findReference } from "./columns.js";
import type { Context } from "./context.js";
import { typeOf } from "./expressions.js";
import { computed } from "./scope.js";
import { describeTypes, isOpen } from "./types.js";

const ENRICH_MODES: ReadonlySet<string> = new Set(["_any", "_coordinator", "_remote"]);

/** `ENRICH`: without `WITH` the policy's columns are not known. */
export function checkEnrich(context: Context, { mode, on, policySpan, with: columns }: Enrich): void {
  if (mode !== undefined && !ENRICH_MODES.has(mode.toLowerCase())) {
    const end = policySpan.start - ":".length;
    context.findings.add("esql/enrich-mode", { mode }, { start: end - mode.length, end });
  }
  if (on?.kind === "column") findColumn(context, on, "value");
  if (columns.length === 0) context.scope.openTo("joined");
  for (const { field, target } of columns) {
    const column = target ?? field;
    if (column.kind === "column") context.scope.add(computed(column.name, "unknown"));
  }
}

/** `LOOKUP JOIN`: what the index adds is not known. A column alone after `ON` stands in both tables. */
export function checkJoin(context: Context, { on }: Join): void {
  for (const key of on) if (key.kind === "column") findColumn(context, key, "value");
  context.scope.openTo("joined");
  for (const key of on) if (key.kind !== "column") typeOf(context, key);
}

export function checkLookup(context: Context, { on }: Lookup): void {
  for (const key of on) if (key.kind === "column") findColumn(context, key, "value");
  context.scope.openTo("joined");
}

export function checkChangePoint(context: Context, { as, by, on, value }: ChangePoint): void {
  const measured = findReference(context, value, "value");
  const numbers = ["integer", "long", "double", "unsigned_long"];
  if (measured !== undefined && !isOpen(measured.type) && !numbers.includes(measured.type)) {
    const params = { command: context.command, type: describeTypes([measured.type]) };
    context.findings.add("esql/input-type", params, value);
  }
  if (on !== undefined) findReference(context, on, "value");
  for (const column of by) findReference(context, column, "value");
  const [type, pvalue] = as ?? [];
  context.scope.add(computed(type?.kind === "column" ? type.name : "type", "keyword"));
  context.scope.add(computed(pvalue?.kind === "column" ? pvalue.name : "pvalue", "double"));
}

/** Elasticsearch takes as many. */
const MAX_BRANCHES = 8;

/** `FORK`: each branch goes on from here; what comes out has the columns of all. */
export function checkFork(
  context: Context,
  { branches }: Fork,
  run: (commands: readonly Command[]) => void,
): void {
  const { passed, scope } = context;
  const after = new Set(passed);
  const beyond = branches[MAX_BRANCHES];
  if (beyond !== undefined) context.findings.add("esql/too-many-branches", { limit: MAX_BRANCHES }, beyond);
  const tables = branches.slice(0, MAX_BRANCHES).map(({ commands }) => {
    context.scope = scope.copy();
    context.passed = [...passed];
    run(commands);
    for (const command of context.passed) after.add(command);
    return context.scope;
  });
  const [first, ...others] = tables;
  context.scope = first ?? scope;
  for (const other of others) context.scope.merge(other);
  context.scope.add(computed("_fork", "keyword"));
  context.passed = [...after];
}

export function checkFuse(context: Context, { group, keys, score }: Fuse): void {
  for (const column of [score, group, ...keys])
    if (column !== undefined) findReference(context, column, "value");
  if (score === undefined) context.scope.add(computed("_score", "double"));
}

/** A text that a command hands to a model. */
export function checkPrompt(context: Context, prompt: Expression): void {
  const { type } = typeOf(context, prompt);
  if (["keyword", "text"].includes(type) || isOpen(type)) return;
  context.findings.add("esql/input-type", { command: context.command, type: describeTypes([type]) }, prompt);
}
