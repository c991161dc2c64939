import type { Assignment, Stats } from "../ast.js";
import { checkConditionAge } from "./availability.js";
import type { Context } from "./context.js";
import { checkCondition, typeOf } from "./expressions.js";
import { checkGroupUse, type Group, Groups, hasAggregate } from "./groups.js";
import { columnName } from "./names.js";
import { type ColumnInfo, computed, type Scope } from "./scope.js";

/** `STATS a = AVG(b) WHERE c BY d`, and the same with `INLINE`. */
export function checkStats(context: Context, stats: Stats): void {
  const { scope } = context;
  const groups = stats.by.map((group) => readGroup(context, group));
  const aggregates = readAggregates(context, stats, groups);
  const columns = [...aggregates, ...groups.map((group) => group.column)];
  if (stats.inline) for (const column of columns) scope.add(column);
  else scope.keep("STATS", lastOfEachName(columns));
}

function readGroup(context: Context, group: Assignment): Group {
  const typed = context.within("groups", () => typeOf(context, group.value));
  const name = columnName(group);
  const isField = typed.column?.origin === "field" && group.value.kind === "column";
  const column: ColumnInfo = isField
    ? { ...typed.column, name }
    : { ...computed(name, typed.type), origin: typed.column?.origin ?? "computed" };
  return { column, value: group.value, named: group.target !== undefined };
}

function readAggregates(context: Context, stats: Stats, groups: readonly Group[]): ColumnInfo[] {
  const { scope } = context;
  // What BY names can be used in the aggregates.
  if (groups.some((group) => group.named)) context.scope = withGroups(scope, groups);
  const keys = new Groups(groups);
  const columns = stats.aggregates.map((aggregate) => {
    const { type } = context.within("aggregates", () => typeOf(context, aggregate.value));
    if (aggregate.where !== undefined) {
      const condition = aggregate.where;
      checkConditionAge(context, condition);
      context.within("condition", () => checkCondition(context, condition, "the condition after WHERE"));
      if (!hasAggregate(aggregate.value))
        context.findings.add("esql/condition-without-aggregate", {}, condition);
    }
    checkGroupUse(context, aggregate.value, keys);
    return computed(columnName(aggregate), type);
  });
  context.scope = scope;
  return columns;
}

function withGroups(scope: Scope, groups: readonly Group[]): Scope {
  const copy = scope.copy();
  for (const { column, named } of groups) if (named) copy.add(column);
  return copy;
}

/** Of columns of one name the last counts, and stands where it is. */
function lastOfEachName(columns: readonly ColumnInfo[]): ColumnInfo[] {
  const byName = new Map<string, ColumnInfo>();
  for (const column of columns) {
    byName.delete(column.name);
    byName.set(column.name, column);
  }
  return [...byName.values()];
}
