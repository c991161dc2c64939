import { didYouMean } from "../../diagnostics/index.js";
import { quoted, type Span } from "../core/index.js";
import type {
  Arithmetic,
  Assignment,
  Call,
  Column,
  ColumnReference,
  Comparison,
  Expression,
  List,
  Literal,
  MapEntry,
  MapLiteral,
  NumberLiteral,
  Parameter,
  Subquery,
  Unreadable,
} from "./ast.js";
import { isPipeCommand, isSourceCommand } from "./commands.js";
import { isWord, K, type Kind } from "./kinds.js";
import { isNegative, negative, numberLiteral } from "./numbers.js";
import { EsqlParser } from "./parser-base.js";
import { contentOf, nameInBackticks, textValue } from "./text.js";
import { isTimespanUnit, TIMESPAN_UNITS } from "./timespans.js";

/**
 * How high an expression's tree may get. Chains of arithmetic grow it without a bracket, so that the parser's own depth
 * does not bound it. Elasticsearch stops at 400.
 */
const MAX_HEIGHT = 400;

/** Keywords that people take for names. */
const NAMELIKE: ReadonlySet<Kind> = new Set<Kind>([
  K.asc,
  K.desc,
  K.first,
  K.last,
  K.nulls,
  K.on,
  K.where,
  K.with,
]);

const AN_EXPRESSION = "a column, a value, a function or a bracket";

/** Reads expressions. Each method leaves the height of what it read in `height`. */
export abstract class ExpressionParser extends EsqlParser {
  protected height = 0;
  /** The greatest height since it was set to nought. */
  protected peak = 0;
  /** The token at which an assignment may name its column. */
  #assignAt = -1;
  /** Several columns in brackets that stand before `IN`, and the node that holds their place until it is read. */
  #tuple: { readonly node: Unreadable; readonly operands: readonly Expression[] } | undefined;

  /** `FROM … | …` after its bracket has been seen. */
  protected abstract subquery(): Subquery;

  /** `(column =)? expression` */
  protected assignment(): Assignment {
    const { start } = this;
    this.#assignAt = this.mark();
    const first = this.expression();
    this.#assignAt = -1;
    if (this.kind !== K.assign || !isReference(first)) {
      const end = this.lastEnd;
      const text = isReference(first) ? "" : this.text.slice(start, end);
      return { target: undefined, value: first, text, start, end };
    }
    this.advance();
    return { target: first, value: this.expression(), text: "", start, end: this.lastEnd };
  }

  /** `a OR b` */
  protected expression(): Expression {
    return this.junction("or", K.or, () => this.junction("and", K.and, () => this.negatable()));
  }

  /** Operands of one operator; those in brackets with the same operator join them. */
  private junction(kind: "and" | "or", sign: Kind, operand: () => Expression): Expression {
    const { start } = this;
    const first = operand();
    if (this.kind !== sign) return first;
    let { height } = this;
    const operands: Expression[] = [];
    const add = (value: Expression): void => {
      if (value.kind === kind) for (const inner of value.operands) operands.push(inner);
      else operands.push(value);
    };
    add(first);
    while (this.accept(sign)) {
      add(operand());
      height = Math.max(height, this.height);
    }
    this.grow(height);
    return { kind, operands, start, end: this.lastEnd };
  }

  /** `NOT a` */
  private negatable(): Expression {
    const { start } = this;
    if (!this.accept(K.not)) return this.predicate();
    const operand = this.nested(() => this.negatable());
    this.grow(this.height);
    return { kind: "not", operand, start, end: this.lastEnd };
  }

  /** `a == b`, `a IN (…)`, `a LIKE "…"`, `a IS NULL`, `a : "…"` */
  private predicate(): Expression {
    const { start } = this;
    const operand = this.comparison();
    switch (this.kind) {
      case K.is:
        return this.isNull(operand, start);
      case K.in:
        return this.isIn(operand, start, false);
      case K.like:
      case K.rlike:
        return this.like(operand, start, false);
      case K.colon:
        return this.match(operand, start);
      case K.not: {
        const next = this.peek(1);
        if (next !== K.in && next !== K.like && next !== K.rlike) return operand;
        this.advance();
        return next === K.in ? this.isIn(operand, start, true) : this.like(operand, start, true);
      }
      default:
        return operand;
    }
  }

