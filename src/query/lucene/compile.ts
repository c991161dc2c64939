import { isRange } from "../../fields/index.js";
import { type Explanation, Findings, QueryError, type Span } from "../core/index.js";
import {
  anyField,
  type CompileOptions as MatchOptions,
  compileWildcard,
  type Event,
  every,
  fieldOf,
  hasValue,
  indexedValues,
  type Interval,
  isUnmapped,
  overlapTest,
  point,
  type Scope,
  scopeOf,
  some,
} from "../match/index.js";
import type { Clause, Leaf, Node, Query, Unreadable } from "./ast.js";
import { checkTypes } from "./check-types.js";
import { conditionOf } from "./condition.js";
import { type DefaultOperator, occursOf } from "./occur.js";
import { parse } from "./parser.js";
import { type ValueCondition, valueTest } from "./value.js";

export interface CompileOptions extends MatchOptions {
  readonly defaultOperator?: DefaultOperator;
  /** Whether a value that does not fit its field's type is no match instead of an error. */
  readonly lenient?: boolean;
  /** The fields that a condition without one looks in, wildcards allowed; all where it is not given. */
  readonly defaultFields?: readonly string[];
}

/** Whether an event matches. */
export type Matcher = (event: Event) => boolean;

/** One step of a query, ready to run. */
export interface Plan extends Span {
  readonly kind: Explanation["kind"];
  readonly test: Matcher;
  readonly children?: readonly Plan[];
}

interface Context extends Scope {
  readonly defaultOperator: DefaultOperator;
  readonly defaultFields: readonly string[] | undefined;
}

/** Compiles a query for events, which may be nested objects or have dotted keys. Throws `QueryError` where it is broken. */
export function compile(query: Query | string, options: CompileOptions = {}): Matcher {
  return planOf(query, options).test;
}

/** Fields without values, which Elasticsearch does not refuse: conditions on them find nothing. */
const FINDS_NOTHING: ReadonlySet<string> = new Set(["field/unknown", "field/is-object"]);

/** The steps of a query. Throws `QueryError` where the query is broken, or a value does not fit its field's type. */
export function planOf(query: Query | string, options: CompileOptions): Plan {
  const { ast, diagnostics } = typeof query === "string" ? parse(query) : { ast: query, diagnostics: [] };
  const { defaultOperator = "OR", defaultFields, lenient = false } = options;
  const scope = scopeOf(options);
  const { fields } = scope;
  const findings = [...diagnostics];
  if (!lenient && fields !== undefined) {
    const checked = checkTypes(ast, { fields, ...(defaultFields === undefined ? {} : { defaultFields }) });
    findings.push(...checked.filter(({ code }) => !FINDS_NOTHING.has(code)));
  }
  if (findings.some(({ severity }) => severity === "error")) throw new QueryError(findings);
  return levelPlan(ast.clauses, undefined, ast, { ...scope, defaultOperator, defaultFields }) ?? nothing(ast);
}

function nothing({ start, end }: Span): Plan {
  return { kind: "leaf", test: () => false, start, end };
}

/** A part of the tree could not be read: there is no running what is around it. */
function refuse(part: Unreadable): never {
  const findings = new Findings();
  findings.add("query/syntax", { expected: "a condition", found: "what could not be read" }, part);
  throw new QueryError(findings.all);
}

/**
 * The clauses beside each other: what is required and what is forbidden decide; of the others one has to match, but
 * only where nothing is required. Undefined where analysis leaves nothing of any of them.
 */
