import {
  type FieldInfo,
  type Fields,
  familyOf,
  hasFieldsBelow,
  isDate,
  isIp,
  isKeyword,
  isNumber,
} from "../../fields/index.js";
import {
  checkAllowedValue,
  checkSince,
  Findings,
  type QueryDiagnostic,
  quoted,
  reportUnknownField,
  type Span,
} from "../core/index.js";
import { parseCidr, parseDate, parseIp, tokens, toBoolean, toNumber } from "../match/index.js";
import type { FieldName, Leaf, Query } from "./ast.js";
import { type Condition, conditionOf, eachLeaf, type Range } from "./condition.js";
import { badDateUnit } from "./date-unit.js";
import { isOperatorWord } from "./operator-words.js";
import { textual } from "./value.js";
import { valueSpan } from "./value-span.js";

interface TypeOptions {
  readonly fields: Fields;
  /** The fields of conditions without one, where they are not all. */
  readonly defaultFields?: readonly string[];
  /** The stack that the query is for, such as `9.4`. */
  readonly stack?: string;
}

/** Checks the fields that a query names, and what it asks of them, against what is known of them. */
export function checkTypes({ clauses }: Query, options: TypeOptions): readonly QueryDiagnostic[] {
  const checker = new TypeChecker(options);
  eachLeaf(clauses, (leaf, field) => checker.leaf(leaf, field));
  return checker.findings.all;
}

class TypeChecker {
  readonly findings = new Findings();
  readonly #options: TypeOptions;
  /** Names of fields that were looked at, by their places: a group names one for many values. */
  readonly #named = new Set<number>();

  constructor(options: TypeOptions) {
    this.#options = options;
  }

