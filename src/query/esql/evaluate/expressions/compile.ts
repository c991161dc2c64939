import type { Call, Cast, Expression, InSubquery, Junction, List, Literal, Match } from "../../ast.js";
import { CAST_FUNCTIONS, castTypes } from "../../check/casts.js";
import { commonType } from "../../check/types.js";
import { callFunction, IMPLICIT_TIME } from "../functions/index.js";
import { NotRun } from "../not-run.js";
import { type Attribute, indexOf } from "../table/index.js";
import { type Cell, cellOf, timespan, type Value, whole } from "../values/index.js";
import { arithmeticExpr, negationExpr } from "./arithmetic.js";
import { comparisonExpr } from "./comparison.js";
import type { Environment } from "./environment.js";
import { constantExpr, type Expr, folded } from "./expression.js";
import { convertConstant, widened } from "./implicit.js";
import { junctionExpr, notExpr } from "./logic.js";
import { membershipExpr } from "./membership.js";
import { likeExpr } from "./text-patterns.js";

/** Where an expression stands. */
export interface Scope {
  readonly attributes: readonly Attribute[];
  readonly environment: Environment;
  /** Parts that are columns already: what `STATS` aggregated, and what it grouped by. */
  readonly columnOf?: (node: Expression) => number | undefined;
}

/** Deeper expressions are not run. */
const MAX_DEPTH = 1000;

/** Compiles an expression that the checks accept. Throws `NotRun` where a part of it does not run on events. */
export function compile(node: Expression, scope: Scope, depth = 0): Expr {
  if (depth > MAX_DEPTH) throw new NotRun("the expression", node, "it is nested too deep");
  const known = scope.columnOf?.(node);
  if (known !== undefined) return columnExpr(scope.attributes, known);
  const below = (part: Expression): Expr => compile(part, scope, depth + 1);
  const { environment } = scope;
  switch (node.kind) {
    case "literal":
      return literalExpr(node);
    case "timespan": {
      const span = timespan(node.amount, node.unit)!;
      return constantExpr(span.millis === 0 && !isTime(node.unit) ? "date_period" : "time_duration", span);
    }
    case "list":
      return listExpr(node, below);
    case "column":
      return columnExpr(scope.attributes, indexOf(scope.attributes, node.name));
    case "and":
    case "or":
      return junctionOf(node, below);
    case "not":
      return notExpr(below(node.operand), environment.warnings.of(node));
    case "comparison": {
      const [left, right] = besideEachOther(node.left, below(node.left), node.right, below(node.right));
      return comparisonExpr(node, left, right, environment.warnings.of(node));
    }
    case "arithmetic":
      return arithmeticExpr(node, below(node.left), below(node.right), environment.warnings.of(node));
    case "negation":
      return negationExpr(below(node.operand), environment.warnings.of(node));
    case "like":
      return likeExpr(node, below(node.operand), environment.warnings.of(node));
    case "in": {
      const operand = below(node.operand);
      const values = node.values.map((value) => besideEachOther(node.operand, operand, value, below(value)));
      const first = values[0]?.[0] ?? operand;
      return membershipExpr(
        node,
        first,
        values.map(([, value]) => value),
        environment.warnings.of(node),
      );
    }
    case "in-subquery":
      return inSubquery(node, scope, below);
    case "is-null": {
      const operand = below(node.operand);
      const { negated } = node;
      const run: Expr["run"] = (page) => operand.run(page).map((cell) => (cell === null) !== negated);
      return folded({ type: "boolean", run }, [operand]);
    }
    case "match":
      return matchExpr(node, scope, below);
    case "cast":
      return castExpr(node, scope, below);
    case "call":
      return callFunction(node, argumentsOf(node, scope, below), environment);
    default:
      throw new NotRun(WHAT[node.kind] ?? "the expression", node);
  }
}

const WHAT: Readonly<Record<string, string>> = {
  parameter: "a parameter",
  "parameter-column": "a parameter",
};

