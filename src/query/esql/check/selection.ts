import type { ColumnPattern, ColumnSelector, Rename, Selection } from "../ast.js";
import { compileWildcard } from "../../match/wildcard.js";
import { findColumn } from "./columns.js";
import type { Context } from "./context.js";
import { type ColumnInfo, computed } from "./scope.js";

/** `KEEP`: of several selectors that fit a column, the most exact decides where it stands, else the last. */
export function checkKeep(context: Context, { columns }: Selection): void {
  const { scope } = context;
  const kept = new Map<string, { readonly column: ColumnInfo; readonly rank: number }>();
  const put = (column: ColumnInfo, rank: number): void => {
    if ((kept.get(column.name)?.rank ?? rank) < rank) return;
    kept.delete(column.name);
    kept.set(column.name, { column, rank });
  };
  const patterns = columns.filter(isPattern);
  if (!context.mayCompare(patterns.length * scope.columns.size)) return;
  for (const selector of columns) {
    if (selector.kind === "column") put(findColumn(context, selector, "name"), 1);
    else if (isPattern(selector)) {
      const rank = selector.pieces.length === 1 ? 3 : 2;
      for (const column of matching(context, selector)) put(column, rank);
    }
  }
  // What a parameter names is not known.
  if (columns.some((selector) => selector.kind !== "column" && !isPattern(selector))) return;
  scope.keep(
    "KEEP",
    [...kept.values()].map(({ column }) => column),
    { patterns },
  );
}

export function checkDrop(context: Context, { columns }: Selection): void {
  const names = new Set<string>();
  const patterns = columns.filter(isPattern);
  for (const selector of columns) {
    if (selector.kind === "column") {
      findColumn(context, selector, "dropped");
      names.add(selector.name);
    }
  }
  if (!context.mayCompare(patterns.length * context.scope.columns.size)) return;
  for (const pattern of patterns) matching(context, pattern);
  context.scope.drop("DROP", names, patterns);
}

/**
 * `RENAME`: a column needs a type to be renamed, and its name has no wildcards. From left to right, each renaming sees what those before
 * it made.
 */
export function checkRename(context: Context, { renamings }: Rename): void {
  // Current name → name before the command, or undefined where the name is free now.
  const current = new Map<string, string | undefined>();
  const columns = new Map<string, ColumnInfo>();
  const missing: ColumnInfo[] = [];
  for (const { from, to } of renamings) {
    for (const side of [from, to])
      if (isPattern(side)) context.findings.add("esql/wildcard-in-rename", {}, side);
    if (from.kind !== "column" || to.kind !== "column") continue;
    let original = current.get(from.name);
    if (!current.has(from.name)) {
      original = from.name;
      const column = findColumn(context, from, "value");
      // What cannot be read was reported, and is not again under its new name.
      const isUnreadable = column.type === "unknown" && column.field !== undefined;
      columns.set(original, isUnreadable ? computed(from.name, "unknown") : column);
    } else if (original === undefined) {
      const help = "an earlier part of this RENAME gave it another name";
      context.findings.add("esql/unknown-column", { column: from.name }, from, {
        help,
      });
      missing.push(computed(to.name, "unknown"));
      continue;
    }
    current.set(from.name, undefined);
    current.set(to.name, original);
  }
  const moved = new Map<string, ColumnInfo>();
  const gone = new Set<string>();
  for (const [name, original] of current) {
    if (original !== undefined) moved.set(original, { ...columns.get(original)!, name });
    if (original !== name) gone.add(name);
  }
  context.scope.rename(moved, gone);
  for (const column of missing) context.scope.add(column);
}

function isPattern(selector: ColumnSelector): selector is ColumnPattern {
  return selector.kind === "pattern";
}

/** The known columns that fit; that nothing can fit is reported. */
function matching(context: Context, pattern: ColumnPattern): ColumnInfo[] {
  const { fields, findings, scope } = context;
  const found = scope.matching(pattern);
  const isAll = pattern.pieces.length === 1;
  if (found.length > 0 || isAll) return found;
  const hasField = (): boolean => {
    if (fields === undefined || !fields.closed || scope.joined) return true;
    const matches = compileWildcard(pattern.pieces);
    return (
      !context.mayGuess() || [...fields.names()].some((name) => matches(name) && scope.admits(name).index)
    );
  };
  if (scope.open && hasField()) return found;
  const shown = pattern.pieces.map((piece) => (typeof piece === "string" ? piece : "*")).join("");
  findings.add("esql/no-match", { pattern: shown }, pattern);
  return found;
}
