/** Conditions against the mapping of their fields: unknown names, and values that do not go with the type. */
import {
  type FieldInfo,
  type Fields,
  familyOf,
  hasFieldsBelow,
  isInteger,
  isObject,
  judgeUnknown,
} from "../../fields/index.js";
import { checkAllowedValue, checkSince, type Findings, quoted, type Span } from "../core/index.js";
import { isValueOf, tokens, toNumber } from "../match/index.js";
import type { Name, Nested, Value } from "./ast.js";
import { isAny, meantBy } from "./patterns.js";
import { nestedPathOf } from "./scope.js";
import { partsOf } from "./text-tests.js";
import { isPlainKeyword } from "./value-tests.js";
import { type Leaf, under, visitValues, type Visitor } from "./visit.js";

/** Checks conditions against fields. */
export class FieldChecks implements Visitor {
  readonly #findings: Findings;
  readonly #fields: Fields;
  readonly #stack: string | undefined;

  constructor(findings: Findings, fields: Fields, stack: string | undefined) {
    this.#findings = findings;
    this.#fields = fields;
    this.#stack = stack;
  }

  leaf(leaf: Leaf, path: string | undefined): void {
    const { field: name } = leaf;
    if (name === undefined) return;
    const values: Value[] = [];
    visitValues(leaf.value, (value) => values.push(value));
    if (name.pieces === undefined) this.#onField(leaf, name, values, path);
    else this.#onPattern(name, path);
  }

  nested({ path: name }: Nested, path: string | undefined): void {
    const full = under(path, name);
    if (name.pieces !== undefined) {
      this.#findings.add("kql/not-nested", { path: full }, name, { severity: "error" });
      return;
    }
    const field = this.#fields.find(full);
    if (field === undefined && !hasFieldsBelow(this.#fields, full)) this.#unknown(full, name);
    else if (field?.type !== "nested" && !this.#isNestedPath(full)) {
      const severity = this.#fields.closed ? "error" : "warning";
      this.#findings.add("kql/not-nested", { path: full }, name, { severity });
    }
  }

  /** Whether a field says of itself that it lies in a nested object of this name. */
  #isNestedPath(path: string): boolean {
    for (const name of this.#fields.names()) {
      if (name.startsWith(`${path}.`) && this.#fields.find(name)?.nestedIn === path) return true;
    }
    return false;
  }

  #unknown(name: string, span: Span): void {
    if (this.#findings.isFull) return;
    const unknown = judgeUnknown(this.#fields, name);
    if (unknown === undefined) return;
    const { code, severity, ...help } = unknown;
    // A condition on an object is no error to Kibana: it finds nothing.
    const weight = this.#fields.closed ? severity : "warning";
    this.#findings.add(code, { name }, span, { ...help, severity: weight });
  }

  #onPattern(name: Name, path: string | undefined): void {
    if (!this.#fields.closed) return;
    const full = under(path, name);
    const isMeant = meantBy({ ...name, name: full });
    for (const other of this.#fields.names()) if (isMeant(other)) return;
    const help = "no field has a name of this pattern";
    this.#findings.add("field/unknown", { name: full }, name, { severity: "error", help });
  }

  #onField(leaf: Leaf, name: Name, values: readonly Value[], path: string | undefined): void {
    const full = under(path, name);
    const field = this.#fields.find(full);
    if (field === undefined) {
      const asksForAny = leaf.kind === "is" && values.every(isAny) && hasFieldsBelow(this.#fields, full);
      if (!asksForAny) this.#unknown(full, name);
      return;
    }
    if (this.#stack !== undefined) checkSince(this.#findings, field, this.#stack, name);
    const nestedPath = nestedPathOf(field);
    if (nestedPath !== undefined && nestedPath !== path) {
      const help = `write ${nestedPath}: { ${full.slice(nestedPath.length + 1) || "…"}: … }`;
      this.#findings.add("field/nested", { field: full, path: nestedPath }, name, {
        severity: "warning",
        help,
      });
    }
    if (isObject(field.type)) {
      if (values.every(isAny)) return;
      this.#findings.add("field/is-object", { name: full }, name, { severity: "warning" });
      return;
    }
    const all = values.map(({ value }) => value);
    for (const value of values) {
      if (isAny(value) || value.value === null) continue;
      if (leaf.kind === "range") this.#onBound(field, value);
      else if (value.pieces === undefined) this.#onValue(field, value, all);
      else this.#onWildcard(field, value, value.pieces);
    }
  }

  /** `all`: the values of the condition. */
  #onValue(field: FieldInfo, value: Value, all: readonly unknown[]): void {
    const text = String(value.value);
    const { type, name } = field;
    if (!isValueOf(type, text)) {
      this.#mismatch(field, `equal ${quoted(text)}`, value);
    } else if (isInteger(type) && !Number.isInteger(toNumber(text))) {
      this.#mismatch(field, `equal ${quoted(text)}`, value, "warning");
    } else if (familyOf(type) === "text") {
      if (tokens(text).length < 2) return;
      if (!value.quoted) this.#findings.add("kql/any-word", { field: name, value: quoted(text) }, value);
      else if (field.positions === false) this.#findings.add("field/no-positions", { field: name }, value);
    } else if (familyOf(type) === "keyword") checkAllowedValue(this.#findings, field, text, value, all);
  }

  #onBound(field: FieldInfo, value: Value): void {
    const text = String(value.value);
    const { type, name } = field;
    if (!isValueOf(type, text, true)) this.#mismatch(field, `be compared with ${quoted(text)}`, value);
    else if (familyOf(type) === "keyword" && toNumber(text) !== undefined) {
      this.#findings.add("kql/keyword-range", { field: name, type, value: text }, value);
    }
  }

  #onWildcard(field: FieldInfo, value: Value, pieces: readonly string[]): void {
    const { type, name } = field;
    const family = familyOf(type);
    if (family === "number" || family === "date" || family === "boolean" || family === "ip") {
      const severity = isConflict(field) ? "warning" : "error";
      this.#findings.add("field/wildcard-on-type", { field: name, type }, value, { severity });
      return;
    }
    if (isPlainKeyword(field) || family === "other" || family === "range") return;
    const parts = partsOf(pieces);
    if (parts.length > 1) {
      this.#findings.add("kql/wildcard-with-space", { field: name, type }, value);
    } else if (family === "text") {
      const character = /[^\p{L}\p{N}\p{M}_.'’:]/u.exec(pieces.join(""))?.[0];
      if (character === undefined) return;
      this.#findings.add("kql/text-pattern", { field: name, character }, value);
    }
  }

  #mismatch(field: FieldInfo, use: string, span: Span, weight?: "warning"): void {
    const { name, type, source } = field;
    // Mappings may have date formats of their own, of which nothing is known.
    const isSure =
      !isConflict(field) && (familyOf(type) !== "date" || source === "ecs" || source === "metadata");
    const severity = weight ?? (isSure ? "error" : "warning");
    this.#findings.add("field/type-mismatch", { field: name, type, use }, span, { severity });
  }
}

/** Whether some indices map the field to another type. */
function isConflict({ otherTypes }: FieldInfo): boolean {
  return otherTypes !== undefined && otherTypes.length > 0;
}