/** `1 day` is of the calendar, `1 hour` is not. */
function isTime(unit: string): boolean {
  return timespan(1, unit)!.millis !== 0;
}

/** A column of the table, with the place that it has there. */
export function columnExpr(attributes: readonly Attribute[], at: number): Expr {
  const attribute = attributes[at];
  if (attribute === undefined) return constantExpr("null", null);
  return {
    type: attribute.type,
    attribute,
    run: (page) => page.columns[at]!.cells,
  };
}

/** A number with a minus before it is read without it first, so that an `unsigned_long` may be negative. */
export function literalExpr(node: Literal): Expr {
  if (typeof node.value !== "bigint") return constantExpr(node.type, node.value);
  if (node.type === "unsigned_long" && node.value < 0n)
    return node.value >= -(2n ** 63n)
      ? constantExpr("long", whole(node.value))
      : constantExpr("double", Number(node.value));
  return constantExpr(node.type, whole(node.value));
}

function listExpr({ values }: List, below: (part: Expression) => Expr): Expr {
  const items = values.map(below);
  const wholes = items.every(({ type }) => ["integer", "long", "unsigned_long"].includes(type));
  const type = items.reduce(
    (common, item) => commonType(common, item.type) ?? (wholes ? "unsigned_long" : "keyword"),
    "null",
  );
  const cell: Cell = cellOf(
    items.map((item) => widened(item, type).constant!()).filter((each): each is Value => each !== null),
  );
  return constantExpr(type, cell);
}

function junctionOf(node: Junction, below: (part: Expression) => Expr): Expr {
  return junctionExpr(node.kind, node.operands.map(below));
}

/** Texts in the query become values of the other operand's type. */
function besideEachOther(leftNode: Expression, left: Expr, rightNode: Expression, right: Expr): [Expr, Expr] {
  return [convertConstant(leftNode, left, right.type), convertConstant(rightNode, right, left.type)];
}

/** `a IN (FROM …)`: among the values of the one column that comes out. */
function inSubquery(node: InSubquery, { environment }: Scope, below: (part: Expression) => Expr): Expr {
  const table = environment.subquery?.(node.query);
  const [operand] = node.operands;
  if (table === undefined || node.operands.length > 1 || table.attributes.length !== 1)
    throw new NotRun("IN (FROM …) with several columns", node);
  const { type } = table.attributes[0]!;
  const values = [...table.pages]
    .flatMap(({ columns }) => columns[0]!.cells)
    .map((cell) => constantExpr(type, cell));
  return membershipExpr(node, below(operand!), values, environment.warnings.of(node));
}

/** Without the options; `@timestamp` comes last where it is an argument that is not written. */
function argumentsOf({ args, name }: Call, { attributes }: Scope, below: (part: Expression) => Expr): Expr[] {
  const written = args.filter(({ kind }) => kind !== "map").map(below);
  if (!IMPLICIT_TIME.has(name.toLowerCase())) return written;
  return [...written, columnExpr(attributes, indexOf(attributes, "@timestamp"))];
}

/** `field : "text"` is `MATCH(field, "text")`. */
function matchExpr(node: Match, { environment }: Scope, below: (part: Expression) => Expr): Expr {
  const call: Call = {
    ...node,
    kind: "call",
    name: "match",
    nameSpan: node,
    star: false,
    args: [node.operand, node.query],
  };
  return callFunction(call, call.args.map(below), environment);
}

/** `a::type` is the function that converts to the type. */
function castExpr(node: Cast, { environment }: Scope, below: (part: Expression) => Expr): Expr {
  const operand = below(node.operand);
  const target = castTypes.get(node.type.toLowerCase())!;
  if (operand.type === target && operand.attribute?.variants === undefined) return operand;
  const name = CAST_FUNCTIONS.get(target);
  if (name === undefined) throw new NotRun(`::${node.type}`, node);
  const call: Call = {
    ...node,
    kind: "call",
    name,
    nameSpan: node.typeSpan,
    star: false,
    args: [node.operand],
  };
  return callFunction(call, [operand], environment);
}
