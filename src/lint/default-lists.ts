import { type Diagnostic, report, type Target, toPointer } from "../diagnostics/index.js";
import type { CompiledRule } from "../rule/index.js";

/** A list of type `rule_default` belongs to one rule: Kibana refuses the second rule that names it. */
export function* sharedDefaultLists(rules: readonly CompiledRule[]): Iterable<Diagnostic> {
  const first = new Map<string, { rule_id: string; target: Target }>();
  for (const { source, rule } of rules) {
    const field = source.authored.exceptions === undefined ? "exceptions_list" : "exceptions";
    for (const [i, { list_id, type }] of (rule.exceptions_list ?? []).entries()) {
      if (type !== "rule_default") continue;
      const target = { file: source.file, pointer: toPointer([field, i]) };
      const other = first.get(list_id);
      if (other === undefined) first.set(list_id, { rule_id: rule.rule_id, target });
      else if (other.rule_id !== rule.rule_id) {
        const related = [{ message: "first named here", target: other.target }];
        yield report("reference/shared-default-list", { list_id }, target, { related });
      }
    }
  }
}
