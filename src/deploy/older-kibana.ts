import { type Diagnostic, report } from "../diagnostics/index.js";
import { unavailable } from "../kibana/availability.js";
import { type Dialect, stackOf } from "../kibana/dialect.js";
import type { Desired } from "./desired/desired.js";

/**
 * What the rules of some spaces have that this very Kibana does not know, as errors at the rules' lines. Kibana drops
 * such a field without a word, so the rule would behave otherwise and differ from its file for ever. `validate` tells
 * of it for the project's `stack`; the Kibana that is deployed to may be older.
 */
export function tooNewFor(dialect: Dialect, spaces: readonly Desired[]): Diagnostic[] {
  const stack = stackOf(dialect);
  // Spaces share a rule that is the same in them.
  const rules = new Set(spaces.flatMap((space) => space.rules));
  const found = new Map<string, Diagnostic>();
  for (const { file, rule } of rules) {
    for (const { pointer, since, what } of unavailable(rule, stack)) {
      const target = { file, pointer: `/${pointer.split("/")[1] ?? ""}` };
      found.set(
        `${file}${pointer}`,
        report("deploy/newer-than-kibana", { what, since, version: stack }, target),
      );
    }
  }
  return [...found.values()];
}
