import { type Event, type ScalarTest, textOf, toBoolean, toNumber } from "../../match/index.js";
import type { Arithmetic, Call, Comparison, Expression, Field, In, Junction, PatternMatch } from "../ast.js";
import { calculate, wholeOf } from "./arithmetic.js";
import { compareTo, holds } from "./comparison.js";
import type { Context } from "./context.js";
import { readsFields } from "./infer.js";
import { memberOf } from "./membership.js";
import { compilePatterns } from "./pattern.js";
import type { FieldType, Kind } from "./schema.js";
import { TEXT_FUNCTIONS } from "./text-functions.js";
import { printed, type Value } from "./value.js";

/** Values of a field that are tried together with those of other fields, at most. */
const MAX_CHOICES = 10_000;

/**
 * An expression that Elasticsearch runs as a script: three-valued, null where what it needs is not there. A script
 * sees one value of each field; of fields with several, it is enough that one choice gives the value asked for. Past
 * 10,000 choices it stops.
 */
export interface Script {
  /** Whether it is true (or false) for the event. */
  readonly is: (event: Event, wanted: boolean) => boolean;
}

/** A compiled part. It reads the fields' values from slots that are filled before it runs. */
interface Part {
  readonly run: () => Value;
  /** Of numbers: whether they are integers; undefined where only the value tells. */
  readonly whole?: boolean | undefined;
}

interface Slots {
  readonly index: Map<string, number>;
  readonly values: unknown[];
  readonly context: Context;
}

export function compileScript(expression: Expression, context: Context): Script {
  const slots: Slots = { index: new Map(), values: [], context };
  const { run } = compile(expression, slots);
  const { values } = slots;
  const reads = [...slots.index.keys()].map((name) => context.schema.read(name));
  return {
    is: (event, wanted) => {
      let several = false;
      for (let index = 0; index < reads.length; index++) {
        const value = reads[index]!(event);
        several ||= Array.isArray(value);
        values[index] = value;
      }
      return several ? someChoice(values, run, wanted) : run() === wanted;
    },
  };
}

/** Whether events are asked for the field: an optional one that no index has is the literal null. */
export function isMapped({ name, optional }: Field, { schema }: Context): boolean {
  return !optional || schema.typeOf(name).mapped;
}

/** The value of an expression that asks events for nothing; undefined where it does. */
export function constantOf(expression: Expression, context: Context): Value | undefined {
  if (expression.kind === "literal") return expression.value;
  if (readsFields(expression, (field) => isMapped(field, context))) return undefined;
  return compile(expression, { index: new Map(), values: [], context }).run();
}

function someChoice(values: unknown[], run: () => Value, wanted: boolean): boolean {
  const lists = values.map((value) => (Array.isArray(value) ? (value as unknown[]) : [value]));
  const at = lists.map(() => 0);
  for (let choices = 0; choices < MAX_CHOICES; choices++) {
    for (let index = 0; index < lists.length; index++) values[index] = lists[index]![at[index]!];
    if (run() === wanted) return true;
    let turn = 0;
    while (turn < lists.length && ++at[turn]! === lists[turn]!.length) at[turn++] = 0;
    if (turn === lists.length) return false;
  }
  return false;
}

function compile(expression: Expression, slots: Slots): Part {
  switch (expression.kind) {
    case "literal": {
      const { value, decimal } = expression;
      if (typeof value !== "number") return { run: () => value };
      return { run: () => value, whole: decimal !== true && Number.isInteger(value) };
    }
    case "field":
      return compileField(expression, slots);
    case "and":
    case "or":
      return compileJunction(expression, slots);
    case "not": {
      const { run } = compile(expression.operand, slots);
      return { run: () => negated(run()) };
    }
    case "negation": {
      const { run, whole } = compile(expression.operand, slots);
      return { run: () => calculate("-", 0, run(), true, whole), whole };
    }
    case "comparison":
      return compileComparison(expression, slots);
    case "match":
      return compileMatch(expression, slots);
    case "in":
      return compileIn(expression, slots);
    case "arithmetic":
      return compileArithmetic(expression.operator, expression, slots);
    case "call":
      return compileCall(expression, slots);
    case "error":
      return { run: () => null };
  }
}

const negated = (value: Value): Value => (typeof value === "boolean" ? !value : null);

function slotOf({ name }: Field, { index, values }: Slots): number {
  let slot = index.get(name);
  if (slot === undefined) {
    slot = index.size;
    index.set(name, slot);
    values.push(undefined);
  }
  return slot;
}

function compileField(field: Field, slots: Slots): Part {
  const slot = slotOf(field, slots);
  const { values } = slots;
  const { kind, whole } = slots.context.schema.typeOf(field.name);
  return { run: () => valueOf(values[slot], kind), whole };
}

function valueOf(value: unknown, kind: Kind): Value {
  if (value === undefined) return null;
  if (kind === "number") return toNumber(value) ?? null;
  if (kind === "boolean") return toBoolean(value) ?? null;
  if (typeof value === "bigint") return Number(value);
  return typeof value === "number" || typeof value === "boolean" ? value : textOf(value);
}

function compileJunction({ kind, operands }: Junction, slots: Slots): Part {
  const parts = operands.map((operand) => compile(operand, slots).run);
  const deciding = kind === "or";
  return {
    run: () => {
      let result: Value = !deciding;
      for (const run of parts) {
        const value = run();
        if (value === deciding) return deciding;
        if (value === null) result = null;
      }
      return result;
    },
  };
}