function levelPlan(
  clauses: readonly Clause[],
  field: string | undefined,
  span: Span,
  context: Context,
): Plan | undefined {
  const all = clauses.map((clause) => nodePlan(clause.node, field, context));
  const occurs = occursOf(clauses, context.defaultOperator, (index) => all[index] !== undefined);
  const plans = all.filter((plan) => plan !== undefined);
  if (plans.length === 0) return undefined;
  const parts: Plan[] = [];
  const either = plans.filter((_, index) => occurs[index] === "should");
  const isEitherAsked = !occurs.includes("must") && either.length > 0;
  for (const [index, plan] of plans.entries()) {
    const occur = occurs[index]!;
    if (occur === "must") parts.push(plan);
    else if (occur === "must_not") parts.push(negated(plan));
    else if (isEitherAsked && plan === either[0])
      parts.push(either.length === 1 ? plan : joined("or", either, span));
  }
  return parts.length === 1 ? parts[0]! : joined("and", parts, span);
}

function negated(plan: Plan): Plan {
  const { test, start, end } = plan;
  return { kind: "not", test: (event) => !test(event), children: [plan], start, end };
}

function joined(kind: "and" | "or", children: readonly Plan[], { start, end }: Span): Plan {
  const tests = children.map((child) => child.test);
  return { kind, test: kind === "and" ? every(tests) : some(tests), children, start, end };
}

function nodePlan(node: Node, field: string | undefined, context: Context): Plan | undefined {
  if (node.kind === "error") refuse(node);
  const name = node.field?.name ?? field;
  if (node.kind === "group") return levelPlan(node.clauses, name, node, context);
  const test = leafTest(node, name, context);
  return test === undefined ? undefined : { kind: "leaf", test, start: node.start, end: node.end };
}

function leafTest(leaf: Leaf, field: string | undefined, context: Context): Matcher | undefined {
  const { defaultFields } = context;
  if (field !== undefined || defaultFields === undefined) return fieldTest(leaf, field, context);
  const tests = defaultFields
    .map((name) => fieldTest(leaf, name, context))
    .filter((test) => test !== undefined);
  return tests.length === 0 ? undefined : tests.length === 1 ? tests[0] : some(tests);
}

/** The test of a condition in one field, in those whose names fit, or (undefined, `*`) in all. */
function fieldTest(leaf: Leaf, field: string | undefined, context: Context): Matcher | undefined {
  const condition = conditionOf(leaf, field);
  if (condition.kind === "everything") return () => true;
  if (condition.kind === "exists") return existsTest(condition.name, context);
  if (field !== undefined && !field.includes("*")) return namedTest(condition, field, context);
  const fits = field === undefined || field === "*" ? () => true : compileWildcard(field);
  return anyField(context, fits, (info) =>
    info?.nestedIn === undefined ? valueTest(condition, info, context) : undefined,
  );
}

function namedTest(condition: ValueCondition, name: string, context: Context): Matcher | undefined {
  const info = fieldOf(context.fields, name);
  const test = valueTest(condition, info, context);
  if (test === undefined) return undefined;
  if (isUnmapped(context.fields, name) || isNested(name, context)) return () => false;
  if (info !== undefined && isRange(info.type)) {
    const interval = intervalOf(condition);
    return interval === undefined ? () => false : overlapTest(info, name, interval, context.now);
  }
  const read = indexedValues(context, name);
  return (event) => {
    const value = read(event);
    return value !== undefined && test(value);
  };
}

/** What a condition asks of a field that holds ranges; patterns ask nothing that it could have. */
function intervalOf(condition: ValueCondition): Interval | undefined {
  switch (condition.kind) {
    case "words":
    case "phrase":
      return point(condition.text);
    case "range":
      return condition;
    default:
      return undefined;
  }
}

/** Nested objects are indexed apart, where `query_string` does not look. */
function isNested(name: string, { fields }: Context): boolean {
  return fields?.find(name)?.nestedIn !== undefined;
}

/** Whether a field, or for an object any field below it, has a value. The empty text is one. */
function existsTest(name: string, context: Context): Matcher {
  if (name.includes("*"))
    return anyField(context, compileWildcard(name), (info) =>
      info?.nestedIn === undefined ? () => true : undefined,
    );
  return isNested(name, context) ? () => false : hasValue(context, name);
}
