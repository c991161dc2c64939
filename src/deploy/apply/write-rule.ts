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
 * Makes, updates or replaces a rule and returns what Kibana stored otherwise than asked. A rule that is there is read once
 * more right before it is written: what somebody changed since the plan is not overwritten. Kibana has no condition on a
 * revision, so an edit can still land between that read and the write; the revision of the answer then tells that one did.
 */
export async function writeRule(change: Change, writing: Writing): Promise<string[]> {
  const { client, space, ids } = writing;
  const filled = ids.fill(change.write!);
  if (typeof filled === "string") throw new Error(filled);
  if (change.action === "create")
    return storedOtherwise(filled, await createRule(client, space, filled as Sent, isThatOf(filled)));
  const before = await asPlanned(change, writing);
  if (before === undefined) throw conflict("it was deleted");
  const rule: Sent = { enabled: before["enabled"], ...(filled as Sent) };
  if (change.action === "update") {
    const stored = await updateRule(client, space, rule);
    if (revisionOf(stored) > revisionOf(before) + 1) throw overwritten(before, stored);
    return storedOtherwise(filled, stored);
  }
  await removeSeen(before, writing);
  try {
    return storedOtherwise(filled, await createRule(client, space, rule, isThatOf(rule)));
  } catch (error) {
    throw lost("rule", error, writing.snapshot);
  }
}

/** Deletes the very rule that was planned on: not one that was changed, or made anew, in the meantime. */
export async function removeRule(change: Change, writing: Writing): Promise<void> {
  const before = await asPlanned(change, writing);
  if (before !== undefined) await removeSeen(before, writing);
}

/** The rule as it is right before a write; undefined where it is gone. Rejects where it is not as it was planned on. */
async function asPlanned(
  change: Change,
  { client, space }: Pick<Writing, "client" | "space">,
): Promise<LiveRule | undefined> {
  const live = await getRule(client, space, { id: change.expected!.id });
  if (live !== undefined && (live.rule_id !== change.id || isRevised(change, live)))
    throw conflict("somebody changed it in Kibana");
  return live;
}

/** Deletes a rule. The answer has it as it was: an edit that came in the last moment is kept beside the snapshot. */
async function removeSeen(before: LiveRule, { client, space, keep }: Writing): Promise<void> {
  const deleted = await deleteRule(client, space, { id: before.id });
  if (deleted === undefined || revisionOf(deleted) === revisionOf(before)) return;
  const place = await keep(space, deleted);
  throw new KibanaError({
    kind: "server",
    problem: `it was deleted together with an edit that somebody made in the same moment`,
    help: `the rule as it was is in ${place}, which Kibana can import`,
    effect: "answered",
  });
}

/** An edit that came between the last look and the write. Kibana keeps no older state, so it cannot be told what it was. */
function overwritten(before: LiveRule, stored: LiveRule): KibanaError {
  return new KibanaError({
    kind: "server",
    problem: `it was written, and overwrote an edit that somebody made in the same moment (revision ${revisionOf(before)} became ${revisionOf(stored)})`,
    help: "Kibana does not keep what the edit was: ask who edits rules to look at it; the snapshot has the rule as it was before the edit",
    effect: "answered",
  });
}

function conflict(problem: string): KibanaError {
  return new KibanaError({ kind: "conflict", problem, effect: "none" });
}

function revisionOf(rule: Json): number {
  return Number(rule["revision"] ?? 0);
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
  const help = `THE ${what.toUpperCase()} IS GONE: fix the cause and apply again, or get it back as it was with kdac rollback ${snapshot}`;
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
