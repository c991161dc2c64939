import { type Diagnostic, report, type Target } from "../../diagnostics/index.js";
import {
  type FieldInfo,
  type Fields,
  isDate,
  isKeyword,
  isNumber,
  isObject,
  isString,
  isText,
} from "../../fields/index.js";
import { isRuleType } from "../../kibana/rule.js";
import { esql } from "../../query/index.js";
import type { RuleView } from "../check.js";
import { fieldValue } from "../field-value.js";
import { unknownField } from "../unknown-field.js";

/** A field that a rule names outside of its query. */
interface Use {
  readonly name: string;
  readonly at: () => Target;
}

/** What a setting does with a field, and the fields that will do. */
interface Need {
  /** `be the tiebreaker` */
  readonly use: string;
  readonly fits: (type: string) => boolean;
  readonly needed: string;
  /** Kibana reads the value from the document and passes over one that will not do; else the search fails. */
  readonly lenient?: true;
}

const hasValue = (type: string): boolean => !isObject(type);
const GROUP: Need = { use: "be grouped by", fits: hasValue, needed: "a field with values of its own" };
const RISK: Need = { use: "be the risk score", fits: isNumber, needed: "a number", lenient: true };
const SEVERITY: Need = {
  use: "decide the severity",
  fits: hasValue,
  needed: "a field with values of its own",
};

/** The settings that take one field. */
const SINGLE = [
  ["timestamp_override", { use: "be the timestamp", fits: isDate, needed: "a date" }],
  ["timestamp_field", { use: "be the timestamp", fits: isDate, needed: "a date" }],
  ["event_category_override", { use: "be the event category", fits: isKeyword, needed: "a keyword field" }],
  [
    "tiebreaker_field",
    { use: "be the tiebreaker", fits: hasValue, needed: "a field with values of its own" },
  ],
  // Read from the document, so that words will do.
  [
    "rule_name_override",
    { use: "be the rule's name", fits: isString, needed: "a field with text", lenient: true },
  ],
] as const satisfies readonly (readonly [string, Need])[];

/** Fields that a rule's settings name exist, and are of a type that the setting can use. */
export function* fieldUses(view: RuleView): Iterable<Diagnostic> {
  const { rule, at, origin, fields } = view;
  // Of a type that there is not, the schema tells nothing about the settings.
  if (rule.type === undefined || !isRuleType(rule.type)) return;
  if (rule.type === "esql") {
    yield* columnUses(view);
    return;
  }
  for (const use of grouped(view)) yield* group(use, fields);
  for (const [field, need] of SINGLE) {
    const name = rule[field];
    if (name !== undefined) yield* needs({ name, at: () => origin(field) }, need, fields);
  }
  for (const use of mapped(view, "risk_score_mapping")) yield* needs(use, RISK, fields);
  for (const use of mapped(view, "severity_mapping")) yield* needs(use, SEVERITY, fields);
  for (const [i, { field, value }] of (rule.severity_mapping ?? []).entries())
    yield* fieldValue(field, value, at("severity_mapping", i, "value"), fields);
  for (const use of highlighted(view)) yield* unknownField(use.name, use.at, fields);
}

/** The names that are there: what the schema refused of a list is left out. */
const listed = (names: readonly (string | undefined)[] | undefined, at: (i: number) => Target): Use[] =>
  (names ?? []).flatMap((name, i) => (name === undefined ? [] : [{ name, at: () => at(i) }]));

const mapped = ({ rule, at }: RuleView, key: "risk_score_mapping" | "severity_mapping"): Use[] =>
  listed(
    rule[key]?.map(({ field }) => field),
    (i) => at(key, i, "field"),
  );

function grouped(view: RuleView): Use[] {
  const { rule, at } = view;
  const { threshold } = rule;
  const single = threshold !== undefined && typeof threshold.field === "string";
  return [
    ...(single ? [{ name: threshold.field as string, at: () => at("threshold", "field") }] : []),
    ...listed(single ? undefined : (threshold?.field as string[] | undefined), (i) =>
      at("threshold", "field", i),
    ),
    ...listed(
      threshold?.cardinality?.map(({ field }) => field),
      (i) => at("threshold", "cardinality", i, "field"),
    ),
    ...listed(rule.new_terms_fields, (i) => at("new_terms_fields", i)),
    ...suppressed(view),
  ];
}

function suppressed({ rule, at }: RuleView): Use[] {
  const suppression = rule.alert_suppression;
  const names = suppression !== undefined && "group_by" in suppression ? suppression.group_by : undefined;
  return listed(names, (i) => at("alert_suppression", "group_by", i));
}

const highlighted = ({ rule, at }: RuleView): Use[] =>
  listed(rule.investigation_fields?.field_names, (i) => at("investigation_fields", "field_names", i));

/** An alert of an ES|QL rule that aggregates has the columns of the query's results, and no others. */
function* columnUses(view: RuleView): Iterable<Diagnostic> {
  const uses = [...suppressed(view), ...highlighted(view)];
  const query = view.compiled.queries.find(({ field }) => field === "query")?.query;
  // The columns come of following the whole query: only where somebody names one.
  if (uses.length === 0 || query?.language !== "esql") return;
  if (query.diagnostics.some(({ severity }) => severity === "error") || !esql.isAggregating(query.ast))
    return;
  const columns = new Set(
    esql.columnsOf(query.ast, { fields: view.fields, stack: view.stack }).map(({ name }) => name),
  );
  if (columns.size === 0) return;
  for (const { name, at } of uses)
    if (!columns.has(name)) yield report("field/not-in-results", { name }, at());
}

function* needs(
  { name, at }: Use,
  { use, fits, needed, lenient }: Need,
  fields: Fields,
): Iterable<Diagnostic> {
  yield* unknownField(name, at, fields);
  const { type } = fields.find(name) ?? {};
  if (type !== undefined && !fits(type))
    yield report("field/type-mismatch", { field: name, type, use }, at(), {
      help: `name ${needed}`,
      ...(lenient === true ? { severity: "warning" as const } : {}),
    });
}

function* group(use: Use, fields: Fields): Iterable<Diagnostic> {
  const info = fields.find(use.name);
  if (info === undefined || !isText(info.type)) yield* needs(use, GROUP, fields);
  else
    yield report(
      "field/no-exact-value",
      { field: use.name, type: info.type },
      use.at(),
      better(info, fields),
    );
}

/** The keyword field beside a text field: below it, or above it. */
function better({ name, exact }: FieldInfo, fields: Fields): { help?: string } {
  const above = name.slice(0, Math.max(0, name.lastIndexOf(".")));
  const beside = exact ?? (isKeyword(fields.find(above)?.type ?? "") ? above : undefined);
  return beside === undefined ? {} : { help: `write ${beside}` };
}
