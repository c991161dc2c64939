import { isObject } from "../../../fields/index.js";
import type { From, Row, Source } from "../ast.js";
import { checkCommandAge } from "./availability.js";
import type { Context } from "./context.js";
import { typeOf } from "./expressions.js";
import { fieldColumn } from "./fields.js";
import { checkIndexNames } from "./index-names.js";
import { addMetadata } from "./metadata.js";
import { columnName } from "./names.js";
import { type ColumnInfo, computed } from "./scope.js";
import { checkColumnType } from "./values.js";

/** Reads the source of a pipeline into the empty table of the context. */
export function checkSource(context: Context, source: Source): void {
  context.command = source.kind.toUpperCase();
  switch (source.kind) {
    case "from":
    case "ts":
      readFrom(context, source);
      return;
    case "row":
      readRow(context, source);
      return;
    case "show":
      for (const name of ["version", "date", "hash"]) context.scope.add(computed(name, "keyword"));
      return;
    case "explain":
      context.subquery(source.query);
      context.scope.openTo("joined");
      return;
    default:
      context.scope.openTo("joined");
  }
}

function readFrom(context: Context, source: From): void {
  const { scope } = context;
  context.timeSeries = source.kind === "ts";
  checkCommandAge(context, source, source.kind);
  const open = source.targets.some((target) => target.kind !== "subquery");
  for (const target of source.targets) {
    if (target.kind === "index") checkIndexNames(context, target);
    else if (target.kind === "subquery") scope.merge(context.subquery(target));
  }
  if (open) {
    if (context.listed) for (const column of listed(context)) scope.add(column);
    else scope.openTo("index");
  }
  addMetadata(context, source);
}

/** Every field of the index that is a column, in Elasticsearch's order. */
function listed({ fields }: Context): ColumnInfo[] {
  const columns: ColumnInfo[] = [];
  for (const name of [...fields!.names()].sort()) {
    const field = fields!.find(name);
    if (field !== undefined && !isObject(field.type) && field.nestedIn === undefined)
      columns.push(fieldColumn(field));
  }
  return columns;
}

function readRow(context: Context, { columns }: Row): void {
  const read = columns.map((column) => {
    const { constant, type } = typeOf(context, column.value);
    checkColumnType(context, type, column);
    return computed(columnName(column), type, constant);
  });
  for (const column of read) context.scope.add(column);
}
