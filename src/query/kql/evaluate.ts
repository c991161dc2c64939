import { type FieldInfo, isRange } from "../../fields/index.js";
import { Findings, QueryError, quoted } from "../core/index.js";
import {
  anyField,
  anyValue,
  type CompileOptions,
  type Event,
  every,
  fieldOf,
  fullName,
  hasValue,
  indexedValues,
  type Interval,
  isUnmapped,
  objectsAt,
  overlapTest,
  point,
  type ScalarTest,
  type Scope,
  scopeOf,
  some,
  textOf,
} from "../match/index.js";
import type { Condition, Is, Name, Nested, Query, Range, Unreadable, Value, Values } from "./ast.js";
import { parse } from "./parse.js";
import { isAny, meantBy } from "./patterns.js";
import { isOutOfReach } from "./scope.js";
import { spread } from "./spread.js";
import { boundTest, exactText, intervalOf, valueTest } from "./value-tests.js";

export type Matcher = (event: Event) => boolean;

/**
 * Compiles a query to a function that tells whether it matches an event, as Elasticsearch would with Kibana's
 * translation of the query. Throws `QueryError` where the query has errors.
 */
export function compile(query: Query | string, options: CompileOptions = {}): Matcher {
  const { body } = readable(query);
  return body === undefined ? always : compileCondition(body, scopeOf(options));
}

/** The tree of a query. Throws `QueryError` where it has errors. */
export function readable(query: Query | string): Query {
  if (typeof query !== "string") return query;
  const { ast, diagnostics } = parse(query);
  if (diagnostics.some(({ severity }) => severity === "error")) throw new QueryError(diagnostics);
  return ast;
}

const always = (): boolean => true;
const nothing = (): boolean => false;

/** A part of the tree could not be read: there is no running what is around it. */
export function refuse(part: Unreadable): never {
  const findings = new Findings();
  findings.add("query/syntax", { expected: "a condition", found: quoted(part.text) }, part);
  throw new QueryError(findings.all);
}

export function compileCondition(condition: Condition, scope: Scope): Matcher {
  switch (condition.kind) {
    case "and":
      return every(condition.operands.map((operand) => compileCondition(operand, scope)));
    case "or":
      return some(condition.operands.map((operand) => compileCondition(operand, scope)));
    case "not":
      return negated(compileCondition(condition.operand, scope));
    case "is":
      return compileIs(condition, scope);
    case "range":
      return compileRange(condition, scope);
    case "nested":
      return compileNested(condition, scope);
    case "error":
      return refuse(condition);
  }
}

function negated(test: Matcher): Matcher {
  return (event) => !test(event);
}

function compileIs(is: Is, scope: Scope): Matcher {
  const { field, value } = is;
  if (field !== undefined) return compileValues(field, value, scope);
  return value.kind === "value" ? compileBare(value, scope) : compileCondition(spread(is), scope);
}

/** A value without a field. `*` alone matches every event. */
function compileBare(value: Value, scope: Scope): Matcher {
  if (isAny(value)) return always;
  return anyField(
    scope,
    () => true,
    (field) =>
      field !== undefined && isOutOfReach(scope, field.name)
        ? undefined
        : valueTest(field, value, scope.now, true),
  );
}

function compileValues(name: Name, values: Values, scope: Scope): Matcher {
  switch (values.kind) {
    case "and":
      return every(values.operands.map((each) => compileValues(name, each, scope)));
    case "not":
      return negated(compileValues(name, values.operand, scope));
    case "or": {
      // Values stand together, so that the field is read once.
      const single = values.operands.filter((each) => each.kind === "value");
      const plain = single.filter((each) => !isAny(each));
      const others = values.operands.filter((each) => each.kind !== "value" || isAny(each));
      const tests = others.map((each) => compileValues(name, each, scope));
      return some(plain.length === 0 ? tests : [compileAny(name, plain, scope), ...tests]);
    }
    case "value":
      return isAny(values) ? compileExists(name, scope) : compileAny(name, [values], scope);
    case "error":
      return refuse(values);
  }
}

/** Whether the field has one of these values. */
function compileAny(name: Name, values: readonly Value[], scope: Scope): Matcher {
  const intervals = values.flatMap(({ value, pieces }) =>
    value === null || pieces !== undefined ? [] : [point(String(value))],
  );
  return onField(name, scope, intervals, (field) => {
    const exact = new Set<string>();
    const tests: ScalarTest[] = [];
    for (const value of values) {
      const text = exactText(field, value);
      if (text === undefined) tests.push(valueTest(field, value, scope.now));
      else exact.add(text);
    }
    if (exact.size === 1) {
      const [text] = exact;
      tests.unshift((found) => textOf(found) === text);
    } else if (exact.size > 1) tests.unshift((found) => exact.has(textOf(found)));
    return some(tests);
  });
}

function compileRange(range: Range, scope: Scope): Matcher {
  const own = range.value.value === null ? [] : [intervalOf(range, String(range.value.value))];
  return onField(range.field, scope, own, (field) => boundTest(field, range, scope.now));
}

/** A test of the values of a field, or of all fields that a pattern names; `intervals` are for one that holds ranges. */
function onField(
  name: Name,
  scope: Scope,
  intervals: readonly Interval[],
  testOf: (field: FieldInfo | undefined) => ScalarTest,
): Matcher {
  const full = fullName(scope, name.name);
  if (name.pieces !== undefined) return anyField(scope, meantBy({ ...name, name: full }), testOf);
  if (isUnmapped(scope.fields, full) || isOutOfReach(scope, full)) return nothing;
  const field = fieldOf(scope.fields, full);
  if (field !== undefined && isRange(field.type))
    return intervals.length === 0
      ? nothing
      : some(intervals.map((interval) => overlapTest(field, name.name, interval, scope.now)));
  return anyValue(indexedValues(scope, name.name), testOf(field));
}

/** `field: *` */
function compileExists(name: Name, scope: Scope): Matcher {
  const full = fullName(scope, name.name);
  if (name.pieces !== undefined) {
    return full === "*" ? always : anyField(scope, meantBy({ ...name, name: full }), () => always);
  }
  return isOutOfReach(scope, full) ? nothing : hasValue(scope, name.name);
}

/** One object of the list at the path has to meet the condition. A path with a wildcard names no object. */
function compileNested({ path, body }: Nested, scope: Scope): Matcher {
  if (path.pieces !== undefined) return nothing;
  const meets = compileCondition(body, { ...scope, path: fullName(scope, path.name) });
  return (event) => {
    for (const object of objectsAt(event, path.name)) if (meets(object)) return true;
    return false;
  };
}
