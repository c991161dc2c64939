import { type Diagnostic, report } from "../diagnostics/index.js";
import type { RuleSource } from "../rule/index.js";

const KEYS = [
  {
    field: "rule_id",
    find: (rule_id: string, target: Diagnostic["target"], related: Diagnostic["related"]) =>
      report("rule/duplicate-rule-id", { rule_id }, target, related === undefined ? {} : { related }),
  },
  {
    field: "name",
    find: (name: string, target: Diagnostic["target"], related: Diagnostic["related"]) =>
      report("rule/duplicate-name", { name }, target, related === undefined ? {} : { related }),
  },
] as const;

/** Rules that share their id or their name; each but the first is reported, with the first beside it. Names differ by more than case. */
export function* duplicates(sources: readonly RuleSource[]): Iterable<Diagnostic> {
  for (const { field, find } of KEYS) {
    const first = new Map<string, RuleSource>();
    for (const source of sources) {
      const value = source.authored[field] as string | undefined;
      if (value === undefined) continue;
      const key = field === "name" ? value.trim().toLowerCase() : value;
      const other = first.get(key);
      if (other === undefined) first.set(key, source);
      else {
        const related = [{ message: "first used here", target: { file: other.file, pointer: `/${field}` } }];
        yield find(value, { file: source.file, pointer: `/${field}` }, related);
      }
    }
  }
}
