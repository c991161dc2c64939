import type { Call, Expression, MapLiteral } from "../../ast.js";
import { argumentTarget } from "../../check/literals.js";
import { resolve, typesAt } from "../../check/signatures.js";
import { plain } from "../../check/types.js";
import { findFunction, type FunctionFacts } from "../../functions/index.js";
import type { Environment } from "../expressions/environment.js";
import { constantExpr, type Expr, folded } from "../expressions/expression.js";
import { readAs } from "../expressions/implicit.js";
import { NotRun } from "../not-run.js";
import { Failure } from "../values/index.js";
import { CONDITIONAL } from "./conditional.js";
import { CONVERT } from "./convert.js";
import { DATE } from "./date.js";
import type { Functions, Implementation, Site } from "./define.js";
import { ENCODE } from "./encode.js";
import { GEO } from "./geo.js";
import { IP } from "./ip.js";
import { JSON_FUNCTIONS } from "./json.js";
import { MATH } from "./math.js";
import { MULTIVALUE } from "./multivalue.js";
import { RANGE } from "./range.js";
import { SEARCH } from "./search.js";
import { TEXT } from "./text.js";

/** Every function of rows that runs, by its main name. */
const FUNCTIONS: Functions = {
  ...CONVERT, ...DATE, ...ENCODE, ...GEO, ...IP, ...JSON_FUNCTIONS, ...MATH, ...MULTIVALUE, ...RANGE, ...SEARCH, ...TEXT,
}; // prettier-ignore

/** Functions that say something about null. Others are null where an argument is the literal null. */
const OF_NULL: ReadonlySet<string> = new Set(["mv_contains", "mv_intersects", "mv_union", "mv_difference"]);

/** The names of the functions that run, for the documentation and its test. */
export function runnableFunctions(): string[] {
  return [...Object.keys(FUNCTIONS), ...Object.keys(CONDITIONAL)];
}

/** Compiles a call of a function of rows. `args` are its arguments without a map of options. */
export function callFunction(node: Call, args: readonly Expr[], environment: Environment): Expr {
  const facts = findFunction(node.name);
  if (facts === undefined) throw new NotRun(`${node.name.toUpperCase()}()`, node);
  const { name } = facts;
  const conditional = CONDITIONAL[name];
  if (conditional !== undefined) return conditional(node, args, environment);
  const implementation = FUNCTIONS[name];
  if (implementation === undefined) throw new NotRun(`${name.toUpperCase()}()`, node);
  const read = args.map((arg, index) => argument(facts, node.args[index]!, arg, index));
  const type = resultType(facts, read, node);
  if (read.some((arg) => arg.type === "null") && !OF_NULL.has(name)) return constantExpr(type, null);
  const site: Site = {
    node,
    args: read,
    options: optionsOf(node),
    type,
    environment,
    warn: environment.warnings.of(node),
  };
  return folded(
    { type, run: compiled(implementation, site) },
    isConstant(name) ? read : [...read, ROW_BY_ROW],
  );
}

/** What a constant argument makes impossible is known before there are rows. */
function compiled(implementation: Implementation, site: Site): ReturnType<Implementation> {
  try {
    return implementation(site);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new NotRun(`${site.node.name.toUpperCase()}()`, site.node, error.message);
  }
}

/** Full-text functions ask each document, though all that is written is constant. */
const isConstant = (name: string): boolean => !Object.hasOwn(SEARCH, name);

const ROW_BY_ROW: Expr = { type: "null", run: () => [] };

/** A text of the query is read as what the parameter takes. */
function argument({ kind, signatures }: FunctionFacts, node: Expression, expr: Expr, index: number): Expr {
  if (kind !== "scalar" && kind !== "grouping") return expr;
  const target = argumentTarget(typesAt(signatures, index));
  return target === undefined ? expr : readAs(node, expr, target);
}

function resultType({ name, signatures }: FunctionFacts, args: readonly Expr[], node: Call): string {
  if (IMPLICIT_TIME.has(name)) return name === "trange" ? "boolean" : args[args.length - 1]!.type;
  const types = args.map(({ type }) => type);
  const hasOptions = node.args.some(({ kind }) => kind === "map");
  const all = hasOptions && signatures.some(({ parameters }) => parameters.some((each) => each.types.has("function_named_parameters"))) ? [...types, "map"] : types; // prettier-ignore
  const result = resolve(signatures, all);
  const type = "type" in result ? result.type : "unknown";
  if (name === "to_text") return "text";
  return plain(
    type === "unknown" || type === "null" ? (types.find((each) => each !== "null") ?? "null") : type,
  );
}

/** Functions of `@timestamp`, which is not written. The compiler gives it as the last argument. */
export const IMPLICIT_TIME: ReadonlySet<string> = new Set(["tbucket", "trange"]);

function optionsOf({ args }: Call): ReadonlyMap<string, unknown> {
  const map = args.find((arg): arg is MapLiteral => arg.kind === "map");
  return new Map(
    map?.entries.map(({ key, value }) => [
      key.toLowerCase(),
      value.kind === "literal" ? value.value : undefined,
    ]),
  );
}
