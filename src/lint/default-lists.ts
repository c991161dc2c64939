import { type Diagnostic, report, type Target, toPointer } from "../diagnostics/index.js";
import type { KnownList, RuleSource } from "../rule/index.js";

/** A list of type `rule_default` belongs to one rule: Kibana refuses the second rule that names it. */
export function* sharedDefaultLists(
  sources: readonly RuleSource[],
  declared: ReadonlyMap<string, KnownList>,
): Iterable<Diagnostic> {
  const first = new Map<string, { rule_id: string; target: Target }>();
  for (const { file, authored } of sources) {
    const field = authored.exceptions === undefined ? "exceptions_list" : "exceptions";
    for (const [i, entry] of (authored[field] ?? []).entries()) {
      const named: { list_id?: string; type?: string } =
        typeof entry === "string" ? { list_id: entry } : entry;
      const { list_id, type } = named;
      if (list_id === undefined) continue;
      if ((type ?? declared.get(list_id)?.type) !== "rule_default") continue;
      const target = { file, pointer: toPointer([field, i]) };
      const other = first.get(list_id);
      if (other === undefined) first.set(list_id, { rule_id: authored.rule_id, target });
      else if (other.rule_id !== authored.rule_id) {
        const related = [{ message: "first named here", target: other.target }];
        yield report("reference/shared-default-list", { list_id }, target, { related });
      }
    }
  }
}
