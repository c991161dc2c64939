import type {
  EventFilter,
  Expression,
  Field,
  Literal,
  Pipe,
  Query,
  Statement,
  Term,
  Unreadable,
} from "./ast.js";
import { encode } from "./escapes.js";
import { isPlainName } from "./kinds.js";

/** How tightly an expression binds; the higher, the tighter. */
const LEVEL = {
  or: 1,
  and: 2,
  not: 3,
  comparison: 4,
  sum: 5,
  product: 6,
  sign: 7,
  predicate: 8,
  primary: 9,
} as const;

/** Stands for what could not be read: EQL has no such sign, so that it does not pass for a query. */
const UNREADABLE = "…";

/**
 * Writes a query in its canonical form: on one line, with no more brackets than it needs, without comments. Reading it
 * gives the same tree again, apart from ranges; a tree with `error` nodes gives a text that does not parse.
 */
export function print(query: Query): string {
  return [printStatement(query.statement), ...query.pipes.map(printPipe)].join(" ");
}

function printPipe({ name, count }: Pipe): string {
  return `| ${name} ${count}`;
}

function printStatement(statement: Statement): string {
  switch (statement.kind) {
    case "error":
    case "event":
      return printEvent(statement);
    case "sequence": {
      const { by, maxspan, terms, until } = statement;
      const span = maxspan === undefined ? "" : ` with maxspan=${maxspan.amount}${maxspan.unit}`;
      return `sequence${printKeys(by)}${span} ${printTerms(terms, until)}`;
    }
    case "sample":
      return `sample${printKeys(statement.by)} ${printTerms(statement.terms, undefined)}`;
    case "join":
      return `join${printKeys(statement.by)} ${printTerms(statement.terms, statement.until)}`;
  }
}

function printTerms(terms: readonly Term[], until: Term | undefined): string {
  return [...terms.map(printTerm), ...(until === undefined ? [] : [`until ${printTerm(until)}`])].join(" ");
}

function printTerm({ missing, event, by, runs }: Term): string {
  const times = runs === 1 ? "" : ` with runs=${runs}`;
  return `${missing ? "!" : ""}[${printEvent(event)}]${printKeys(by)}${times}`;
}

function printKeys(keys: readonly Field[]): string {
  return keys.length === 0 ? "" : ` by ${keys.map(printField).join(", ")}`;
}

function printEvent(event: EventFilter | Unreadable): string {
  if (event.kind === "error") return UNREADABLE;
  const { name } = event.category;
  const category = name === undefined ? "any" : isPlainName(name) ? name : encode(name);
  return `${category} where ${printExpression(event.condition)}`;
}

/** Writes one expression, without brackets around it. */
function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case "error":
      return UNREADABLE;
    case "or":
      return expression.operands.map((operand) => atLeast(LEVEL.and, operand)).join(" or ");
    case "and":
      return expression.operands.map((operand) => atLeast(LEVEL.not, operand)).join(" and ");
    case "not":
      return `not ${atLeast(LEVEL.not, expression.operand)}`;
    case "comparison": {
      const { left, operator, right } = expression;
      return `${atLeast(LEVEL.sum, left)} ${operator} ${atLeast(LEVEL.sum, right)}`;
    }
    case "arithmetic": {
      const { left, operator, right } = expression;
      const level = levelOf(expression);
      return `${atLeast(level, left)} ${operator} ${atLeast(level + 1, right)}`;
    }
    case "negation": {
      const { operand } = expression;
      // A sign right before a number would become part of it.
      const isNumber = operand.kind === "literal" && levelOf(operand) === LEVEL.primary;
      return `-${isNumber ? bracketed(operand) : atLeast(LEVEL.sign, operand)}`;
    }
    case "match": {
      const { operand, operator, patterns, list } = expression;
      const isRegex = operator === "regex" || operator === "regex~";
      const texts = patterns.map((pattern) => (isRegex ? printRegex(pattern) : printExpression(pattern)));
      return `${atLeast(LEVEL.primary, operand)} ${operator} ${list ? `(${texts.join(", ")})` : texts.join(", ")}`;
    }
    case "in": {
      const { operand, negated, insensitive, values } = expression;
      const operator = `${negated ? "not " : ""}in${insensitive ? "~" : ""}`;
      return `${atLeast(LEVEL.primary, operand)} ${operator} (${values.map(printExpression).join(", ")})`;
    }
    case "call":
      return `${expression.name}${expression.insensitive ? "~" : ""}(${expression.args.map(printExpression).join(", ")})`;
    case "field":
      return printField(expression);
    case "literal":
      return printLiteral(expression);
  }
}

function bracketed(expression: Expression): string {
  return `(${printExpression(expression)})`;
}

function atLeast(level: number, expression: Expression): string {
  return levelOf(expression) < level ? bracketed(expression) : printExpression(expression);
}

function levelOf(expression: Expression): number {
  switch (expression.kind) {
    case "or":
    case "and":
    case "not":
    case "comparison":
      return LEVEL[expression.kind];
    case "arithmetic":
      return expression.operator === "+" || expression.operator === "-" ? LEVEL.sum : LEVEL.product;
    case "negation":
      return LEVEL.sign;
    case "match":
    case "in":
      return LEVEL.predicate;
    case "literal":
      return isNegative(expression.value) ? LEVEL.sign : LEVEL.primary;
    default:
      return LEVEL.primary;
  }
}

function isNegative(value: string | number | boolean | null): boolean {
  return typeof value === "number" && (value < 0 || Object.is(value, -0));
}

/** Writes the name of a field. */
export function printField({ name, optional }: Field): string {
  const isPlain = name.split(".").every(isPlainName);
  return (optional ? "?" : "") + (isPlain ? name : `\`${name.replaceAll("`", "``")}\``);
}

/** Writes a constant as a query has it. */
export function printLiteral({ value, decimal = false }: Pick<Literal, "decimal" | "value">): string {
  if (typeof value === "string") return encode(value);
  if (typeof value !== "number") return String(value);
  const sign = isNegative(value) ? "-" : "";
  const size = Math.abs(value);
  if (size === Infinity) return `${sign}1e999`;
  const digits = String(size);
  return sign + (decimal && !/[.e]/.test(digits) ? `${digits}.0` : digits);
}

/** Regular expressions are full of backslashes: they are read best without escapes, where they can be written so. */
function printRegex(pattern: Expression): string {
  if (pattern.kind !== "literal" || typeof pattern.value !== "string") return printExpression(pattern);
  const { value } = pattern;
  const isRaw = value.includes("\\") && !value.includes('"""') && !/\p{Cc}/u.test(value);
  return isRaw ? `"""${value}"""` : encode(value);
}
