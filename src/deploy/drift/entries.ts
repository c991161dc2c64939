import type { Change, FieldChange, SpacePlan, State } from "../plan/types.js";
import type { Copy, Surroundings } from "./near.js";
import type { DriftChange, DriftCode, DriftEntry, SpaceDrift } from "./types.js";

/** Where a drift is, for the commands that the help names. */
export interface Place {
  readonly environment: string;
  readonly space: string;
}

/** What a space's plan says about changes that git did not make. */
export function driftOfSpace(
  { space, changes }: SpacePlan,
  around: Surroundings | undefined,
  environment: string,
): SpaceDrift {
  const place = { environment, space };
  // A space that has nothing of ours was never deployed to: what it lacks was not deleted there.
  const deployed = changes.some(({ state }) => state !== "new" && state !== "foreign");
  const lost = around?.lostMark ?? new Set();
  const entries: DriftEntry[] = [];
  let [unapplied, inSync] = [0, 0];
  for (const change of changes) {
    const code = codeOf(change, change.kind === "rule" && lost.has(change.id), deployed);
    if (code !== undefined) entries.push(entryOf(change, code, place));
    else if (change.state === "in-sync") inSync++;
    else unapplied++;
  }
  entries.push(...(around?.copies ?? []).map((copy) => copyEntry(copy, changes, place)));
  return { space, entries, unapplied, in_sync: inSync, near: around?.near ?? null };
}

const CODES: Readonly<Partial<Record<State, DriftCode>>> = {
  drifted: "edited",
  conflicting: "both-edited",
  orphaned: "orphaned",
  foreign: "not-ours",
};

function codeOf(change: Change, lostMark: boolean, deployed: boolean): DriftCode | undefined {
  if (change.kind === "rule" && change.conflict?.code === "ambiguous") return "duplicate";
  if (lostMark) return "mark-lost";
  if (change.state === "new") return deployed ? "missing" : undefined;
  return CODES[change.state];
}

function entryOf(change: Change, code: DriftCode, place: Place): DriftEntry {
  const { kind, id, name, file, last, conflict } = change;
  const told = code === "duplicate" || code === "not-ours" ? conflict : undefined;
  return {
    drift: code,
    kind,
    id,
    name,
    file,
    ...(last === undefined ? {} : { last }),
    diff: change.diff.filter(({ path }) => path !== "meta.kdac").map(sides),
    message: told?.message ?? MESSAGES[code],
    help: told?.help ?? helpOf(code, change, place),
  };
}

/** A plan goes from Kibana to git. */
function sides(change: FieldChange): DriftChange {
  return {
    path: change.path,
    ...("before" in change ? { kibana: change.before } : {}),
    ...("after" in change ? { git: change.after } : {}),
  };
}

const MESSAGES: Readonly<Record<DriftCode, string>> = {
  edited: "edited in Kibana since it was last applied",
  "both-edited": "edited in Kibana and in git since it was last applied",
  "mark-lost": "saved in Kibana's form, which drops the mark of the project",
  missing: "not there: deleted in Kibana, or not applied yet",
  orphaned: "deployed by this project, and no file wants it any more",
  "not-ours": "there without this project's mark",
  duplicate: "there more than once",
};

function helpOf(code: DriftCode, { kind, id }: Change, { environment, space }: Place): string {
  const pull = `kdac pull --env ${environment} --space ${space}`;
  const apply = `kdac apply --env ${environment} --space ${space}`;
  const one = kind === "rule" ? ` --rule ${quoted(id)}` : "";
  if (code === "both-edited")
    return `take Kibana's values with ${pull}${one} --force, or overwrite them with ${apply} --overwrite-drift`;
  if (code === "mark-lost")
    return `take the change into git with ${pull}${one}, then apply; or overwrite it with ${apply} --overwrite-drift`;
  if (code === "missing") return `put it back with ${apply}, or remove it from the file`;
  if (code === "orphaned")
    return `delete it with ${apply} --prune${kind === "rule" ? `, or take it back into git with ${pull}${one}` : ""}`;
  if (code === "not-ours") return `take it over with ${apply} --adopt, or give yours another id`;
  if (code === "duplicate") return "delete all but one of them in Kibana";
  return `take the change into git with ${pull}${one}, or overwrite it with ${apply} --overwrite-drift`;
}

function copyEntry(copy: Copy, changes: readonly Change[], { environment, space }: Place): DriftEntry {
  const original = changes.find(({ kind, id }) => kind === "rule" && id === copy.of);
  const named = original === undefined ? `"${copy.of}"` : `"${original.name}"`;
  return {
    drift: "duplicate",
    kind: "rule",
    id: copy.rule_id,
    name: copy.name,
    file: "",
    last: copy.last,
    diff: [],
    message: `a copy of the rule ${named}, made in Kibana`,
    help: `delete it, or take it into git as a rule of its own with kdac pull --env ${environment} --space ${space} --rule ${quoted(copy.rule_id)}`,
  };
}

/** An id as a shell takes it. */
function quoted(id: string): string {
  return /^[\w.-]+$/.test(id) ? id : `'${id.replace(/'/g, String.raw`'\''`)}'`;
}
