import { type Diagnostic, didYouMean, report, type Target } from "../diagnostics/index.js";
import type { ExceptionListReference, RuleAction } from "../kibana/rule.js";
import type { AuthoredAction, ExceptionReference } from "../schema/index.js";
import type { CompileContext } from "./model.js";

/**
 * Compiles `exceptions` to `exceptions_list`. Its `id` is the list's object id in a space, which nobody knows before a
 * deploy: offline the `list_id` stands for it, and Kibana's import rewrites it.
 *
 * @param at the place of a reference
 */
export function compileExceptions(
  references: readonly ExceptionReference[],
  at: (index: number) => Target,
  context: Pick<CompileContext, "exceptionLists">,
  diagnostics: Diagnostic[],
): ExceptionListReference[] {
  return references.map((reference, i) => {
    const given = typeof reference === "string" ? { list_id: reference } : reference;
    const known = context.exceptionLists.get(given.list_id);
    if (known === undefined && typeof reference === "string") {
      const help =
        didYouMean(given.list_id, context.exceptionLists.keys()) ??
        "declare it in a *.exceptions.yml, or write {list_id: …, type: …} for a list that lives elsewhere";
      diagnostics.push(
        report("reference/unknown-exception-list", { list_id: given.list_id }, at(i), { help }),
      );
    }
    return {
      id: given.list_id,
      list_id: given.list_id,
      type: (given.type ?? known?.type ?? "detection") as ExceptionListReference["type"],
      namespace_type: given.namespace_type ?? known?.namespace_type ?? "single",
    };
  });
}

/**
 * Compiles `actions`: one that names a connector gets the connector's id and type. A connector that the project does not
 * declare may exist in the space; its name stands for the id until a deploy finds it there.
 *
 * @param at the place of an action
 */
export function compileActions(
  actions: readonly AuthoredAction[],
  at: (index: number) => Target,
  context: Pick<CompileContext, "connectors">,
  diagnostics: Diagnostic[],
): { actions: RuleAction[]; connectors: (string | undefined)[] } {
  const connectors = actions.map((action) => ("connector" in action ? action.connector : undefined));
  const compiled = actions.map((action, i): RuleAction => {
    if (!("connector" in action)) return { ...action } as RuleAction;
    const { connector, group, ...rest } = action;
    const known = context.connectors.get(connector);
    if (known === undefined) {
      const help = didYouMean(connector, context.connectors.keys());
      const action = at(i);
      const target = { ...action, pointer: `${action.pointer}/connector` };
      diagnostics.push(
        report(
          "reference/unknown-connector",
          { name: connector },
          target,
          help === undefined ? {} : { help },
        ),
      );
    }
    return {
      id: known?.id ?? connector,
      action_type_id: known?.connector_type_id ?? "",
      group: group ?? "default",
      ...rest,
    } as RuleAction;
  });
  return { actions: compiled, connectors };
}
