import { type FieldInfo, type Fields, familyOf, isObject, isText } from "../../fields/index.js";
import { checkSince, type Findings, quoted, reportUnknownField } from "../core/index.js";
import type { Expression, Field, Literal } from "./ast.js";
import { visitFields } from "./fields-of.js";
import { printLiteral } from "./print.js";
import type { Type } from "./signatures.js";
import { typeOfMapping } from "./type-of-mapping.js";

/** Types that Elasticsearch has and EQL cannot read. */
const UNSUPPORTED: ReadonlySet<string> = new Set([
  "aggregate_metric_double", "completion", "dense_vector", "geo_point", "geo_shape", "histogram", "join", "percolator",
  "point", "rank_feature", "rank_features", "shape", "sparse_vector",
]); // prettier-ignore

/** Words that are constants in lower case, and names otherwise. */
const CONSTANTS: ReadonlySet<string> = new Set(["true", "false", "null"]);

/** `TRUE`, `Null`: no field has such a name. */
function isMiswrittenConstant(name: string): boolean {
  const lower = name.toLowerCase();
  return CONSTANTS.has(lower) && name !== lower;
}

/** What the checks of one query share. */
export class CheckContext {
  readonly findings: Findings;
  readonly fields: Fields | undefined;
  /** The field that holds the category of an event. */
  readonly categoryField: string;
  /** The stack that the query is for. */
  readonly stack: string | undefined;
  /** Types of the fields that have been looked at; each is reported where it stands first. */
  readonly #types = new Map<string, Type>();

  constructor(
    findings: Findings,
    fields: Fields | undefined,
    categoryField: string,
    stack: string | undefined,
  ) {
    this.findings = findings;
    this.fields = fields;
    this.categoryField = categoryField;
    this.stack = stack;
  }

  /** What is known of an operand that is a field. */
  infoOf(expression: Expression): FieldInfo | undefined {
    return expression.kind === "field" ? this.fields?.find(expression.name) : undefined;
  }

  /** The type of a field. What keeps Elasticsearch from reading it is reported. */
  typeOf(field: Field): Type {
    const key = (field.optional ? "?" : "") + field.name;
    let type = this.#types.get(key);
    if (type === undefined) this.#types.set(key, (type = this.#judge(field)));
    return type;
  }

  #judge(field: Field): Type {
    const { name, optional } = field;
    const info = this.fields?.find(name);
    if (info === undefined) return this.#judgeUnknown(field);
    if (this.stack !== undefined && !optional) checkSince(this.findings, info, this.stack, field);
    const { type, otherTypes = [], nestedIn } = info;
    if (nestedIn !== undefined || type === "nested") {
      this.findings.add("field/nested", { field: name, path: nestedIn ?? name }, field);
      return "unknown";
    }
    if (isObject(type)) {
      this.findings.add("field/is-object", { name }, field);
      return "unknown";
    }
    const families = new Set([type, ...otherTypes].map((one) => typeOfMapping(one)));
    if (families.size > 1) {
      const types = [type, ...otherTypes].join(", ");
      this.findings.add("field/conflicting-types", { field: name, types }, field);
      return "unknown";
    }
    if (familyOf(type) === "range" || UNSUPPORTED.has(type)) {
      this.findings.add("field/type-mismatch", { field: name, type, use: "be read by EQL" }, field, {
        help: "EQL reads keywords, numbers, dates, addresses, booleans and versions",
      });
      return "unknown";
    }
    if (info.normalizer !== undefined) {
      const use = "be read by EQL, which wants values as they are";
      const said = `${type} with the normalizer ${info.normalizer}`;
      this.findings.add("field/type-mismatch", { field: name, type: said, use }, field, {
        help: "name a keyword without a normalizer: in EQL :, in~ and the functions with ~ compare without regard to case",
      });
      return "unknown";
    }
    if (isText(type) && info.exact === undefined)
      this.findings.add("field/no-exact-value", { field: name, type }, field);
    return typeOfMapping(type);
  }

  #judgeUnknown(field: Field): Type {
    const { name, optional } = field;
    if (isMiswrittenConstant(name)) {
      const help = `write ${quoted(name.toLowerCase())}`;
      this.findings.add("eql/keyword-case", { found: name }, field, { help });
      return "unknown";
    }
    if (this.fields === undefined) return "unknown";
    if (optional) return this.fields.closed ? "null" : "unknown";
    reportUnknownField(this.findings, this.fields, name, field);
    return "unknown";
  }

  /**
   * Whether an expression reads a field for certain. An optional field that is mapped nowhere is null, which is a
   * constant.
   */
  readsField(expression: Expression): boolean {
    let reads = false;
    visitFields(expression, ({ name, optional }) => {
      reads ||= (!optional && !isMiswrittenConstant(name)) || this.fields?.find(name) !== undefined;
    });
    return reads;
  }
}

export function typeOfLiteral({ value }: Literal): Type {
  if (value === null) return "null";
  return typeof value === "string" ? "text" : typeof value === "number" ? "number" : "boolean";
}

/** Whether nothing can be said against a value of this type. */
export function isOpen(type: Type): boolean {
  return type === "unknown" || type === "null";
}

const DESCRIPTIONS: Readonly<Record<Type, string>> = {
  boolean: "a boolean",
  date: "a date",
  ip: "an address",
  null: "null",
  number: "a number",
  text: "a text",
  unknown: "a value",
  version: "a version",
};

/** `a number`; `"pid", a number`. */
export function describe(expression: Expression, type: Type): string {
  if (expression.kind === "field") return `${quoted(expression.name)}, ${DESCRIPTIONS[type]}`;
  if (expression.kind === "literal" && expression.value !== null)
    return `the ${type} ${typeof expression.value === "string" ? quoted(expression.value) : printLiteral(expression)}`;
  return DESCRIPTIONS[type];
}
