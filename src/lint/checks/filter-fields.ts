import { type Diagnostic, report, type Target } from "../../diagnostics/index.js";
import { familyOf } from "../../fields/index.js";
import { isRuleType } from "../../kibana/rule.js";
import type { RuleView } from "../check.js";
import { fieldValue } from "../field-value.js";
import { unknownField } from "../unknown-field.js";

/** Query clauses of Elasticsearch whose keys are fields, and whether they look for patterns in text. */
const BY_FIELD: Readonly<Record<string, "pattern" | "value">> = {
  fuzzy: "pattern",
  match: "value",
  match_phrase: "value",
  match_phrase_prefix: "pattern",
  prefix: "pattern",
  range: "value",
  regexp: "pattern",
  term: "value",
  terms: "value",
  wildcard: "pattern",
};

/** Keys beside the field in `terms`, and in any clause. */
const NO_FIELD = new Set(["boost", "_name"]);

/** How a clause says the value that it looks for, as an object under the field. */
const VALUES = ["value", "query", "gte", "gt", "lte", "lt"];

/** No real filter is nested deeper; what is, is not looked at. */
const MOST_DEPTH = 20;

/** Fields in the query clauses of a rule's filters exist, and take the values that they are compared with. */
export function* filterFields(view: RuleView): Iterable<Diagnostic> {
  const { type, filters } = view.rule;
  // Of a type that there is not, the schema tells nothing about its filters.
  if (type === undefined || !isRuleType(type)) return;
  for (const [i, filter] of (filters ?? []).entries()) {
    const { query } = filter as { query?: unknown };
    yield* clauses(query, ["filters", i, "query"], view, 0);
  }
}

type Place = readonly (string | number)[];

function* clauses(node: unknown, path: Place, view: RuleView, depth: number): Iterable<Diagnostic> {
  if (typeof node !== "object" || node === null || depth > MOST_DEPTH) return;
  if (Array.isArray(node)) {
    for (const [i, each] of node.entries()) yield* clauses(each, [...path, i], view, depth + 1);
    return;
  }
  for (const [name, body] of Object.entries(node)) {
    const at = [...path, name];
    const kind = Object.hasOwn(BY_FIELD, name) ? BY_FIELD[name] : undefined;
    if (kind !== undefined) yield* byField(body, kind, at, view);
    else if (name === "exists") {
      const { field } = (body ?? {}) as { field?: unknown };
      if (typeof field === "string") yield* unknownField(field, () => view.at(...at, "field"), view.fields);
    } else yield* clauses(body, at, view, depth + 1);
  }
}

function* byField(
  body: unknown,
  kind: "pattern" | "value",
  path: Place,
  view: RuleView,
): Iterable<Diagnostic> {
  if (typeof body !== "object" || body === null) return;
  for (const [field, asked] of Object.entries(body)) {
    if (NO_FIELD.has(field)) continue;
    const at: Target = { ...view.at(...path, field), on: "key" };
    yield* unknownField(field, () => at, view.fields).map((finding) => ({ ...finding, target: at }));
    const info = view.fields.find(field);
    if (info === undefined) continue;
    if (kind === "value") {
      for (const [value, place] of valuesOf(asked, [...path, field]))
        yield* fieldValue(field, value, view.at(...place), view.fields);
    } else if (["boolean", "date", "ip", "number"].includes(familyOf(info.type)))
      yield report("field/wildcard-on-type", { field, type: info.type }, at);
  }
}

function valuesOf(asked: unknown, path: Place): [unknown, Place][] {
  if (Array.isArray(asked)) return asked.map((each, i) => [each, [...path, i]]);
  if (typeof asked !== "object" || asked === null) return [[asked, path]];
  const body = asked as Readonly<Record<string, unknown>>;
  return VALUES.filter((key) => body[key] !== undefined).map((key) => [body[key], [...path, key]]);
}
