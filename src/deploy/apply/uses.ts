import type { Json } from "../../json/index.js";
import type { Change } from "../plan/types.js";
import { ruleUses, type Used } from "../users/uses.js";
import type { Client } from "../../kibana/client.js";
import { readUsers, usageOf, userText } from "../users/users.js";
import { type Target, targetOf } from "./look.js";

/** An object as something that others may use; undefined for what nothing uses. `id` is Kibana's own. */
export function usedOf({ kind, id: name, namespace, connector }: Target, id?: string): Used | undefined {
  switch (kind) {
    case "exception-list":
      return { kind, list_id: name, namespace_type: namespace, ...(id === undefined ? {} : { id }) };
    case "value-list":
      return { kind, id: name };
    case "connector":
      return connector === undefined ? undefined : { kind, id: connector };
    default:
      return undefined;
  }
}

/** What a change of a space touches, as something that others may use. */
export function usedIn(change: Change): Used | undefined {
  return usedOf(targetOf(change), change.expected?.id);
}

/** Whether a rule of a space refers to what is to be deleted. */
export function uses(rule: Json, change: Change, space: string): boolean {
  const used = usedIn(change);
  return used !== undefined && ruleUses(rule, used, space);
}

/** Of what is to be deleted in a space, what something uses at this moment, or of which that cannot be told, with the reason. */
export async function usersBy(
  client: Client,
  space: string,
  deletes: readonly Change[],
): Promise<Map<Change, string>> {
  const asked = deletes.flatMap((change) => {
    const used = usedIn(change);
    return used === undefined ? [] : [{ change, used }];
  });
  const found = new Map<Change, string>();
  if (asked.length === 0) return found;
  const users = await readUsers(
    client,
    space,
    asked.map(({ used }) => used),
  );
  for (const { change, used } of asked) {
    const {
      users: [user],
      unknown,
    } = usageOf(used, space, users);
    if (user !== undefined) found.set(change, `${userText(user, space)} uses it by now`);
    else if (unknown !== undefined) found.set(change, `who uses it is not known (${unknown})`);
  }
  return found;
}
