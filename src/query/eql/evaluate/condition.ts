import { anyValue, type Event, every, fold, type ScalarTest, some, textOf } from "../../match/index.js";
import type { Span } from "../../core/index.js";
import type { Call, Comparison, Expression, Field, In, Junction, PatternMatch } from "../ast.js";
import { inBlocks } from "./address.js";
import { compareTo } from "./comparison.js";
import type { Context } from "./context.js";
import { readsFields } from "./infer.js";
import { memberOf } from "./membership.js";
import { compilePatterns, compileUnescaped, type TextTest } from "./pattern.js";
import { compileScript, constantOf, isMapped, literalRight } from "./script.js";

export type EventTest = (event: Event) => boolean;

/**
 * A condition in the two ways it can be asked. Elasticsearch runs `field operator literal` as a search, which a missing
 * field fails, so that `not` of it holds; everything else is a script, in which a missing field makes null, and neither
 * the script nor its `not` holds. Junctions are two-valued: what is null in them is false.
 */
export interface Condition extends Span {
  readonly kind: "and" | "or" | "not" | "leaf";
  /** Whether an event matches it. */
  readonly holds: EventTest;
  /** Whether an event matches `not` of it. */
  readonly denied: EventTest;
  readonly parts: readonly Condition[];
}

export function compileCondition(expression: Expression, context: Context): Condition {
  switch (expression.kind) {
    case "and":
    case "or":
      return junction(expression, context);
    case "not":
      return negation(compileCondition(expression.operand, context), expression);
    case "comparison":
      return comparison(expression, context);
    case "match":
      return match(expression, context);
    case "in":
      return membership(expression, context);
    case "call":
      return call(expression, context);
    case "field":
      return comparison(isTrue(expression), context);
    default:
      return script(expression, context);
  }
}

/** A field that stands alone is a boolean. */
function isTrue(field: Field): Comparison {
  const { start, end } = field;
  const right = { kind: "literal", value: true, start, end } as const;
  return { kind: "comparison", operator: "==", left: field, right, start, end };
}

function junction(expression: Junction, context: Context): Condition {
  const { kind, operands, start, end } = expression;
  const parts = operands.map((operand) => compileCondition(operand, context));
  // Worked out before the query runs, so that null stays null.
  if (constantOf(expression, context) !== undefined) return { ...script(expression, context), kind, parts };
  const tests = parts.map((part) => part.holds);
  return twoValued(kind === "and" ? every(tests) : some(tests), { start, end }, kind, parts);
}

function negation(part: Condition, { start, end }: Span): Condition {
  return { kind: "not", holds: part.denied, denied: part.holds, parts: [part], start, end };
}

function twoValued(
  holds: EventTest,
  { start, end }: Span,
  kind: Condition["kind"] = "leaf",
  parts: readonly Condition[] = [],
): Condition {
  return { kind, holds, denied: (event) => !holds(event), parts, start, end };
}

function script(expression: Expression, context: Context): Condition {
  const { start, end } = expression;
  const { is } = compileScript(expression, context);
  return {
    kind: "leaf",
    holds: (event) => is(event, true),
    denied: (event) => is(event, false),
    parts: [],
    start,
    end,
  };
}

/** Whether a search can ask for it. */
function isSearchable(expression: Expression | undefined, context: Context): expression is Field {
  return expression?.kind === "field" && isMapped(expression, context);
}

/** Any value of the field. */
function search({ name }: Field, test: ScalarTest, span: Span, { schema }: Context): Condition {
  return twoValued(anyValue(schema.read(name), test), span);
}

function comparison(written: Comparison, context: Context): Condition {
  const { operator, left, right, start, end } = literalRight(written, context);
  const span = { start, end };
  const constant = constantOf(right, context);
  const isEquality = operator === "==" || operator === "!=";
  if (constant === undefined || (constant === null && !isEquality)) return script(written, context);
  if (typeof constant === "boolean" && isEquality && isBoolean(left))
    return relabelled(compileCondition(left, context), constant === (operator === "=="), span);
  if (!isSearchable(left, context)) return script(written, context);
  if (constant === null) {
    const exists = search(left, () => true, span, context);
    return operator === "==" ? denial(exists) : exists;
  }
  const { schema, now } = context;
  const type = schema.typeOf(left.name);
  if (operator === "!=") return denial(search(left, compareTo("==", constant, type, now), span, context));
  return search(left, compareTo(operator, constant, type, now), span, context);
}

/** Elasticsearch takes `condition == true` for the condition and `condition == false` for `not` of it. */
function isBoolean(expression: Expression): boolean {
  return expression.kind !== "field" && readsFields(expression);
}

function relabelled(inner: Condition, positive: boolean, span: Span): Condition {
  return {
    ...inner,
    ...(positive ? {} : { holds: inner.denied, denied: inner.holds }),
    kind: "leaf",
    parts: [],
    ...span,
  };
}

function denial({ holds, denied, start, end }: Condition): Condition {
  return { kind: "leaf", holds: denied, denied: holds, parts: [], start, end };
}

function match(expression: PatternMatch, context: Context): Condition {
  const { operand, operator, patterns } = expression;
  const constants = patterns.map((pattern) => constantOf(pattern, context) ?? null);
  if (isSearchable(operand, context) && !constants.includes(null)) {
    const test = compilePatterns(operator, constants.map(textOf), expression);
    return search(operand, onText(test), expression, context);
  }
  if (patterns.length < 2 || constantOf(operand, context) !== undefined) return script(expression, context);
  // A list on what is no field is several scripts in a junction.
  const tests = patterns.map((pattern) => script({ ...expression, patterns: [pattern] }, context).holds);
  return twoValued(some(tests), expression);
}

function membership(expression: In, context: Context): Condition {
  const { operand, values, insensitive, negated } = expression;
  if (!isSearchable(operand, context)) return script(expression, context);
  const literals = values
    .map((value) => constantOf(value, context) ?? null)
    .filter((value) => value !== null);
  const test = memberOf(literals, insensitive, context.schema.typeOf(operand.name), context.now);
  const found = search(operand, test, expression, context);
  return negated ? denial(found) : found;
}

const onText =
  (test: TextTest): ScalarTest =>
  (value) =>
    test(typeof value === "string" ? value : textOf(value));

/** The functions that become a search where they are asked of a field and literals. */
function call(expression: Call, context: Context): Condition {
  const [operand, ...rest] = expression.args;
  const texts = rest.map((arg) => constantOf(arg, context));
  if (
    !isSearchable(operand, context) ||
    texts.length === 0 ||
    !texts.every((text) => typeof text === "string")
  )
    return script(expression, context);
  const test = searchOf(expression, texts);
  return test === undefined ? script(expression, context) : search(operand, test, expression, context);
}

function searchOf({ name, insensitive }: Call, texts: readonly string[]): ScalarTest | undefined {
  const [text = ""] = texts;
  switch (name.toLowerCase()) {
    case "startswith":
      if (!insensitive) return (value) => textOf(value).startsWith(text);
      return startsWithFolded(fold(text));
    case "endswith":
      return onText(compileUnescaped(`*${text}`, insensitive));
    case "stringcontains":
      return onText(compileUnescaped(`*${text}*`, insensitive));
    case "cidrmatch":
      return inBlocks(texts);
    default:
      return undefined;
  }
}

/** Folding keeps lengths. */
function startsWithFolded(folded: string): ScalarTest {
  return (value) => fold(textOf(value).slice(0, folded.length)) === folded;
}
