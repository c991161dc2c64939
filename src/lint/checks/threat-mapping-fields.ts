import { type Diagnostic, report } from "../../diagnostics/index.js";
import { familyOf } from "../../fields/index.js";
import type { RuleView } from "../check.js";
import { unknownField } from "../unknown-field.js";

/** An indicator matches by equal values: both fields exist, and their types have values in common. */
export function* threatMappingFields({ rule, at, fields, threatFields }: RuleView): Iterable<Diagnostic> {
  // Only there does the schema look at the mappings.
  if (rule.type !== "threat_match") return;
  for (const [i, { entries = [] }] of (rule.threat_mapping ?? []).entries()) {
    for (const [j, entry] of entries.entries()) {
      const { field: name, value: other }: { field?: string; value?: string } = entry;
      const place = at("threat_mapping", i, "entries", j, "field");
      if (name !== undefined) yield* unknownField(name, () => place, fields);
      if (other !== undefined)
        yield* unknownField(other, () => at("threat_mapping", i, "entries", j, "value"), threatFields);
      if (name === undefined || other === undefined) continue;
      const type = fields.find(name)?.type;
      const other_type = threatFields.find(other)?.type;
      if (type !== undefined && other_type !== undefined && !comparable(type, other_type))
        yield report("field/never-equal", { name, type, other, other_type }, place);
    }
  }
}

const TEXTUAL = new Set(["keyword", "text", "string", "version"]);

/** A keyword may hold an address or a number as text, so that it compares with everything but what has no text form. */
function comparable(a: string, b: string): boolean {
  const [one, other] = [familyOf(a), familyOf(b)];
  if (one === other || one === "other" || other === "other") return true;
  return (TEXTUAL.has(one) || TEXTUAL.has(other)) && one !== "object" && other !== "object";
}
