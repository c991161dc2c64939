import { type Diagnostic, report } from "../../diagnostics/index.js";
import type { ExceptionListReference } from "../../kibana/rule.js";
import type { RuleView } from "../check.js";

/** The rule's lists; what the schema refused of an entry is absent. */
function listsOf({ rule }: RuleView): readonly Partial<ExceptionListReference>[] {
  return rule.exceptions_list ?? [];
}

/** The field that names a rule's exception lists: the short form or Kibana's own. */
function fieldOf({ authored }: RuleView): "exceptions" | "exceptions_list" {
  return authored.exceptions === undefined ? "exceptions_list" : "exceptions";
}

/** Kibana refuses a rule with two lists of type `rule_default`. */
export function* defaultLists(view: RuleView): Iterable<Diagnostic> {
  const own = [...listsOf(view).entries()].filter(([, list]) => list.type === "rule_default");
  for (const [i] of own.slice(1))
    yield report("reference/several-default-lists", {}, view.at(fieldOf(view), i));
}

/** A rule names a list once. */
export function* repeatedLists(view: RuleView): Iterable<Diagnostic> {
  const first = new Map<string, number>();
  for (const [i, { list_id, namespace_type }] of listsOf(view).entries()) {
    if (list_id === undefined) continue;
    const key = `${namespace_type} ${list_id}`;
    const other = first.get(key);
    if (other === undefined) first.set(key, i);
    else {
      const related = [{ message: "first named here", target: view.at(fieldOf(view), other) }];
      yield report("reference/repeated-exception-list", { list_id }, view.at(fieldOf(view), i), { related });
    }
  }
}

/** What a rule says about a list of this project agrees with the list's own file: Kibana finds a list by all three. */
export function* listFacts(view: RuleView): Iterable<Diagnostic> {
  for (const [i, list] of listsOf(view).entries()) {
    const { list_id = "" } = list;
    const known = view.exceptionLists.get(list_id);
    if (known === undefined) continue;
    for (const fact of ["type", "namespace_type"] as const) {
      const given = list[fact];
      if (given === undefined || given === known[fact]) continue;
      const params = { list_id, fact, given, declared: known[fact] };
      yield report("reference/exception-list-mismatch", params, view.at(fieldOf(view), i, fact));
    }
  }
}
