import type { Call, Cast, Expression, Junction, List, Literal } from "../ast.js";
import { findFunction } from "../functions/index.js";
import { callType, checkPlace } from "./calls.js";
import { CAST_FUNCTIONS, castTypes } from "./casts.js";
import { findColumn, type Use } from "./columns.js";
import type { Context } from "./context.js";
import { checkFullText, isFullText } from "./fulltext.js";
import { arithmeticType, comparisonType, inType, likeType, matchType, type Typed } from "./operators.js";
import { resolve } from "./signatures.js";
import { commonType, describeTypes, type EsqlType, isOpen } from "./types.js";
import { operatorSignatures } from "../functions/index.js";

/** Chains such as `1 + 1 + 1 …` are deep on the left; further down nothing is checked. */
const MAX_DEPTH = 1000;

const NOTHING: Typed = { type: "unknown", constant: false };

/** Checks an expression and says what type it has. */
export function typeOf(context: Context, expression: Expression, use: Use = "value"): Typed {
  if (context.depth >= MAX_DEPTH) return NOTHING;
  context.depth++;
  const typed = typeOfNode(context, expression, use);
  context.depth--;
  return typed;
}

/** Checks a condition: it has to be a boolean. */
export function checkCondition(context: Context, condition: Expression, what: string): Typed {
  const typed = typeOf(context, condition);
  if (typed.type !== "boolean" && !isOpen(typed.type)) {
    context.findings.add("esql/not-boolean", { what, type: describeTypes([typed.type]) }, condition);
  }
  return { type: "boolean", constant: typed.constant };
}

function typeOfNode(context: Context, node: Expression, use: Use): Typed {
  switch (node.kind) {
    case "literal":
      return { type: literalType(node), constant: true };
    case "timespan":
      return { type: TIME_UNITS.has(node.unit) ? "time_duration" : "date_period", constant: true };
    case "list":
      return listType(context, node);
    case "map":
      return { type: "map", constant: true };
    case "column": {
      const column = findColumn(context, node, use);
      return { type: column.type, constant: column.constant, column };
    }
    case "and":
    case "or":
      return junctionType(context, node);
    case "not":
      return checkCondition(context, node.operand, "what NOT negates");
    case "comparison":
      return comparisonType(context, node, typeOf(context, node.left), typeOf(context, node.right));
    case "arithmetic":
      return arithmeticType(context, node, typeOf(context, node.left), typeOf(context, node.right));
    case "negation":
      return negationType(context, node.operand);
    case "like":
      return likeType(context, node, typeOf(context, node.operand));
    case "in": {
      const values = node.values.map((value) => typeOf(context, value));
      return inType(context, node, typeOf(context, node.operand), values);
    }
    case "in-subquery":
      for (const operand of node.operands) typeOf(context, operand);
      context.subquery(node.query);
      return { type: "boolean", constant: false };
    case "is-null":
      return { type: "boolean", constant: typeOf(context, node.operand).constant };
    case "match": {
      const typed = matchType(context, node, typeOf(context, node.operand), typeOf(context, node.query));
      checkFullText(context, ":", node, [node.operand, node.query]);
      return typed;
    }
    case "cast":
      return castType(context, node);
    case "call":
      return typeOfCall(context, node);
    default:
      return { type: "unknown", constant: node.kind === "parameter" };
  }
}

/** The other units of time are of the calendar. */
const TIME_UNITS: ReadonlySet<string> = new Set([
  "ms", "millisecond", "milliseconds", "s", "sec", "second", "seconds",
  "m", "min", "minute", "minutes", "h", "hour", "hours",
]); // prettier-ignore

/** A number with a minus before it is read without it first. */
function literalType(node: Literal): EsqlType {
  if (node.type !== "unsigned_long" || node.value >= 0n) return node.type;
  return node.value >= LEAST_LONG ? "long" : "double";
}

const LEAST_LONG = -9_223_372_036_854_775_808n;

function listType(context: Context, node: List): Typed {
  let type: EsqlType = "null";
  for (const value of node.values) {
    const next = typeOf(context, value).type;
    const wholes = [type, next].every((each) => ["integer", "long", "unsigned_long"].includes(each));
    // The only place where they mix: all are constants.
    type = commonType(type, next) ?? (wholes ? "unsigned_long" : "unknown");
  }
  return { type, constant: true };
}

function junctionType(context: Context, node: Junction): Typed {
  let constant = true;
  for (const operand of node.operands) {
    const typed = checkCondition(context, operand, `an operand of ${node.kind.toUpperCase()}`);
    constant = constant && typed.constant;
  }
  return { type: "boolean", constant };
}

function negationType(context: Context, operand: Expression): Typed {
  const { type, constant } = typeOf(context, operand);
  const result = resolve(operatorSignatures("neg"), [type]);
  if ("type" in result) return { type: result.type, constant };
  context.findings.add("esql/negated-type", { type: describeTypes([type]) }, operand);
  return { type: "unknown", constant };
}

function castType(context: Context, node: Cast): Typed {
  const operand = typeOf(context, node.operand, "converted");
  const target = castTypes.get(node.type.toLowerCase());
  if (target === undefined) {
    const help = `types are ${[...castTypes.keys()].slice(0, 20).join(", ")}`;
    context.findings.add("esql/unknown-type", { type: node.type }, node.typeSpan, { help });
    return { type: "unknown", constant: operand.constant };
  }
  const convert = CAST_FUNCTIONS.get(target);
  const facts = convert === undefined ? undefined : findFunction(convert);
  if (facts !== undefined && operand.type !== target) {
    const result = resolve(facts.signatures, [operand.type]);
    if ("misfit" in result)
      context.findings.add("esql/bad-cast", { from: describeTypes([operand.type]), to: node.type }, node);
  }
  return { type: target, constant: operand.constant };
}

function typeOfCall(context: Context, node: Call): Typed {
  const facts = findFunction(node.name);
  const kind = facts?.kind;
  if (facts !== undefined) checkPlace(context, node, facts);
  const aggregates = kind === "aggregate" || kind === "timeSeries";
  // What SPARKLINE draws is an aggregate.
  const place =
    facts?.name === "sparkline"
      ? context.place
      : aggregates
        ? "aggregate"
        : kind === "grouping"
          ? "group"
          : context.place;
  const scored = context.scored;
  if (facts?.name === "score") context.scored = true;
  const use: Use = facts?.name.startsWith("to_") === true ? "converted" : "value";
  const args = context.within(place, () =>
    node.args.map((arg, index) => typeOf(context, arg, index === 0 ? use : "value")),
  );
  context.scored = scored;
  if (facts !== undefined && isFullText(facts.name)) checkFullText(context, facts.name, node, node.args);
  return callType(context, node, facts, args);
}
