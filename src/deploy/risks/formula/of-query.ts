import { type Language, parseQuery, printQuery, type Query } from "../../../query/index.js";
import { eqlShape } from "./eql.js";
import { esqlShape } from "./esql.js";
import type { Formula } from "./formula.js";
import { kqlFormula } from "./kql.js";
import { luceneFormula } from "./lucene.js";

/** What a query asks for: in a sequence, of each of its events. */
export interface Shape {
  readonly steps: readonly Formula[];
  /** Everything else in the query. Only with the same frame do the steps tell which of two queries finds more. */
  readonly frame: string;
  /** Whether an event less for a step can only mean fewer results, which it cannot where results are counted or cut off. */
  readonly monotone: boolean;
}

/** The conditions of a query, in one form whatever its layout; undefined where it cannot be read. */
export function shapeOf(language: Language, text: string): Shape | undefined {
  const written = parseQuery(language, text);
  if (isBroken(written)) return undefined;
  const query = parseQuery(language, printQuery(written));
  return isBroken(query) ? undefined : shape(query);
}

function shape(query: Query): Shape {
  const whole = (formula: Formula): Shape => ({ steps: [formula], frame: "", monotone: true });
  switch (query.language) {
    case "kuery":
      return whole(kqlFormula(query.ast, query.text));
    case "lucene":
      return whole(luceneFormula(query.ast, query.text));
    case "eql":
      return eqlShape(query.ast, query.text);
    case "esql":
      return esqlShape(query.ast, query.text);
  }
}

function isBroken({ diagnostics }: Query): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
