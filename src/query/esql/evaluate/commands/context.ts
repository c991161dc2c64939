import type { Command, Expression, Pipeline } from "../../ast.js";
import { compile, type Environment, type Expr } from "../expressions/index.js";
import type { Indices, Table } from "../table/index.js";

/** A policy of `ENRICH` with its data. */
export interface EnrichPolicy {
  /** `match` where it is left out: values are equal; `range`: the field holds blocks of addresses. */
  readonly type?: "match" | "range";
  readonly matchField: string;
  /** The fields that it adds, in their order. */
  readonly enrichFields: readonly string[];
  /** The name of the index that holds its data. */
  readonly index: string;
}

/** What running a pipeline needs beside its rows. */
export interface Context {
  readonly environment: Environment;
  readonly indices: Indices;
  readonly policies: ReadonlyMap<string, EnrichPolicy>;
  /** Runs a pipeline in brackets. */
  readonly pipeline: (pipeline: Pipeline) => Table;
  /** Runs commands one after the other. */
  readonly commands: (commands: readonly Command[], table: Table) => Table;
}

/** Compiles an expression over the columns of a table. */
export function expressionOf(node: Expression, { attributes }: Table, { environment }: Context): Expr {
  return compile(node, { attributes, environment });
}
