import { nearest } from "../../../diagnostics/index.js";
import { oneOf, quoted } from "../../core/index.js";
import type { Column, ColumnReference } from "../ast.js";
import type { Context } from "./context.js";
import { checkReadable, conflict, indexField } from "./fields.js";
import { METADATA } from "./metadata.js";
import { type ColumnInfo, computed } from "./scope.js";

/**
 * How a column is named: for its `value`; to be `converted` to another type, which also works where indices disagree
 * about it; or by `name` only, as in `KEEP`, where the type does not matter; or to be
 * `dropped`, which does not read it.
 */
export type Use = "converted" | "dropped" | "name" | "value";

/** The column that a name stands for; one of unknown type where it is not there, which is reported. */
export function findColumn(context: Context, column: Column, use: Use): ColumnInfo {
  const info = look(context, column, use !== "dropped");
  if (use === "name" || use === "dropped") return info;
  checkReadable(context, info, column, use === "converted");
  const unreadable = info.type === "unsupported" || (info.field !== undefined && conflict(info.field));
  return unreadable ? { ...info, type: "unknown" } : info;
}

/** The same for what may also be a parameter, or not have been read. */
export function findReference(
  context: Context,
  reference: ColumnReference,
  use: Use,
): ColumnInfo | undefined {
  return reference.kind === "column" ? findColumn(context, reference, use) : undefined;
}

/** Columns that a help line names. */
const MOST_NAMED = 8;

function look(context: Context, column: Column, reads: boolean): ColumnInfo {
  const { fields, scope } = context;
  const { name } = column;
  const unknown = computed(name, "unknown");
  if (column.qualifier !== undefined) return unknown;
  const known = scope.columns.get(name);
  if (known !== undefined) {
    if (reads && known.field?.name === name) context.reads.add(name, column, fields);
    return known;
  }
  const admitted = scope.admits(name);
  if (admitted.joined) {
    // The field may have been overwritten by what was joined, so that its type is not known any more.
    if (reads && admitted.index && fields?.find(name) !== undefined) context.reads.add(name, column, fields);
    return unknown;
  }
  if (admitted.index && !METADATA.has(name)) return indexField(context, name, column, reads);
  if (context.mayGuess()) {
    context.findings.add("esql/unknown-column", { column: name }, column, { help: helpFor(context, name) });
    // Once is enough: from here on the column is there.
    scope.add(unknown);
  }
  return unknown;
}

function helpFor(context: Context, name: string): string {
  const { scope } = context;
  const lost = scope.lostIn(name);
  if (METADATA.has(name) && lost?.known !== true) return `write METADATA ${name} after the indices of FROM`;
  if (lost?.known !== true) {
    const near = nearest(name, scope.columns.keys(), 3).map(quoted);
    if (near.length > 0) return `did you mean ${oneOf(near)}?`;
  }
  switch (lost?.command) {
    case undefined: {
      const names = [...scope.columns.keys()].slice(0, MOST_NAMED).map(quoted);
      return names.length === 0 ? "there are no columns here" : `the columns here are ${oneOf(names)}`;
    }
    case "KEEP":
      return "KEEP leaves it out: add it there, or use it before";
    case "STATS":
      return `after STATS only its aggregates and groups are left: add it to BY, or keep it with VALUES(${name})`;
    case "RENAME":
      return "RENAME gave it another name: use that";
    default:
      return `${lost!.command} takes it away: use it before`;
  }
}
