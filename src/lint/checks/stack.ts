import { type Diagnostic, report } from "../../diagnostics/index.js";
import { unavailable } from "../../kibana/availability.js";
import { matchesRange } from "../../rule/index.js";
import type { RuleView } from "../check.js";

/** The rule's own range of stacks can be read, and what it uses exists in the target stack. */
export function* stack({
  authored,
  compiled,
  complete,
  stack: target,
  at,
  origin,
}: RuleView): Iterable<Diagnostic> {
  const range = authored.stack;
  if (range !== undefined) {
    const fits = matchesRange(target, range);
    if (fits === undefined) yield report("rule/invalid-stack-range", { range }, at("stack"));
    if (fits === false) {
      yield report("rule/not-for-this-stack", { range, stack: target }, at("stack"));
      return;
    }
  }
  if (!complete) return;
  for (const { pointer, since, what } of unavailable(compiled.rule, target)) {
    const field = pointer.split("/")[1]!;
    const place = origin(field);
    const exact = place.pointer === `/${field}` ? { ...place, pointer } : place;
    yield report("rule/newer-than-stack", { what, since, stack: target }, exact);
  }
}
