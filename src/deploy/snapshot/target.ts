import type { Target } from "../apply/look.js";
import { referencesOf } from "../form/comparable.js";
import type { SnapshotObject } from "./types.js";

/** The object of a snapshot as something to look at. */
export function targetIn({ kind, key, id, before, wrote }: SnapshotObject): Target {
  const [was, is] = [before?.["list_id"], wrote?.body["list_id"]];
  // One that moved may be in either list.
  const list = was === undefined || is === undefined || was === is ? (was ?? is) : undefined;
  const connector = before?.["id"] ?? wrote?.body["id"];
  return {
    kind,
    id,
    namespace: key.startsWith(`${kind}/*/`) ? "agnostic" : "single",
    ...(kind === "exception-item" && typeof list === "string" ? { list } : {}),
    ...(kind === "connector" && typeof connector === "string" ? { connector } : {}),
  };
}

/** An object with the exception lists that it had or was given: a rule that goes back needs their ids and items. */
export function targetsIn(object: SnapshotObject): Target[] {
  const rules = object.kind === "rule" ? [object.before ?? {}, object.wrote?.body ?? {}] : [];
  const lists = rules.flatMap(referencesOf).map(({ list_id, namespace_type }): Target => ({
    kind: "exception-list",
    id: list_id,
    namespace: namespace_type === "agnostic" ? "agnostic" : "single",
  }));
  return [targetIn(object), ...lists];
}
