import type { Json } from "../../json/index.js";
import { createRule, deleteRule, getRule, type LiveRule, updateRule } from "../../kibana/endpoints/index.js";
import { isKibanaError, KibanaError } from "../../kibana/errors.js";
import { isSame } from "../form/canonical.js";
import { comparable, unknownFields } from "../form/comparable.js";
import { isSameMark, markOf } from "../form/mark.js";
import type { Body, Change } from "../plan/types.js";
import { isRevised } from "./stale.js";
import type { Writing } from "./write.js";

type Sent = Json & { readonly rule_id: string };

/**
 * Makes, updates or replaces a rule and returns what Kibana stored otherwise than asked.
 *
 * @param live the rule as it was seen before the write, whose `enabled` is kept where the plan leaves it to Kibana
 */
export async function writeRule(change: Change, writing: Writing, live?: LiveRule): Promise<string[]> {
  const { client, space, ids } = writing;
  const filled = ids.fill(change.write!);
  if (typeof filled === "string") throw new Error(filled);
  const isNew = change.action === "create";
  const rule = { ...(isNew ? {} : { enabled: live?.["enabled"] }), ...filled } as Sent;
  if (change.action === "update") return storedOtherwise(filled, await updateRule(client, space, rule));
  if (isNew) return storedOtherwise(filled, await createRule(client, space, rule, isThatOf(rule)));
  await removeRule(change, writing);
  try {
    return storedOtherwise(filled, await createRule(client, space, rule, isThatOf(rule)));
  } catch (error) {
    throw lost("rule", error, writing.snapshot);
  }
}

/** Deletes the very rule that was planned on: not one that was changed, or made anew, in the meantime. */
export async function removeRule(
  change: Change,
  { client, space }: Pick<Writing, "client" | "space">,
): Promise<void> {
  const key = { id: change.expected!.id };
  const live = await getRule(client, space, key);
  if (live === undefined) return;
  if (live.rule_id !== change.id || isRevised(change, live))
    throw new KibanaError({ kind: "conflict", problem: "Kibana has another revision", effect: "none" });
  await deleteRule(client, space, key);
}

/** Whether a rule that is found is the one that was sent. */
export function isThatOf(sent: Json): (found: Json) => boolean {
  const mark = markOf(sent["meta"]);
  return (found) =>
    isSameMark(markOf(found["meta"]), mark) &&
    (mark !== undefined || isSame(comparable(found), comparable(sent)));
}

/** What was deleted to be made anew and then could not be made. */
export function lost(what: string, error: unknown, snapshot: string): Error {
  const problem =
    error instanceof KibanaError ? error.problem : error instanceof Error ? error.message : String(error);
  const help = `THE ${what.toUpperCase()} IS GONE: mend the cause and apply again, or get it back as it was with kdac rollback ${snapshot}`;
  return new KibanaError({
    kind: isKibanaError(error) ? error.kind : "server",
    problem: `it was deleted to be replaced, and could not be made again: ${problem}`,
    help,
    ...(isKibanaError(error) && error.status !== undefined ? { status: error.status } : {}),
    effect: "answered",
  });
}

/** The fields that Kibana stored in another form than they were sent: what would be a difference for ever. */
export function storedOtherwise(sent: Body, stored: Json): string[] {
  const [asked, got] = [comparable(sent), comparable(stored)];
  const changed = Object.keys(asked).filter(
    (name) => name !== "actions" && sent[name] !== undefined && !isSame(asked[name], got[name]),
  );
  const dropped = Object.keys(unknownFields(sent)).filter((name) => stored[name] === undefined);
  return [
    ...changed.map((name) => `Kibana stored "${name}" in another form`),
    ...dropped.map((name) => `Kibana did not store "${name}"`),
  ];
}
