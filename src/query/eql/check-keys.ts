import { quoted } from "../core/index.js";
import type { Field, Term } from "./ast.js";
import { type CheckContext, isOpen } from "./check-context.js";

/** Keys in the same place of each `by` have to be of one type: Elasticsearch refuses others. */
export function checkKeys(terms: readonly Term[], context: CheckContext): void {
  const first: (Field | undefined)[] = [];
  for (const { by } of terms) {
    by.forEach((key, place) => {
      const type = context.typeOf(key);
      if (isOpen(type)) return;
      const other = (first[place] ??= key);
      if (context.typeOf(other) === type) return;
      const params = {
        key: key.name,
        type: context.infoOf(key)!.type,
        other: other.name,
        other_type: context.infoOf(other)!.type,
      };
      context.findings.add("eql/key-types", params, key, {
        help: `join ${quoted(other.name)} with a field of type ${params.other_type}`,
      });
    });
  }
}
