import { type Diagnostic, report } from "../diagnostics/index.js";
import type { ConnectorSavedObject } from "../kibana/connector.js";
import type { ExceptionItemCreate, ExceptionListCreate } from "../kibana/exceptions.js";
import type { RuleCreate } from "../kibana/rule.js";
import { type ExportSummary, summaryLine } from "./summary-line.js";

/** A rule with the file that it comes from, for findings. */
export interface BundleRule {
  readonly file: string;
  readonly rule: RuleCreate & { readonly rule_id: string };
}

export interface BundleList {
  readonly list: ExceptionListCreate & { readonly list_id: string };
  readonly items: readonly (ExceptionItemCreate & { readonly item_id: string })[];
}

/** A connector as a bundle carries it: never with secrets. */
export interface BundleConnector {
  readonly id: string;
  readonly name: string;
  readonly connector_type_id: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Whether it has secrets, which must be entered in Kibana after the import. */
  readonly needsSecrets: boolean;
}

export interface BundleInput {
  readonly rules: readonly BundleRule[];
  /** All lists and connectors that there are; the bundle takes those that its rules name. */
  readonly lists: readonly BundleList[];
  readonly connectors: readonly BundleConnector[];
}

export interface Bundle {
  readonly text: string;
  readonly summary: ExportSummary;
  readonly diagnostics: readonly Diagnostic[];
}

/** The size of one `_import` request (`maxRuleImportPayloadBytes`), in bytes. */
const MOST_BYTES = 10_485_760;
/** Kibana refuses 10,000 rules in a request, so one less is the most. */
const MOST_RULES = 9_999;
/** By these keys Kibana takes a line for something other than a rule. */
const NOT_IN_A_RULE = ["list_id", "item_id", "entries", "attributes", "exported_count"];

/**
 * One bundle that Kibana's `_import` takes: the rules, then each exception list with its items, then the connectors, then
 * the summary. Sorted by id, so that the same rules give the same bytes. A rule always carries a version: an import that
 * overwrites a rule without one sets it back to 1.
 */
export function exportBundle(input: BundleInput): Bundle {
  const diagnostics: Diagnostic[] = [];
  const rules = [...input.rules].sort((a, b) => compare(a.rule.rule_id, b.rule.rule_id));
  const named = new Set(
    rules.flatMap(({ rule }) => (rule.exceptions_list ?? []).map((list) => list.list_id)),
  );
  const used = new Set(rules.flatMap(({ rule }) => (rule.actions ?? []).map((action) => action.id)));
  const lists = input.lists
    .filter(({ list }) => named.has(list.list_id))
    .sort((a, b) => compare(a.list.list_id, b.list.list_id));
  const connectors = input.connectors.filter(({ id }) => used.has(id)).sort((a, b) => compare(a.id, b.id));
  const listed = new Set(lists.map(({ list }) => list.list_id));
  const connected = new Set(connectors.map(({ id }) => id));
  for (const one of rules) diagnostics.push(...refused(one), ...missing(one, listed, connected));
  const summary = summaryLine({
    rules: rules.length,
    lists: lists.length,
    items: lists.reduce((sum, { items }) => sum + items.length, 0),
    connectors: connectors.length,
    missingLists: without(named, listed),
    missingConnectors: without(used, connected),
  });
  const lines: unknown[] = [
    ...rules.map(({ rule }) => ({ ...rule, version: rule.version ?? 1 })),
    ...lists.flatMap(({ list, items }) => [
      { ...list, id: list.list_id },
      ...[...items].sort((a, b) => compare(a.item_id, b.item_id)),
    ]),
    ...connectors.map(savedObject),
    summary,
  ];
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  diagnostics.push(...tooLarge(text, rules.length));
  return { text, summary, diagnostics };
}

function savedObject(connector: BundleConnector): ConnectorSavedObject {
  const { id, name, connector_type_id, config, needsSecrets } = connector;
  const attributes = {
    actionTypeId: connector_type_id,
    name,
    isMissingSecrets: needsSecrets,
    config: { ...config },
    secrets: {},
  };
  return { id, type: "action", attributes, references: [] };
}

/** What a rule names that the bundle does not carry: Kibana then drops the reference, or refuses the rule. */
function* missing(
  { file, rule }: BundleRule,
  lists: ReadonlySet<string>,
  connectors: ReadonlySet<string>,
): Iterable<Diagnostic> {
  for (const { list_id } of rule.exceptions_list ?? [])
    if (!lists.has(list_id))
      yield report("bundle/missing-list", { list_id }, { file, pointer: "/exceptions" });
  for (const [i, { id }] of (rule.actions ?? []).entries())
    if (!connectors.has(id))
      yield report("bundle/missing-connector", { id }, { file, pointer: `/actions/${i}` });
}

function* refused({ file, rule }: BundleRule): Iterable<Diagnostic> {
  for (const key of NOT_IN_A_RULE.filter((name) => name in rule))
    yield report("bundle/mistaken-line", { key }, { file, pointer: `/extra/${key}`, on: "key" });
}

function tooLarge(text: string, rules: number): Diagnostic[] {
  const target = { file: "" };
  const bytes = Buffer.byteLength(text);
  if (rules > MOST_RULES) return [report("bundle/too-many-rules", { rules, limit: MOST_RULES }, target)];
  return bytes > MOST_BYTES ? [report("bundle/too-large", { bytes, limit: MOST_BYTES }, target)] : [];
}

function without(wanted: ReadonlySet<string>, there: ReadonlySet<string>): string[] {
  return [...wanted].filter((id) => !there.has(id)).sort(compare);
}

/** By code unit, so that the order is the same in every locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
