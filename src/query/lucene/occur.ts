import type { Clause, Occur } from "./ast.js";

/** What the conditions beside each other are joined with where nothing is written. */
export type DefaultOperator = "AND" | "OR";

/**
 * How the clauses of one level count, as Lucene's classic parser derives it. It has no precedence: AND makes the
 * clauses on both of its sides required, and nothing takes that back. With the default operator AND every clause is
 * required that OR does not stand beside. A clause that is not `present` (analysis left nothing of it) has no place,
 * but its operator still marks the one before.
 */
export function occursOf(
  clauses: readonly Pick<Clause, "conjunction" | "modifier">[],
  defaultOperator: DefaultOperator,
  present: (index: number) => boolean = () => true,
): Occur[] {
  const occurs: Occur[] = [];
  for (const [index, { conjunction, modifier }] of clauses.entries()) {
    const last = occurs.length - 1;
    if (last >= 0 && occurs[last] !== "must_not") {
      if (conjunction === "and") occurs[last] = "must";
      else if (conjunction === "or" && defaultOperator === "AND") occurs[last] = "should";
    }
    if (!present(index)) continue;
    const required =
      defaultOperator === "OR" ? modifier === "+" || conjunction === "and" : conjunction !== "or";
    occurs.push(modifier === "-" || modifier === "NOT" ? "must_not" : required ? "must" : "should");
  }
  return occurs;
}
