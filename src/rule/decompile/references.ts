import type { Json } from "../../json/index.js";
import type { ExceptionReference } from "../../schema/index.js";
import type { DecompileContext } from "./context.js";
import { isListReference, storedActions } from "./forms.js";
import { isJsonList, isSame, without } from "./json.js";
import { ACTION_ORDER, inKeyOrder } from "./order.js";

/** `exceptions_list` as `exceptions`; undefined where an entry says what the short form cannot. */
export function decompileExceptions(
  lists: unknown,
  context: Pick<DecompileContext, "listReference">,
): ExceptionReference[] | undefined {
  if (!isJsonList(lists) || !lists.every(isListReference)) return undefined;
  return lists.map((entry) => context.listReference(entry) ?? elsewhere(entry));
}

/** A list that the project has no file for. */
function elsewhere({ list_id, type, namespace_type }: Json): ExceptionReference {
  return {
    list_id,
    type,
    ...(namespace_type === "single" ? {} : { namespace_type }),
  } as ExceptionReference;
}

/**
 * Actions with the names of their connectors, where the project knows them, and without what Kibana fills in; each as it is where
 * that would not give it back, as for system actions, which have no group.
 *
 * @param throttle the one in the project's defaults, which stands for the frequency of an action without one
 */
export function decompileActions(
  actions: unknown,
  context: Pick<DecompileContext, "connectorName">,
  throttle: string | undefined,
): unknown {
  if (!isJsonList(actions)) return actions;
  return actions.map((action) => {
    const givesBack = (short: Json): boolean => isSame(storedActions([short], throttle), [action]);
    const filled = ["frequency", "group"].filter((key) => givesBack(without(action, key)));
    const all = without(action, ...filled);
    const short = givesBack(all) ? all : action;
    return inKeyOrder(byName(short, action, context) ?? short, ACTION_ORDER);
  });
}

/** The action by its connector's name, which gives it the group "default" where it names none. */
function byName(
  short: Json,
  action: Json,
  context: Pick<DecompileContext, "connectorName">,
): Json | undefined {
  const { id, action_type_id: type, group } = action;
  if (typeof id !== "string" || typeof type !== "string" || group === undefined) return undefined;
  const connector = context.connectorName(id, type);
  if (connector === undefined || "connector" in action) return undefined;
  return { connector, ...without(short, "id", "action_type_id") };
}
