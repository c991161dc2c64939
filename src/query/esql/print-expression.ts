import type {
  Call,
  Cast,
  Column,
  ColumnPattern,
  ColumnSelector,
  Comparison,
  Expression,
  Parameter,
  Subquery,
} from "./ast.js";
import { isNegative, writeNumber } from "./numbers.js";
import { writeIdentifier, writeName, writeText } from "./text.js";

/** What stands for a part that could not be read. */
export const UNREADABLE = "…";

/** How tightly a part binds: one in the place of a tighter one needs brackets. */
export const Level = {
  or: 0,
  and: 1,
  not: 2,
  predicate: 3,
  sum: 4,
  product: 5,
  sign: 6,
  cast: 7,
  primary: 8,
} as const;
type Level = (typeof Level)[keyof typeof Level];

/** Writes expressions and names. */
export abstract class ExpressionPrinter {
  protected abstract subquery(query: Subquery): string;

  /** Writes an expression where one of `level` or tighter can stand. */
  expression(node: Expression, level: Level = Level.or): string {
    const text = this.bare(node);
    return levelOf(node) < level ? `(${text})` : text;
  }

  private bare(node: Expression): string {
    switch (node.kind) {
      case "and":
      case "or": {
        const level = node.kind === "or" ? Level.and : Level.not;
        return node.operands
          .map((operand) => this.expression(operand, level))
          .join(` ${node.kind.toUpperCase()} `);
      }
      case "not":
        return `NOT ${this.expression(node.operand, Level.not)}`;
      case "comparison":
        return this.comparison(node);
      case "is-null":
        return `${this.expression(node.operand, Level.sum)} IS ${node.negated ? "NOT " : ""}NULL`;
      case "in":
        return `${this.expression(node.operand, Level.sum)} ${node.negated ? "NOT " : ""}IN (${list(
          node.values,
          (value) =>
            value.kind === "comparison" ? this.comparison(value) : this.expression(value, Level.sum),
        )})`;
      case "in-subquery": {
        const [first, ...others] = node.operands;
        const operand =
          others.length === 0
            ? this.expression(first!, Level.sum)
            : `(${list(node.operands, (value) => this.expression(value))})`;
        return `${operand} ${node.negated ? "NOT " : ""}IN ${this.subquery(node.query)}`;
      }
      case "like": {
        const patterns = list(node.patterns, (pattern) => this.expression(pattern));
        const operator = `${node.negated ? "NOT " : ""}${node.operator.toUpperCase()}`;
        return `${this.expression(node.operand, Level.sum)} ${operator} ${node.list ? `(${patterns})` : patterns}`;
      }
      case "match":
        return `${this.expression(node.operand, Level.sum)} : ${this.expression(node.query)}`;
      case "arithmetic": {
        const level = levelOf(node);
        const right = level === Level.sum ? Level.product : Level.sign;
        return `${this.expression(node.left, level)} ${node.operator} ${this.expression(node.right, right)}`;
      }
      case "negation":
        return `-${this.expression(node.operand, Level.sign)}`;
      case "cast":
        return this.cast(node);
      case "call":
        return this.call(node);
      case "literal":
        return node.type === "keyword"
          ? writeText(node.value)
          : node.type === "boolean" || node.type === "null"
            ? String(node.value)
            : writeNumber(node);
      case "timespan":
        return `${node.amount} ${node.unit}`;
      case "list":
        return `[${list(node.values, (value) => this.expression(value))}]`;
      case "map":
        return `{${list(node.entries, ({ key, value }) => `${writeText(key)}: ${this.expression(value)}`)}}`;
      case "column":
      case "parameter":
      case "parameter-column":
      case "error":
        return this.name(node);
    }
  }

  private comparison({ left, operator, right }: Comparison): string {
    return `${this.expression(left, Level.sum)} ${operator} ${this.expression(right, Level.sum)}`;
  }

  private cast({ operand, type }: Cast): string {
    return `${this.expression(operand, Level.cast)}::${type}`;
  }

  private call({ name, star, args }: Call): string {
    return `${name}(${star ? "*" : list(args, (arg) => this.expression(arg))})`;
  }

  /** Writes what names a column, or columns. */
  name(node: ColumnSelector): string {
    switch (node.kind) {
      case "column":
        return writeColumn(node);
      case "pattern":
        return writePattern(node, true);
      case "parameter":
        return writeParameter(node);
      case "parameter-column":
        return node.parts.map(writePart).join(".");
      case "error":
        return UNREADABLE;
    }
  }
}

function levelOf(node: Expression): Level {
  switch (node.kind) {
    case "and":
      return Level.and;
    case "or":
      return Level.or;
    case "not":
      return Level.not;
    case "comparison":
    case "in":
    case "in-subquery":
    case "is-null":
    case "like":
    case "match":
      return Level.predicate;
    case "arithmetic":
      return node.operator === "+" || node.operator === "-" ? Level.sum : Level.product;
    case "negation":
      return Level.sign;
    case "cast":
      return Level.cast;
    case "timespan":
      return node.amount < 0 ? Level.sign : Level.primary;
    case "literal":
      return typeof node.value === "number" || typeof node.value === "bigint"
        ? isNegative(node.value)
          ? Level.sign
          : Level.primary
        : Level.primary;
    default:
      return Level.primary;
  }
}

function writeColumn({ name, qualifier }: Column): string {
  if (qualifier === undefined) return writeName(name);
  return `[${qualifier === "" ? "" : writeName(qualifier)}].[${writeName(name)}]`;
}

function writeParameter({ double, name }: Parameter): string {
  return `${double ? "??" : "?"}${name}`;
}

function writePart(part: Column | ColumnPattern | Parameter): string {
  switch (part.kind) {
    case "column":
      return writeIdentifier(part.name);
    case "pattern":
      return writePattern(part, false);
    case "parameter":
      return writeParameter(part);
  }
}

/** Writes a name with wildcards; `dotted`: dots in it divide its parts, and need no backticks. */
function writePattern({ pieces }: ColumnPattern, dotted: boolean): string {
  return pieces
    .map((piece, at) => {
      if (typeof piece !== "string") return "*";
      const parts = dotted ? piece.split(".") : [piece];
      // A dot at the end of the text divides it from the wildcard there.
      const last = parts.length - 1;
      const divides = parts.every(
        (text, i) => text !== "" || (i === 0 && at > 0) || (i === last && at < pieces.length - 1),
      );
      return divides
        ? parts.map((text) => (text === "" ? "" : writeIdentifier(text))).join(".")
        : writeIdentifier(piece);
    })
    .join("");
}

export function list<T>(items: readonly T[], write: (item: T) => string): string {
  return items.map((item) => write(item)).join(", ");
}
