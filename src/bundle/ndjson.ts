import { type Diagnostic, report } from "../diagnostics/index.js";
import type { BundleInput, BundleRule } from "./input.js";
import { IMPORT_LIMITS, type ImportLimits } from "./limits.js";
import { connectorLine, line, listLines, ruleLine } from "./lines.js";
import { compare } from "./order.js";
import { carriedBy, type Carried, connectorsNamed, listKey, listsNamed } from "./references.js";
import { type ExportSummary, summaryLine } from "./summary-line.js";

export interface Bundle {
  readonly text: string;
  readonly summary: ExportSummary;
  readonly diagnostics: readonly Diagnostic[];
}

/** By these keys Kibana takes a line for something other than a rule. */
const NOT_IN_A_RULE = ["list_id", "item_id", "entries", "attributes", "exported_count"];

/**
 * One bundle that Kibana's `_import` takes: the rules, then each exception list with its items, then the connectors, then
 * the summary. Sorted by id, with keys in one order, so that the same rules give the same bytes.
 */
export function exportBundle(input: BundleInput): Bundle {
  const rules = [...input.rules].sort((a, b) => compare(a.rule.rule_id, b.rule.rule_id));
  const carried = carriedBy(input);
  const { lists, connectors } = carried;
  const summary = summaryLine({
    rules: rules.length,
    lists: lists.length,
    items: lists.reduce((sum, { items }) => sum + items.length, 0),
    connectors: connectors.length,
    missingLists: [...new Set(carried.missingLists.values())].sort(compare),
    missingConnectors: [...carried.missingConnectors].sort(compare),
  });
  const text = [
    ...rules.map(ruleLine),
    ...lists.map(listLines),
    ...connectors.map(connectorLine),
    line(summary),
  ].join("");
  const diagnostics = [
    ...rules.flatMap((rule) => [...refused(rule), ...missing(rule, carried)]),
    ...tooLarge(text, rules.length, IMPORT_LIMITS),
  ];
  return { text, summary, diagnostics };
}

/** What a rule names that the bundle does not carry: Kibana then drops the reference, or refuses the rule. */
function* missing(named: BundleRule, carried: Carried): Iterable<Diagnostic> {
  const { file } = named;
  for (const list of listsNamed(named))
    if (carried.missingLists.has(listKey(list)))
      yield report("bundle/missing-list", { list_id: list.list_id }, { file, pointer: "/exceptions" });
  for (const { id, at } of connectorsNamed(named))
    if (carried.missingConnectors.has(id))
      yield report("bundle/missing-connector", { id }, { file, pointer: `/actions/${at}` });
}

function* refused({ file, rule }: BundleRule): Iterable<Diagnostic> {
  for (const key of NOT_IN_A_RULE.filter((name) => name in rule))
    yield report("bundle/mistaken-line", { key }, { file, pointer: `/extra/${key}`, on: "key" });
}

function tooLarge(text: string, rules: number, limits: ImportLimits): Diagnostic[] {
  const target = { file: "" };
  const bytes = Buffer.byteLength(text);
  if (rules > limits.rules) return [report("bundle/too-many-rules", { rules, limit: limits.rules }, target)];
  return bytes > limits.bytes ? [report("bundle/too-large", { bytes, limit: limits.bytes }, target)] : [];
}
