import type { Json } from "../json/index.js";
import { isSame } from "../deploy/form/canonical.js";
import { storedActions } from "../rule/decompile/forms.js";

/** The actions of a file and of the space. Those of one index belong together: as written and as compiled, as decompiled and as live. */
export interface Actions {
  readonly authored: Json;
  readonly compiled: Json;
  readonly live: Json;
  readonly decompiled: Json;
}

/**
 * The actions of the space in the author's order and words: one that says the same stays as it is written; one of the same connector and
 * group stands where the old one stood, so that what is written around it stays; new ones come last.
 */
export function actionsInForm({ authored, compiled, live, decompiled }: Actions): readonly Json[] {
  const own = listOf(authored);
  const written = listOf(compiled);
  const made = listOf(decompiled);
  const there = listOf(live);
  const left = new Set(made.keys());
  const take = (isIt: (i: number) => boolean): number | undefined => {
    const at = [...left].find(isIt);
    if (at !== undefined) left.delete(at);
    return at;
  };
  const isPlace = (i: number, j: number): boolean =>
    groupOf(own[i]!) === groupOf(made[j]!) &&
    (own[i]!["connector"] === undefined
      ? own[i]!["id"] === there[j]?.["id"]
      : own[i]!["connector"] === made[j]!["connector"]);
  // A frequency for all of them goes when they are taken over, so each has to say its own.
  const mayStay = authored["throttle"] === undefined;
  const same = own.map((_, i) =>
    take((j) => mayStay && isPlace(i, j) && isSame(saying(written[i]), saying(there[j]))),
  );
  const kept = own.flatMap((action, i) => {
    if (same[i] !== undefined) return [action];
    const at = take((j) => isPlace(i, j));
    return at === undefined ? [] : [made[at]!];
  });
  return [...kept, ...[...left].map((i) => made[i]!)];
}

function listOf({ actions }: Json): readonly Json[] {
  return Array.isArray(actions) ? (actions as Json[]) : [];
}

const groupOf = (action: Json): unknown => action["group"] ?? "default";

/** What an action does, without the connector that it does it with. */
function saying(action: Json | undefined): unknown {
  const stored = storedActions([action], undefined);
  const { id: _, action_type_id: __, uuid: ___, ...rest } = (stored as Json[])[0] ?? {};
  return rest;
}
