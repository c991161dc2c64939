import type { lucene } from "../../../query/index.js";
import { all, any, atom, type Formula, not } from "./formula.js";

/** The conditions of a Lucene query. Clauses that may match or not ask for nothing where another has to match. */
export function luceneFormula({ clauses }: lucene.Query, text: string): Formula {
  const written = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
  const ofClauses = (list: readonly lucene.Clause[], field: string): Formula => {
    const of = (occur: lucene.Occur): Formula[] =>
      list.filter((clause) => clause.occur === occur).map(({ node }) => ofNode(node, field));
    const must = of("must");
    const should = of("should");
    return all([
      ...must,
      ...(must.length === 0 && should.length > 0 ? [any(should)] : []),
      ...of("must_not").map(not),
    ]);
  };
  const ofNode = (node: lucene.Node, field: string): Formula => {
    if (node.kind === "error") return atom(written(node));
    const own = node.field === undefined ? field : `${node.field.name}:`;
    if (node.kind === "group") return ofClauses(node.clauses, own);
    // What is written of a leaf begins with its own field.
    return atom(node.field === undefined ? `${field}${written(node)}` : written(node));
  };
  return ofClauses(clauses, "");
}
