import { isJson, type Json } from "../../json/index.js";
import { isSame } from "../form/canonical.js";
import { comparable, referencesOf } from "../form/comparable.js";
import { isSameMark, isUnfinished, markOf } from "../form/mark.js";
import * as form from "../form/parts.js";
import { listKey } from "../desired/desired.js";
import { withoutNulls } from "../form/state.js";
import type { SnapshotObject } from "./types.js";
import { commentsOf, viewOf } from "./view.js";

/**
 * Whether a live object is still as the apply left it that the snapshot was taken for: it bears the mark that was written,
 * and has what was written. Anything else was done by somebody since, and a rollback would undo that too.
 */
export function isAsWritten(object: SnapshotObject, live: Json, values: readonly string[]): boolean {
  const { kind, before, wrote } = object;
  if (wrote === null) return false;
  // A type cannot be changed, and so is not always sent.
  const body: Json = { type: live["type"], ...wrote.body };
  if (kind === "connector") return isConnectorAsWritten(body, live);
  const [was, is] = [markOf(body["meta"]), markOf(live["meta"])];
  if (kind === "value-list" && is !== undefined && is.project === was?.project && isUnfinished(is))
    return true;
  if (was === undefined || !isSameMark(is, was)) return isRestored(object, body, live, values);
  switch (kind) {
    case "rule":
      return isRuleAsWritten(body, live);
    case "value-list":
      return isSame(viewOf(kind, live), viewOf(kind, body)) && hasValues(object, values);
    case "exception-list":
      return isSame(viewOf(kind, live), viewOf(kind, body));
    case "exception-item":
      // An update keeps comments; a deletion would lose one that somebody made since.
      return (
        live["list_id"] === body["list_id"] &&
        isSame(viewOf(kind, live), viewOf(kind, body)) &&
        (before !== null || isSame(commentsOf(live), commentsOf(body)))
      );
  }
}

/** What bears no mark of ours was written by a rollback, which restores objects of every owner. */
function isRestored(object: SnapshotObject, body: Json, live: Json, values: readonly string[]): boolean {
  const { kind } = object;
  if (markOf(body["meta"]) !== undefined || markOf(live["meta"]) !== undefined) return false;
  if (kind === "rule") return isRuleAsWritten(body, live);
  return (
    isSame(viewOf(kind, live), viewOf(kind, body)) && (kind !== "value-list" || hasValues(object, values))
  );
}

function isConnectorAsWritten(body: Json, live: Json): boolean {
  const wanted = withoutNulls(isJson(body["config"]) ? body["config"] : {});
  const config = isJson(live["config"]) ? live["config"] : {};
  return (
    live["name"] === body["name"] &&
    live["connector_type_id"] === body["connector_type_id"] &&
    Object.entries(wanted).every(([key, value]) => isSame(config[key], value))
  );
}

function isRuleAsWritten(body: Json, live: Json): boolean {
  const fieldsOf = (rule: Json): Json => {
    const { enabled: _, actions: all, ...fields } = comparable(rule);
    // A connector that the apply was to make had no id yet.
    const actions = form.set(
      (Array.isArray(all) ? all : []).filter(isJson).map((action) => ({ ...action, id: undefined })),
    );
    const lists = form.set(referencesOf(rule).map(listKey));
    return { ...fields, actions, lists };
  };
  return (
    isSame(fieldsOf(live), fieldsOf(body)) &&
    (body["enabled"] === undefined || live["enabled"] === body["enabled"]) &&
    isSame(live["meta"], body["meta"])
  );
}

function hasValues({ values: before = [], wrote }: SnapshotObject, live: readonly string[]): boolean {
  const expected = new Set(before.map((value) => value.trim()));
  for (const value of wrote?.values?.add ?? []) expected.add(value.trim());
  for (const value of wrote?.values?.remove ?? []) expected.delete(value.trim());
  const there = new Set(live.map((value) => value.trim()));
  return there.size === expected.size && [...there].every((value) => expected.has(value));
}
