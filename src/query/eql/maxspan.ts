import type { Span } from "../core/index.js";
import type { Query } from "./ast.js";
import { MILLIS } from "./duration.js";

/** How long a sequence may take, and where that is written; undefined where nothing bounds it. */
export function maxspanSeconds({ statement }: Query): (Span & { readonly seconds: number }) | undefined {
  if (statement.kind !== "sequence" || statement.maxspan === undefined) return undefined;
  const { amount, unit, start, end } = statement.maxspan;
  return { seconds: (amount * MILLIS[unit]) / 1_000, start, end };
}
