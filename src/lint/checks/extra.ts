import { type Diagnostic, report } from "../../diagnostics/index.js";
import { RULE_FIELDS, SERVER_FIELDS } from "../../kibana/rule.js";
import type { RuleView } from "../check.js";

const SERVER: ReadonlySet<string> = new Set(SERVER_FIELDS);
const SHORT_FORMS = new Set(["attack", "guide", "lookback", "exceptions", "stack", "extra"]);

/** Fields passed through unchecked; those that are known belong beside the others, where they are checked. */
export function* extraFields({ authored, at }: RuleView): Iterable<Diagnostic> {
  for (const field of Object.keys(authored.extra ?? {})) {
    const place = { ...at("extra", field), on: "key" } as const;
    if (SERVER.has(field)) yield report("rule/extra-server-field", { field }, place);
    else if (Object.hasOwn(RULE_FIELDS, field) || SHORT_FORMS.has(field))
      yield report("rule/extra-known-field", { field }, place);
    else yield report("rule/extra-field", { field }, place);
  }
}