  /** `a`, `a < b` */
  private comparison(): Expression {
    const { start } = this;
    const mark = this.mark();
    const left = this.sum();
    const operator = this.comparisonOperator(left, mark);
    if (operator === undefined) return left;
    const { height } = this;
    const sign = this.span;
    this.advance();
    const right = this.sum();
    this.grow(Math.max(height, this.height));
    const node: Comparison = { kind: "comparison", operator, left, right, start, end: this.lastEnd };
    if (isNull(left) || isNull(right))
      this.report("esql/null-comparison", {}, node, {
        help: operator === "!=" ? "write IS NOT NULL" : "write IS NULL",
      });
    const { kind } = this;
    if (kind >= K.equal && kind <= K.greaterEqual) this.fail("esql/chained-comparison", {});
    if (kind === K.assign && sign.end === this.start)
      this.fail("query/syntax", {
        expected: "an operator",
        found: quoted(this.text.slice(sign.start, this.end)),
      });
    return node;
  }

  /** The operator that is next; a single `=` is one too, with a finding, unless it gives a name. */
  private comparisonOperator(left: Expression, mark: number): Comparison["operator"] | undefined {
    switch (this.kind) {
      case K.assign:
        if (mark === this.#assignAt && isReference(left)) return undefined;
        this.report("esql/single-equals", {}, this.span);
        return "==";
      case K.equal:
        return "==";
      case K.notEqual:
        return "!=";
      case K.less:
        return "<";
      case K.lessEqual:
        return "<=";
      case K.greater:
        return ">";
      case K.greaterEqual:
        return ">=";
      default:
        return undefined;
    }
  }

  /** `a IS NOT NULL` */
  private isNull(operand: Expression, start: number): Expression {
    this.advance();
    const negated = this.accept(K.not);
    this.expect(K.null, negated ? "NULL" : "NULL or NOT NULL");
    this.grow(this.height);
    return { kind: "is-null", negated, operand, start, end: this.lastEnd };
  }

  /** `a IN (1, 2)`, `a IN (FROM b | KEEP c)`, `(a, b) IN (FROM c | KEEP d, e)` */
  private isIn(operand: Expression, start: number, negated: boolean): Expression {
    let { height } = this;
    this.advance();
    const tuple = this.#tuple;
    this.#tuple = undefined;
    if (tuple !== undefined && tuple.node !== operand)
      this.fail("query/syntax", { expected: "one column", found: "several" }, tuple.node);
    if (this.kind === K.openCommands) {
      const query = this.inSubquery(height);
      const operands = tuple?.operands ?? [operand];
      return { kind: "in-subquery", negated, operands, query, start, end: this.lastEnd };
    }
    if (tuple !== undefined) this.unexpected(["a subquery"]);
    const opened = this.span;
    if (!this.accept(K.open))
      this.unexpected(['"("'], { help: 'write the values in brackets: IN ("a", "b")' });
    const values = this.nested(() =>
      this.items(() => {
        const value = this.comparison();
        height = Math.max(height, this.height);
        return value;
      }),
    );
    this.close(K.close, ")", opened);
    this.grow(height);
    return { kind: "in", negated, operand, values, start, end: this.lastEnd };
  }

  private inSubquery(height: number): Subquery {
    const query = this.subquery();
    this.grow(Math.max(height, this.height));
    return query;
  }

  /** Items of a bracket, each with its own recovery. */
  private items(item: () => Expression): Expression[] {
    const read = (): Expression =>
      this.attempt(item, [K.comma, K.close], (span) => {
        this.height = 1;
        return this.unreadable(span);
      });
    const items = [read()];
    while (this.accept(K.comma)) items.push(read());
    return items;
  }

  /** `a LIKE "x*"`, `a RLIKE ("x.*", ?p)` */
  private like(operand: Expression, start: number, negated: boolean): Expression {
    const { height } = this;
    const operator = this.kind === K.like ? "like" : "rlike";
    this.advance();
    const opened = this.span;
    const list = this.accept(K.open);
    const patterns = [this.pattern(operator)];
    if (list) {
      while (this.accept(K.comma)) patterns.push(this.pattern(operator));
      this.close(K.close, ")", opened);
    }
    this.grow(height);
    return { kind: "like", operator, negated, operand, patterns, list, start, end: this.lastEnd };
  }

  private pattern(operator: "like" | "rlike"): Expression {
    if (this.kind === K.text) return this.textLiteral();
    if (this.kind === K.parameter) return this.parameter();
    if (this.endsCommand()) this.unexpected(["a pattern in double quotes"]);
    return this.fail("esql/pattern-not-constant", { operator: operator.toUpperCase() });
  }

  /** `field : "text"` */
  private match(operand: Expression, start: number): Expression {
    const { height } = this;
    this.advance();
    if (this.is(K.open))
      this.unexpected(["a value"], { help: 'for one of several values write IN ("a", "b")' });
    const query = this.constant();
    this.grow(Math.max(height, this.height));
    return { kind: "match", operand, query, start, end: this.lastEnd };
  }

  /** `a + b - c` */
  private sum(): Expression {
    const { start } = this;
    let left = this.product();
    while (this.kind === K.plus || this.kind === K.minus)
      left = this.arithmetic(this.kind === K.plus ? "+" : "-", left, start, () => this.product());
    return left;
  }

  /** `a * b / c % d` */
  private product(): Expression {
    const { start } = this;
    let left = this.signed();
    for (;;) {
      const { kind } = this;
      const operator = kind === K.star ? "*" : kind === K.slash ? "/" : kind === K.percent ? "%" : undefined;
      if (operator === undefined) return left;
      left = this.arithmetic(operator, left, start, () => this.signed());
    }
  }

  private arithmetic(
    operator: Arithmetic["operator"],
    left: Expression,
    start: number,
    operand: () => Expression,
  ): Expression {
    const { height } = this;
    this.advance();
    const right = operand();
    this.grow(Math.max(height, this.height));
    return { kind: "arithmetic", operator, left, right, start, end: this.lastEnd };
  }

  /** `-a`; the plus of `+a` leaves no node. */
  private signed(): Expression {
    const { start } = this;
    if (this.accept(K.plus)) return this.nested(() => this.signed());
    if (!this.accept(K.minus)) return this.cast();
    const operand = this.nested(() => this.signed());
    if (isNumber(operand) && !isNegative(operand.value)) return negative(operand, start);
    if (operand.kind === "timespan" && operand.amount >= 0)
      return { ...operand, amount: 0 - operand.amount, start };
    this.grow(this.height);
    return { kind: "negation", operand, start, end: this.lastEnd };
  }

  /** `a::type` */
  protected cast(): Expression {
    const { start } = this;
    let operand = this.primary();
    while (this.accept(K.cast)) {
      const typeSpan = this.span;
      const type = this.word;
      if (!isWord(this.kind)) this.unexpected(["a type"], { help: "as in a::long" });
      this.advance();
      this.grow(this.height);
      operand = { kind: "cast", operand, type, typeSpan, start, end: this.lastEnd };
    }
    return operand;
  }

  private primary(): Expression {
    const { kind } = this;
    switch (kind) {
      case K.name:
      case K.quotedName:
      case K.parameter:
        return this.columnOrCall();
      case K.first:
      case K.last:
        if (this.peek(1) === K.open) return this.columnOrCall();
        break;
      case K.open:
        return this.bracket();
      case K.openSquare: {
        const next = this.peek(1);
        const qualified =
          next === K.name || next === K.quotedName || (next === K.closeSquare && this.peek(2) === K.dot);
        this.height = 1;
        return qualified ? this.qualified() : this.constant();
      }
      case K.openCurly:
        return this.unexpected([AN_EXPRESSION], {
          help: "a map can only be the last argument of a function",
        });
      case K.integer:
      case K.decimal:
      case K.text:
      case K.true:
      case K.false:
      case K.null:
        return this.constant();
      case K.star:
        return this.unexpected([AN_EXPRESSION], { help: "* is an argument only by itself: COUNT(*)" });
    }
    if (NAMELIKE.has(kind))
      return this.fail("esql/reserved-word", { word: this.quotedWord() }, this.span, {
        help: `write it in backticks where it is a name: \`${this.word}\``,
      });
    return this.unexpected([AN_EXPRESSION]);
  }

  /** `(a)`, or the several columns of `(a, b) IN (FROM …)` */
  private bracket(): Expression {
    const opened = this.span;
    this.advance();
    let height = 1;
    const operands = this.nested(() =>
      this.attempt<Expression[]>(
        () => {
          const values: Expression[] = [];
          do {
            values.push(this.expression());
            height = Math.max(height, this.height);
          } while (this.accept(K.comma));
          return values;
        },
        [K.close],
        (span) => [this.unreadable(span)],
      ),
    );
    this.close(K.close, ")", opened);
    this.height = height;
    return operands.length === 1 ? operands[0]! : this.tuple(operands, opened.start);
  }

  /** Several columns have no node of their own: `IN` follows and takes them. */
  private tuple(operands: readonly Expression[], start: number): Unreadable {
    if (this.kind !== K.in && !(this.kind === K.not && this.peek(1) === K.in)) this.unexpected(["IN"]);
    const node = this.unreadable({ start, end: this.lastEnd });
    this.#tuple = { node, operands };
    return node;
  }

  /** `a.b`, `` `a-b` ``, `?a`, `f(…)` */
  private columnOrCall(): Expression {
    const { start, kind } = this;
    if (this.peek(1) === K.open) return this.call();
    if (this.end - start === 1 && kind === K.name && !isLetter(this.text.charCodeAt(start)))
      this.fail("query/bad-character", { character: this.quotedWord() });
    this.height = 1;
    const first = this.namePart();
    if (this.kind !== K.dot) return first;
    const parts: (Column | Parameter)[] = [first];
    while (this.accept(K.dot)) {
      if (!this.is(K.name) && !this.is(K.quotedName) && !this.is(K.parameter)) {
        if (!isWord(this.kind)) this.unexpected(["the rest of the name"]);
        this.fail("esql/reserved-word", { word: this.quotedWord() }, this.span, {
          help: `write the part in backticks: \`${this.word}\``,
        });
      }
      parts.push(this.namePart());
    }
    return this.joinParts(parts, start) as ColumnReference;
  }

  private namePart(): Column | Parameter {
    if (this.kind === K.parameter) return this.parameter();
    const { start, end, word } = this;
    const name = this.kind === K.quotedName ? nameInBackticks(word) : word;
    this.advance();
    return { kind: "column", name, qualifier: undefined, start, end };
  }

  /** `f(*)`, `f(a, b, {"option": 1})` */
  private call(): Call {
    const { start, word: name } = this;
    const nameSpan = this.span;
    this.advance();
    const opened = this.span;
    this.advance();
    if (name.length === 7 && name.toLowerCase() === "is_null")
      this.report("esql/removed-function", { function: name }, nameSpan, { help: "write a IS NULL" });
    let height = 0;
    let args: Expression[] = [];
    const star = this.kind === K.star && this.peek(1) === K.close;
    if (star) this.advance();
    else if (this.kind !== K.close) {
      let first = true;
      args = this.nested(() =>
        this.items(() => {
          const arg = this.kind === K.openCurly && !first ? this.optionMap() : this.expression();
          first = false;
          height = Math.max(height, this.height);
          return arg;
        }),
      );
    }
    const distinct = args.length === 1 && args[0]!.kind === "column" && /^distinct$/i.test(args[0].name);
    this.close(K.close, ")", opened, distinct ? `write ${name.toUpperCase()}_DISTINCT(…)` : undefined);
    this.grow(height);
    return { kind: "call", name, nameSpan, star, args, start, end: this.lastEnd };
  }

  /** The map at the end of a function's arguments. */
  private optionMap(): MapLiteral {
    const map = this.map();
    if (this.kind === K.comma)
      this.unexpected(['")"'], { help: "the map of options is the last argument of a function" });
    return map;
  }

  // Constants.

  /** A number, text, boolean, null, parameter, span of time or list. */
  protected constant(): Expression {
    this.height = 1;
    const { start, end, kind } = this;
    switch (kind) {
      case K.integer:
        return this.numberOrTimespan();
      case K.decimal:
        return this.number();
      case K.text:
        return this.textLiteral();
      case K.true:
      case K.false:
        this.advance();
        return { kind: "literal", type: "boolean", value: kind === K.true, start, end };
      case K.null:
        this.advance();
        return { kind: "literal", type: "null", value: null, start, end };
      case K.parameter:
        return this.parameter();
      case K.plus:
        this.advance();
        return this.numeric();
      case K.minus: {
        this.advance();
        const value = this.numeric();
        return value.kind === "timespan"
          ? { ...value, amount: 0 - value.amount, start }
          : negative(value as NumberLiteral, start);
      }
      case K.openSquare:
        return this.constants();
      default:
        return this.unexpected(["a value"]);
    }
  }

  /** What can stand after a sign. */
  private numeric(): Expression {
    if (this.kind === K.integer) return this.numberOrTimespan();
    if (this.kind === K.decimal) return this.number();
    return this.unexpected(["a number"]);
  }

  private number(): NumberLiteral {
    const { start, end, word } = this;
    const literal = numberLiteral(word, start, end);
    if (literal === undefined) return this.fail("esql/number-too-large", { number: quoted(word) });
    this.advance();
    return literal;
  }

  /** `1`, `1 day` */
  private numberOrTimespan(): Expression {
    const { start } = this;
    const number = this.number();
    if (this.kind !== K.name) return number;
    const unit = this.end - this.start > 17 ? "" : this.lowerWord;
    if (isPipeCommand(unit) || isSourceCommand(unit)) return number;
    if (!isTimespanUnit(unit)) {
      const help = didYouMean(this.word.slice(0, 20), TIMESPAN_UNITS);
      return this.fail(
        "esql/timespan-unit",
        { unit: this.quotedWord() },
        this.span,
        help === undefined ? {} : { help },
      );
    }
    this.advance();
    return { kind: "timespan", amount: Number(number.value), unit, start, end: this.lastEnd };
  }

  protected textLiteral(): Literal {
    const { start, end, word } = this;
    this.advance();
    return {
      kind: "literal",
      type: "keyword",
      value: textValue(word),
      content: contentOf(word, start),
      start,
      end,
    };
  }

  /** `[1, -2.5]`, `["a"]`, `[true]` */
  private constants(): List {
    const { start } = this;
    const opened = this.span;
    this.advance();
    const values: Expression[] = [];
    do values.push(this.element());
    while (this.accept(K.comma));
    this.close(K.closeSquare, "]", opened);
    const end = this.lastEnd;
    const first = values[0]!;
    if (values.some((value) => family(value) !== family(first)))
      this.report("esql/mixed-list", {}, { start, end });
    this.height = 2;
    return { kind: "list", values, start, end };
  }

  private element(): Expression {
    switch (this.kind) {
      case K.text:
      case K.true:
      case K.false:
        return this.constant();
      case K.integer:
      case K.decimal:
        return this.number();
      case K.plus:
        this.advance();
        return this.number();
      case K.minus: {
        const { start } = this;
        this.advance();
        if (!this.is(K.integer) && !this.is(K.decimal)) this.unexpected(["a number"]);
        return negative(this.number(), start);
      }
      default:
        return this.unexpected(["a number, a text, true or false"], {
          help: 'a list holds constants: [1, 2], ["a", "b"]',
        });
    }
  }

  /** `{"a": 1, "b": {"c": [1]}}` */
  protected map(): MapLiteral {
    const { start } = this;
    const opened = this.span;
    this.expect(K.openCurly, '"{"');
    const entries: MapEntry[] = [];
    let height = 1;
    if (this.kind !== K.closeCurly)
      this.nested(() => {
        do {
          entries.push(this.mapEntry());
          height = Math.max(height, this.height);
        } while (this.accept(K.comma));
      });
    this.close(K.closeCurly, "}", opened);
    this.grow(height);
    return { kind: "map", entries, start, end: this.lastEnd };
  }

  private mapEntry(): MapEntry {
    const { start } = this;
    const keySpan = this.span;
    if (this.kind !== K.text) this.unexpected(["a key in double quotes"]);
    const key = textValue(this.word);
    this.advance();
    this.expect(K.colon, '":"');
    const value = this.is(K.openCurly) ? this.map() : this.constant();
    return { key, keySpan, value, start, end: this.lastEnd };
  }

  /** What has been read is one level higher than its highest part. */
  protected grow(height: number): void {
    this.height = height + 1;
    if (this.height > this.peak) this.peak = this.height;
    if (this.height > MAX_HEIGHT) this.fail("query/too-deep", { limit: MAX_HEIGHT }, this.lastSpan());
  }

  private lastSpan(): Span {
    return { start: Math.max(0, this.lastEnd - 1), end: this.lastEnd };
  }
}

function isReference(node: Expression): node is ColumnReference {
  return node.kind === "column" || node.kind === "parameter" || node.kind === "parameter-column";
}

function isNull(node: Expression): boolean {
  return node.kind === "literal" && node.type === "null";
}

function isNumber(node: Expression): node is NumberLiteral {
  return (
    node.kind === "literal" && node.type !== "boolean" && node.type !== "keyword" && node.type !== "null"
  );
}

/** What the values of one list have in common. */
function family(node: Expression): string {
  return isNumber(node) ? "number" : node.kind === "literal" ? node.type : node.kind;
}

function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}
