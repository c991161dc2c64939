type Action = Readonly<Record<string, unknown>>;

/** The actions of a rule of any origin. */
export function actionsOf(rule: Readonly<Record<string, unknown>>): Action[] {
  const value = rule["actions"];
  return Array.isArray(value) ? (value as Action[]) : [];
}

/**
 * Gives each action the `uuid` of the live one that it replaces, so that Kibana keeps its identity (and with it its
 * throttling). An action replaces the first live one of its connector and group that no other has replaced.
 */
export function withLiveUuids(wanted: readonly Action[], live: readonly Action[]): Action[] {
  const authored = new Set(wanted.map((action) => action["uuid"]).filter((uuid) => uuid !== undefined));
  const free = live.filter((action) => typeof action["uuid"] === "string" && !authored.has(action["uuid"]));
  return wanted.map((action) => {
    if (action["uuid"] !== undefined) return action;
    const at = free.findIndex((other) => placeOf(other) === placeOf(action));
    return at < 0 ? action : { ...action, uuid: free.splice(at, 1)[0]!["uuid"] };
  });
}

function placeOf(action: Action): string {
  const { id, group = "default" } = action;
  return JSON.stringify([id, group]);
}
