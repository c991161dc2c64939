import { quoted } from "../core/index.js";
import type { Arithmetic, Comparison, Expression, In, Literal, PatternMatch } from "./ast.js";
import { checkCall } from "./check-calls.js";
import { type CheckContext, describe, isOpen, typeOfLiteral } from "./check-context.js";
import { checkListType, checkValue, checkWildcardOn } from "./check-values.js";
import { checkRegex } from "./check-regex.js";
import type { Type } from "./signatures.js";

/** Checks the condition of one event: every part of it has a type, and what takes it has to be able to. */
export class ConditionChecker {
  readonly #context: CheckContext;
  readonly #category: string | undefined;
  /** Whether the part that is looked at stands below an odd number of `not`. */
  #negated = false;

  constructor(context: CheckContext, category: string | undefined) {
    this.#context = context;
    this.#category = category;
  }

  /** Checks what has to be true or false. */
  condition(expression: Expression): void {
    switch (expression.kind) {
      case "and":
      case "or":
        for (const operand of expression.operands) this.condition(operand);
        return;
      case "not":
        if (expression.operand.kind === "not")
          this.#context.findings.add(
            "eql/double-not",
            {},
            // A `!` that was written for it is shorter.
            { start: expression.start, end: Math.min(expression.operand.start + 3, expression.end) },
          );
        this.#negated = !this.#negated;
        this.condition(expression.operand);
        this.#negated = !this.#negated;
        return;
      default: {
        const type = this.#typeOf(expression, true);
        if (type === "boolean" || isOpen(type)) return;
        this.#context.findings.add("eql/not-boolean", { type: describe(expression, type) }, expression);
      }
    }
  }

  /**
   * The type of an expression. `searched`: it is looked up in the index as it stands; what stands within a function or
   * a calculation is computed for each event, where fields can be compared with each other.
   */
  #typeOf(expression: Expression, searched: boolean): Type {
    switch (expression.kind) {
      case "and":
      case "or":
      case "not":
        this.condition(expression);
        return "boolean";
      case "comparison":
        this.#comparison(expression, searched);
        return "boolean";
      case "match":
        this.#match(expression);
        return "boolean";
      case "in":
        this.#in(expression, searched);
        return "boolean";
      case "arithmetic":
        this.#arithmetic(expression);
        return "number";
      case "negation":
        this.#needNumber("-", expression.operand);
        return "number";
      case "call":
        return checkCall(expression, expression.args.map((arg) => this.#typeOf(arg, false)), this.#context);
      case "field":
        return this.#context.typeOf(expression);
      case "literal":
        return typeOfLiteral(expression);
      case "error":
        return "unknown";
    } // prettier-ignore
  }

  #arithmetic({ operator, left, right }: Arithmetic): void {
    this.#needNumber(operator, left);
    this.#needNumber(operator, right);
  }

  #needNumber(operator: string, operand: Expression): void {
    const type = this.#typeOf(operand, false);
    if (type === "number" || isOpen(type)) return;
    const params = { operator, expected: "numbers", type: describe(operand, type) };
    this.#context.findings.add("eql/operand-type", params, operand);
  }

  #comparison(comparison: Comparison, searched: boolean): void {
    const { left, right, operator } = comparison;
    const isBoolean = (one: Expression): boolean => one.kind === "literal" && typeof one.value === "boolean";
    // A comparison with true or false is taken apart before the search.
    const leftType = this.#typeOf(left, searched && isBoolean(right));
    const rightType = this.#typeOf(right, searched && isBoolean(left));
    if (searched && this.#context.readsField(left) && this.#context.readsField(right)) {
      this.#context.findings.add("eql/field-comparison", {}, right, this.#adviceOnField(right));
      return;
    }
    if (left.kind === "field" && right.kind === "literal") this.#fieldValue(left, operator, right);
    else if (right.kind === "field" && left.kind === "literal") this.#fieldValue(right, operator, left);
    else if (leftType !== rightType && !isOpen(leftType) && !isOpen(rightType)) {
      const params = { left: describe(left, leftType), right: describe(right, rightType) };
      this.#context.findings.add("eql/never-equal", params, comparison);
    }
  }

  /** A name that is no field may be a text that lost its quotes. */
  #adviceOnField(operand: Expression): { help?: string } {
    const { fields } = this.#context;
    return operand.kind === "field" && fields !== undefined && fields.find(operand.name) === undefined
      ? { help: `put it in quotes if it is a text: ${quoted(operand.name)}` }
      : {};
  }

  #fieldValue(field: Expression, operator: Comparison["operator"], literal: Literal): void {
    const isExact = operator === "==" || operator === "!=";
    if (isExact) checkWildcardOn(operator, literal, field, this.#context);
    const category = operator === "==" ? this.#wantedCategory() : undefined;
    checkValue(
      field,
      literal,
      { ordered: !isExact, exact: isExact, insensitive: false, category },
      this.#context,
    );
  }

  /** The category that an `event.type` has to go with; none where the condition is negated. */
  #wantedCategory(): string | undefined {
    return this.#negated || this.#context.categoryField !== "event.category" ? undefined : this.#category;
  }

  #match({ operator, operand, patterns }: PatternMatch): void {
    const { findings } = this.#context;
    const type = this.#typeOf(operand, false);
    const info = this.#context.infoOf(operand);
    const isPattern = (pattern: Expression): boolean =>
      operator !== ":" ||
      (pattern.kind === "literal" && typeof pattern.value === "string" && /[*?]/.test(pattern.value));
    if (type !== "text" && type !== "version" && !isOpen(type)) {
      if (info === undefined)
        findings.add(
          "eql/operand-type",
          { operator, expected: "text", type: describe(operand, type) },
          operand,
        );
      else if (patterns.some(isPattern))
        findings.add(
          "field/wildcard-on-type",
          { field: info.name, type: info.type },
          operand,
          adviceFor(type),
        );
      else {
        const params = { field: info.name, type: info.type, use: `be compared with "${operator}"` };
        findings.add("field/type-mismatch", params, operand, { help: `":" is for text: write "=="` });
      }
      return;
    }
    for (const pattern of patterns) {
      if (pattern.kind !== "literal") continue;
      if (typeof pattern.value !== "string") {
        const found = describe(pattern, typeOfLiteral(pattern));
        const help =
          pattern.value === null ? {} : { help: `write ${quoted(String(pattern.value))} in quotes` };
        findings.add("eql/pattern-not-text", { operator, found }, pattern, help);
      } else if (operator === "regex" || operator === "regex~") {
        checkRegex(pattern.value, pattern, operator === "regex~", this.#context);
      } else if (!isPattern(pattern)) {
        const category = this.#wantedCategory();
        checkValue(
          operand,
          pattern,
          { ordered: false, exact: true, insensitive: true, category },
          this.#context,
        );
      }
    }
  }

  #in({ operand, values, negated, insensitive }: In, searched: boolean): void {
    const type = this.#typeOf(operand, false);
    const operator = insensitive ? "in~" : "in";
    const category = negated ? undefined : this.#wantedCategory();
    const types = values.map((value) => this.#typeOf(value, false));
    for (const value of values) {
      if (searched && this.#context.readsField(value))
        this.#context.findings.add("eql/field-comparison", {}, value);
      if (value.kind !== "literal" || operand.kind !== "field") continue;
      checkWildcardOn(operator, value, operand, this.#context, values.length > 1);
    }
    if (checkListType(operand, type, values, types, this.#context)) return;
    const literals = values.filter((value) => value.kind === "literal");
    const beside = literals.map(({ value }) => value);
    for (const literal of literals)
      checkValue(
        operand,
        literal,
        { ordered: false, exact: true, insensitive, category, beside },
        this.#context,
      );
  }
}

function adviceFor(type: Type): { help?: string } {
  if (type === "ip") return { help: 'write cidrMatch(field, "10.0.0.0/8")' };
  if (type === "number") return { help: "write a comparison: field >= 8000 and field < 9000" };
  return type === "boolean" ? { help: 'write "== true" or "== false"' } : {};
}