  leaf(leaf: Leaf, field: FieldName | undefined): void {
    const { fields, defaultFields = [] } = this.#options;
    if (field === undefined) {
      for (const name of defaultFields) {
        const info = fields.find(name);
        if (info !== undefined) this.#condition(leaf, conditionOf(leaf, name), info);
      }
      return;
    }
    const condition = conditionOf(leaf, field.name);
    if (condition.kind === "everything") return;
    const name = condition.kind === "exists" ? condition.name : field.name;
    if (name.includes("*")) return;
    const info = this.#field(
      name,
      name === field.name ? field : valueSpan(leaf),
      condition.kind === "exists",
    );
    if (info !== undefined) this.#condition(leaf, condition, info);
  }

  /** Looks a field up, and says what there is to say of its name. */
  #field(name: string, span: Span, mayBeObject: boolean): FieldInfo | undefined {
    const { fields, stack } = this.#options;
    const info = fields.find(name);
    if (this.#named.has(span.start)) return info;
    this.#named.add(span.start);
    if (info === undefined) {
      if (!mayBeObject || !hasFieldsBelow(fields, name))
        reportUnknownField(this.findings, fields, name, span);
      return undefined;
    }
    if (stack !== undefined) checkSince(this.findings, info, stack, span);
    if (info.nestedIn !== undefined) {
      this.findings.add("field/nested", { field: name, path: info.nestedIn }, span, {
        severity: "warning",
        help: "Lucene queries do not look into nested objects and find nothing there; KQL does",
      });
    }
    return info;
  }

  #condition(leaf: Leaf, condition: Condition, info: FieldInfo): void {
    const family = familyOf(info.type);
    if (condition.kind !== "exists" && (family === "object" || family === "range")) {
      if (family === "object")
        this.findings.add("field/is-object", { name: info.name }, leaf, { severity: "warning" });
      return;
    }
    const span = valueSpan(leaf);
    switch (condition.kind) {
      case "words":
      case "phrase":
        this.#value(condition.text, info, span);
        if (condition.kind === "phrase") this.#phrase(condition.text, info, span);
        else this.#words(leaf, info, span);
        break;
      case "range":
        this.#range(leaf, condition, info);
        break;
      case "wildcard":
        if (family !== "text" && !textual(info.type))
          this.findings.add("field/wildcard-on-type", { field: info.name, type: info.type }, span);
        break;
      case "regexp":
        this.#textOnly("be searched by regular expressions", info, span);
        break;
      case "fuzzy":
        this.#textOnly("be searched by terms that are nearly alike", info, span);
        break;
    }
  }

  #textOnly(use: string, { name, type }: FieldInfo, span: Span): void {
    if (familyOf(type) === "text" || textual(type)) return;
    this.findings.add("field/type-mismatch", { field: name, type, use }, span, {
      help: "these work on keyword and text fields; use a value or a range",
    });
  }

  #value(text: string, info: FieldInfo, span: Span): void {
    if (isKeyword(info.type)) checkAllowedValue(this.findings, info, text, span);
    else if (isIp(info.type)) {
      if (parseIp(text) === undefined && parseCidr(text) === undefined)
        this.#unfit(text, info, span, "an address, or a block such as 10.0.0.0/8 in quotes");
    } else if (familyOf(info.type) === "boolean") {
      if (toBoolean(text) === undefined) this.#unfit(text, info, span, "true or false");
    } else this.#bound(text, info, span);
  }

  /** A number or a date, alone or as the bound of a range. */
  #bound(text: string, info: FieldInfo, span: Span): void {
    if (isNumber(info.type)) {
      if (toNumber(text.trim()) === undefined) this.#unfit(text, info, span, "a number");
    } else if (isDate(info.type)) this.#date(text, info, span);
    else if (isIp(info.type) && parseIp(text) === undefined) this.#unfit(text, info, span, "an address");
  }

  #unfit(text: string, { name, type }: FieldInfo, span: Span, wanted: string): void {
    const use = `be compared with ${quoted(text)}`;
    this.findings.add("field/type-mismatch", { field: name, type, use }, span, { help: `write ${wanted}` });
  }

  /** A format that the mapping gives the field is not known, but that of ECS fields is. */
  #date(text: string, info: FieldInfo, span: Span): void {
    const bad = badDateUnit(text);
    if (bad !== undefined) {
      const { unit } = bad;
      const isPlain = span.end - span.start === text.length;
      const place = isPlain ? { start: span.start + bad.start, end: span.start + bad.end } : span;
      this.findings.add("lucene/bad-date-unit", { unit }, place);
    } else if (parseDate(text, 0) === undefined) {
      const severity = info.source === "ecs" || info.source === "metadata" ? "error" : "warning";
      this.findings.add("lucene/bad-date", { text: quoted(text), field: info.name }, span, { severity });
    }
  }

  #phrase(text: string, info: FieldInfo, span: Span): void {
    if (familyOf(info.type) === "text" && info.positions === false && tokens(text).length > 1)
      this.findings.add("field/no-positions", { field: info.name }, span);
  }

  #words(leaf: Leaf, info: FieldInfo, span: Span): void {
    if (leaf.kind !== "term" || leaf.words.length < 2 || !isKeyword(info.type)) return;
    if (leaf.words.some(({ text }) => isOperatorWord(text))) return;
    const text = quoted(leaf.words.map((word) => word.text).join(" "));
    this.findings.add("lucene/joined-words", { field: info.name, type: info.type, text }, span);
  }

  #range(leaf: Leaf, { low, high }: Range, info: FieldInfo): void {
    const whole = valueSpan(leaf);
    if (low !== undefined) this.#bound(low, info, leaf.kind === "range" ? leaf.low : whole);
    if (high !== undefined) this.#bound(high, info, leaf.kind === "range" ? leaf.high : whole);
    const isAsNumber = [low, high].some((bound) => bound !== undefined && toNumber(bound) !== undefined);
    if (isAsNumber && isKeyword(info.type)) {
      const use = "be compared as a number: its values are compared letter by letter";
      this.findings.add("field/type-mismatch", { field: info.name, type: info.type, use }, whole, {
        severity: "warning",
        help: "10 comes before 9 there; use a field that holds numbers",
      });
    } else if (familyOf(info.type) === "boolean") {
      this.findings.add(
        "field/type-mismatch",
        { field: info.name, type: info.type, use: "be compared by a range" },
        whole,
        { help: "write true or false" },
      );
    }
  }
}
