import type { Call } from "../../ast.js";
import { resolve } from "../../check/signatures.js";
import { plain } from "../../check/types.js";
import { findFunction } from "../../functions/index.js";
import type { Environment } from "../expressions/environment.js";
import type { Expr } from "../expressions/expression.js";
import { NotRun } from "../not-run.js";
import type { Aggregates, Aggregator } from "./aggregator.js";
import { COUNTS } from "./counts.js";
import { NUMBERS } from "./numbers.js";
import { ORDERED } from "./order.js";

export type { Aggregator } from "./aggregator.js";
export { combinations, Groups, type Membership } from "./groups.js";

/** Every aggregate function that runs, by its main name. */
const AGGREGATES: Aggregates = { ...COUNTS, ...NUMBERS, ...ORDERED };

/** The names of the functions that run, for the documentation and its test. */
export function runnableAggregates(): string[] {
  return Object.keys(AGGREGATES);
}

/** Functions of `@timestamp`, which is not written. The compiler gives it as the last argument. */
export const TIMED: ReadonlySet<string> = new Set(["earliest", "latest"]);

/** A compiled aggregate: its type, and what calculates it, anew for each run. */
export interface CompiledAggregate {
  readonly type: string;
  readonly args: readonly Expr[];
  create(): Aggregator;
}

export function isAggregate(node: Call): boolean {
  const kind = findFunction(node.name)?.kind;
  return kind === "aggregate" || kind === "timeSeries";
}

export function compileAggregate(
  node: Call,
  args: readonly Expr[],
  environment: Environment,
): CompiledAggregate {
  const facts = findFunction(node.name)!;
  const make = AGGREGATES[facts.name];
  if (make === undefined) throw new NotRun(`${facts.name.toUpperCase()}()`, node);
  const types = args.map((arg) => arg.type);
  const result =
    node.star || args.length === 0
      ? undefined
      : resolve(facts.signatures, TIMED.has(facts.name) ? types.slice(0, 1) : types);
  let type = result === undefined ? "long" : "type" in result ? result.type : "unknown";
  if (type === "unknown") type = types[0]!;
  const site = {
    node,
    args,
    type: plain(type),
    environment,
    warn: environment.warnings.of(node),
  };
  return { type: site.type, args, create: () => make(site) };
}