const FLIPPED = { "==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

/** `3 < a` as `a > 3`: a literal alone on the left changes sides. */
export function literalRight(comparison: Comparison, context: Context): Comparison {
  const { left, right, operator } = comparison;
  if (constantOf(left, context) === undefined || constantOf(right, context) !== undefined) return comparison;
  return { ...comparison, left: right, right: left, operator: FLIPPED[operator] };
}

function compileComparison(written: Comparison, slots: Slots): Part {
  const { context } = slots;
  const { operator, left, right } = literalRight(written, context);
  const a = compile(left, slots).run;
  const constant = constantOf(right, context);
  if (constant === null && (operator === "==" || operator === "!="))
    return { run: () => (a() === null) === (operator === "==") };
  if (constant === null) return { run: () => null };
  if (constant !== undefined)
    return onValue(left, slots, (type) => compareTo(operator, constant, type, context.now));
  const b = compile(right, slots).run;
  // Two optional fields that no index has are two nulls, which are equal before the query runs.
  const nulls = left.kind === "field" && right.kind === "field" && left.optional && right.optional;
  const equal = operator === "==";
  return {
    run: () => {
      const x = a();
      const y = b();
      if (x !== null && y !== null) return compareValues(operator, x, y);
      return nulls && x === y && (equal || operator === "!=") ? equal : null;
    },
  };
}

function compareValues(
  operator: Comparison["operator"],
  x: Exclude<Value, null>,
  y: Exclude<Value, null>,
): Value {
  if (operator === "==") return x === y;
  if (operator === "!=") return x !== y;
  if (typeof x !== typeof y) return null;
  return holds(operator, x === y ? 0 : x < y ? -1 : 1);
}

/** A test of an operand's value, null where that is null. Fields are tested by their type. */
function onValue(operand: Expression, slots: Slots, make: (type: FieldType) => ScalarTest): Part {
  if (operand.kind === "field") {
    const test = make(slots.context.schema.typeOf(operand.name));
    const slot = slotOf(operand, slots);
    const { values } = slots;
    return { run: () => (values[slot] === undefined ? null : test(values[slot])) };
  }
  const test = make(COMPUTED);
  const { run } = compile(operand, slots);
  return {
    run: () => {
      const value = run();
      return value === null ? null : test(value);
    },
  };
}

/** What a function gives is compared as the literal says. */
const COMPUTED: FieldType = { kind: "text", mapped: true };

function compileMatch(expression: PatternMatch, slots: Slots): Part {
  const { operator, operand, patterns } = expression;
  const texts = patterns.map((pattern) => constantOf(pattern, slots.context) ?? null);
  if (texts.includes(null)) return { run: () => null };
  const test = compilePatterns(operator, texts.map(textOf), expression);
  return onValue(operand, slots, () => (value) => test(textOf(value)));
}

/** A null among the values leaves open whether there is one that equals. */
function compileIn({ operand, values, insensitive, negated: isNegated }: In, slots: Slots): Part {
  const { context } = slots;
  const constants = values.map((value) => constantOf(value, context) ?? null);
  const literals = constants.filter((value) => value !== null);
  const { run } = onValue(operand, slots, (type) => memberOf(literals, insensitive, type, context.now));
  const otherwise = literals.length === constants.length ? false : null;
  return {
    run: () => {
      const found = run();
      const result = found === false ? otherwise : found;
      return isNegated ? negated(result) : result;
    },
  };
}

function compileArithmetic(
  operator: Arithmetic["operator"],
  { left, right }: { readonly left: Expression; readonly right: Expression },
  slots: Slots,
): Part {
  const a = compile(left, slots);
  const b = compile(right, slots);
  return {
    run: () => calculate(operator, a.run(), b.run(), a.whole, b.whole),
    whole: wholeOf(a.whole, b.whole),
  };
}

const OPERATORS: Readonly<Record<string, Arithmetic["operator"]>> = {
  add: "+",
  subtract: "-",
  multiply: "*",
  divide: "/",
  modulo: "%",
};

function compileCall({ name, insensitive, args }: Call, slots: Slots): Part {
  const lower = name.toLowerCase();
  const operator = OPERATORS[lower];
  const [left, right] = args;
  if (operator !== undefined && left !== undefined && right !== undefined)
    return compileArithmetic(operator, { left, right }, slots);
  const call = Object.hasOwn(TEXT_FUNCTIONS, lower) ? TEXT_FUNCTIONS[lower] : undefined;
  if (call === undefined) return { run: () => null };
  const prints = lower === "string" || lower === "concat";
  const parts = args.map((arg) => compile(arg, slots)).map((part) => (prints ? printing(part) : part));
  const values: Value[] = parts.map(() => null);
  return {
    run: () => {
      for (let index = 0; index < parts.length; index++) values[index] = parts[index]!.run();
      return call(values, insensitive);
    },
    whole: lower === "length" || lower === "indexof" ? true : undefined,
  };
}

/** A double is printed with a point; after that its type is lost. */
function printing({ run, whole }: Part): Part {
  if (whole !== false) return { run };
  return {
    run: () => {
      const value = run();
      return value === null ? null : printed(value, true);
    },
  };
}
