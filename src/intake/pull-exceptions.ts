import type { Json } from "../json/index.js";
import { listKey } from "../deploy/index.js";
import { type Reference, referencesOf } from "../deploy/form/comparable.js";
import type { LiveRule } from "../kibana/endpoints/index.js";
import { decompileExceptions } from "../rule/decompile/references.js";
import type { ExceptionReference } from "../schema/index.js";
import type { Around } from "./pull-around.js";

/** The lists that a rule has in the space and not by its file. */
export function attachedLists(compiled: object, live: LiveRule): Reference[] {
  const own = new Set(referencesOf(compiled as Json).map(listKey));
  return referencesOf(live).filter((reference) => !own.has(listKey(reference)));
}

/**
 * The rule's lists as its file is to name them: those that it names already in its own words, then the others. It keeps those that are
 * not attached in the space only where the file is ahead.
 */
export function exceptionsInForm(around: Around, authored: Json, live: LiveRule, isAhead: boolean): Json {
  const attached = referencesOf(live);
  const there = new Set(attached.map(listKey));
  const raw = authored["exceptions_list"] as readonly Json[] | undefined;
  const { exceptions: usual } = around.compile.defaults;
  const own = raw ?? (authored["exceptions"] as readonly ExceptionReference[] | undefined) ?? usual ?? [];
  const kept = own.filter((reference) => isAhead || there.has(keyOf(around, reference)));
  const named = new Set(kept.map((reference) => keyOf(around, reference)));
  const others = attached.filter((reference) => !named.has(listKey(reference)));
  if (raw !== undefined) return listOrNone("exceptions_list", [...kept, ...others.map(inRawForm)], false);
  const more = decompileExceptions(others, around.decompile) ?? others.map(inRawForm);
  return listOrNone("exceptions", [...kept, ...more], usual !== undefined);
}

/** A list under its key; where it is empty, only if something else would stand in its place. */
function listOrNone(key: string, list: readonly unknown[], saysNone: boolean): Json {
  return list.length > 0 || saysNone ? { [key]: list } : {};
}

function inRawForm({ list_id, type, namespace_type }: Reference): Json {
  return { id: list_id, list_id, type, namespace_type };
}

/** How a list that a file names is known. */
function keyOf({ compile }: Around, reference: ExceptionReference | Json): string {
  const { list_id, namespace_type } =
    typeof reference === "string"
      ? { list_id: reference, namespace_type: undefined }
      : (reference as { list_id: string; namespace_type?: string });
  const known = compile.exceptionLists.get(list_id)?.namespace_type;
  return listKey({ list_id, namespace_type: namespace_type ?? known ?? "single" });
}
