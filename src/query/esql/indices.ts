import type { Pipeline, Query } from "./ast.js";

/**
 * The index patterns that a query reads, those of its subqueries too; undefined where it reads none by name (`ROW`) or
 * something in it could not be read. Selectors (`::failures`) are left out, clusters (`cluster:logs-*`) stay.
 */
export function indicesOf(query: Query): readonly string[] | undefined {
  const patterns: string[] = [];
  const open: Pipeline[] = [query];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { source } = next;
    if (source.kind === "explain") open.push(source.query);
    else if (source.kind !== "from" && source.kind !== "ts") return undefined;
    else {
      for (const target of source.targets) {
        if (target.kind === "error") return undefined;
        if (target.kind === "subquery") open.push(target);
        else patterns.push(...target.text.split(",").map((pattern) => pattern.trim().split("::")[0]!));
      }
    }
  }
  return patterns.length === 0 ? undefined : patterns;
}
