import type { Fields } from "../../../../fields/index.js";
import type { Pipeline } from "../../ast.js";
import type { Table } from "../table/index.js";
import type { Warnings } from "../warnings.js";

/** What the parts of one query share while they are compiled and run. */
export interface Environment {
  /** The query as it is written. */
  readonly text: string;
  /** What `NOW()` is, in milliseconds since 1970. */
  readonly now: number;
  readonly warnings: Warnings;
  /** The fields of the indices that the source reads, for KQL and Lucene queries. */
  fields: Fields | undefined;
  /** The answers that `COMPLETION` gives, by prompt. */
  readonly completions: ReadonlyMap<string, string>;
  /** Runs a pipeline in brackets. */
  subquery: ((pipeline: Pipeline) => Table) | undefined;
  /** A random number from 0 to 1, the same ones in each run. */
  readonly random: () => number;
}
