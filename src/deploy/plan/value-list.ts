import type { Json } from "../../json/index.js";
import type { DesiredValueList } from "../desired/desired.js";
import { isUnfinished, type Mark, markOf, UNFINISHED } from "../form/mark.js";
import { valueListState } from "../form/state.js";
import {
  areValuesOurs,
  asStored,
  digestOfValues,
  progressOf,
  untouched,
  valueKey,
} from "../form/value-progress.js";
import type { LiveValues } from "../live/actual.js";
import { differences, type FieldChange } from "./differ.js";
import { judge, lastChange, type Ownership, stateOf } from "./ownership.js";
import type { Change, Conflict, Expected, Policy, ValueChange } from "./types.js";

/** Values of each direction that a diff shows; the rest is counted. */
const SHOWN = 5;
/** Values that are put into digests to find out which of them git had. */
const MOST_TRIED = 500_000;

/**
 * Plans one value list with its values. The mark's digest is taken over the values alone, in any order, so it tells
 * whether somebody else had a hand in them. When nobody had, the list gets exactly the file's values. When somebody
 * had, what only Kibana has stays, because an analyst put it there, and what only the file has is added when it is
 * certain that git added it, rather than an analyst having taken it away; what certainly was git's and is not any more
 * goes. `--overwrite-drift` makes the list the file's.
 *
 * A run that was cut off has noted in the mark what it was doing, so that its values count as git's: what it had still to
 * remove is removed, and what it had still to add is added.
 */
export function planValueList(
  desired: DesiredValueList,
  live: LiveValues | undefined,
  space: string,
  policy: Policy,
): Change {
  const { id, name, description, type, file } = desired;
  const base = { kind: "value-list" as const, key: `value-list/${space}/${id}`, id, name, file };
  const wanted = [...new Set(desired.values.map(asStored))].filter((value) => value !== "");
  const mark: Mark = { project: policy.project, digest: digestOfValues(wanted) };
  if (live === undefined) {
    const body = { id, name, description, type, meta: { kdac: mark } };
    const write = { body, values: { add: wanted, remove: [], kept: digestOfValues([]) } };
    return { ...base, action: "create", state: "new", diff: [], notes: [counted(wanted.length)], write };
  }
  const { list } = live;
  const there = [...new Set((live.values ?? []).map(asStored))];
  const ownership = ownershipOfValues(list, there, policy.project);
  // Of copies in somebody else's list nothing is said.
  const isMine = ownership.kind === "ours" || ownership.kind === "drifted" || policy.adopt === true;
  const delta = deltaOf(wanted, there, isMine ? (live.values ?? []) : there);
  const about = differences(aboutOf(list), { name, description });
  const last = markOf(list["meta"]);
  const differs = about.length > 0 || isChange(delta);
  const state = stateOf(ownership, differs, last?.digest !== mark.digest);
  const seen = { ...base, state, ...lastChange(state, list) };
  if (list.type !== type) {
    const diff = [{ path: "type", before: list.type, after: type }];
    return { ...seen, action: "conflict", diff, conflict: typeChange(id, list.type, type) };
  }
  const what = `value list "${id}"`;
  const update = (values: ValueChange, notes: readonly string[] = []): Omit<Change, keyof typeof seen> => {
    const changes = [...about, ...valueChanges(values)];
    const all = [...uncounted(values), ...notes];
    return {
      action: "update",
      diff: changes.length > 0 ? changes : [{ path: "meta.kdac", after: mark }],
      ...(all.length === 0 ? {} : { notes: all }),
      expected: expectedOf(list, there),
      write: { body: updateBody(desired, list, mark), values: { ...values, kept: keptOf(wanted, there) } },
    };
  };
  const inConflict = (conflict: Conflict): Pick<Change, "action" | "diff" | "notes" | "conflict"> => {
    const notes = uncounted(delta);
    const diff = [...about, ...valueChanges(delta)];
    return { action: "conflict", diff, ...(notes.length === 0 ? {} : { notes }), conflict };
  };
  if (ownership.kind === "ours") {
    if (!differs && !isUnfinished(last)) return { ...seen, action: "unchanged", diff: [] };
    return { ...seen, ...update(delta) };
  }
  if (ownership.kind !== "drifted") {
    if (!differs && policy.adopt !== true) return { ...seen, action: "unchanged", diff: [] };
    const verdict = judge(ownership, what, policy);
    if (!verdict.allowed) return { ...seen, ...inConflict(verdict.conflict) };
    // What it had before it was ours, somebody put there.
    if (policy.overwriteDrift === true) return { ...seen, adopts: true, ...update(delta) };
    return { ...seen, adopts: true, ...update({ ...delta, remove: [] }, staying(delta.remove)) };
  }
  if (!differs) return { ...seen, ...update(delta) };
  const drifted = { ...seen, drift: true as const };
  if (policy.overwriteDrift === true) return { ...drifted, ...update(delta) };
  const { safe, staying: stays, missing } = whatIsGits(delta, list, wanted, there);
  const notes = [...staying(stays), ...absent(missing)];
  const isStale = about.length > 0 || isUnfinished(last);
  if (isChange(safe) || (isStale && missing.length === 0)) return { ...drifted, ...update(safe, notes) };
  if (missing.length === 0) return { ...drifted, action: "unchanged", diff: [], notes };
  const verdict = judge(ownership, what, policy);
  return { ...drifted, ...inConflict((verdict as { conflict: Conflict }).conflict) };
}

/**
 * What of a difference is certainly git's, in a list that somebody else had a hand in: `staying` is there and in no file,
 * `missing` was perhaps taken away by somebody. Of a run that was cut off it is known what it was adding and removing.
 */
function whatIsGits(
  { add, remove, ...rest }: ValueChange,
  { meta }: Json,
  wanted: readonly string[],
  there: readonly string[],
): { readonly safe: ValueChange; readonly staying: readonly string[]; readonly missing: readonly string[] } {
  const progress = progressOf(meta);
  const others = progress === undefined ? there : untouched(there, progress);
  const had = (progress === undefined ? markOf(meta)?.digest : progress.kept) ?? "";
  const found = had === UNFINISHED ? [] : revokedIn(had, wanted, others);
  // All that git had before is there still, so that nobody took anything away.
  const isWhole = found !== undefined;
  const foreign = new Set(others);
  for (const value of found ?? []) foreign.delete(value);
  const isAdded = (value: string): boolean => isWhole || progress?.adding.has(valueKey(value)) === true;
  return {
    safe: { ...rest, add: add.filter(isAdded), remove: remove.filter((value) => !foreign.has(value)) },
    staying: remove.filter((value) => foreign.has(value)),
    missing: add.filter((value) => !isAdded(value)),
  };
}

/**
 * The values of a list that git had and has no more: those that, with what it has still, have the digest that was written
 * for what it had. Undefined where there are none such, or too many to try: then it is not known who wrote what.
 */
function revokedIn(
  had: string,
  wanted: readonly string[],
  there: readonly string[],
): readonly string[] | undefined {
  const young = new Set(wanted);
  const [both, others] = [
    there.filter((value) => young.has(value)),
    there.filter((value) => !young.has(value)),
  ];
  for (let tried = 0; tried < 2 ** others.length; tried++) {
    if (tried > 0 && tried * there.length > MOST_TRIED) return undefined;
    const some = others.filter((_, i) => Math.floor(tried / 2 ** i) % 2 === 1);
    if (digestOfValues([...both, ...some]) === had) return some;
  }
  return undefined;
}

/** Whose a value list is, and whether its values are as they were last applied. */
export function ownershipOfValues(list: Json, values: readonly string[], project: string): Ownership {
  const mark = markOf(list["meta"]);
  if (mark === undefined) return { kind: "unmarked" };
  if (mark.project !== project) return { kind: "other-project", project: mark.project };
  return areValuesOurs(list["meta"], mark, values.map(asStored)) ? { kind: "ours" } : { kind: "drifted" };
}

/** @param stored the values as Kibana has them, some perhaps more than once */
function deltaOf(
  wanted: readonly string[],
  there: readonly string[],
  stored: readonly string[],
): ValueChange {
  const [young, old] = [new Set(wanted), new Set(there)];
  const seen = new Set<string>();
  const repeated = new Set<string>();
  if (stored.length > there.length)
    for (const value of stored) {
      if (seen.has(value) && young.has(value)) repeated.add(value);
      seen.add(value);
    }
  return {
    add: wanted.filter((value) => !old.has(value)),
    remove: there.filter((value) => !young.has(value)),
    ...(repeated.size === 0 ? {} : { repeated: [...repeated] }),
  };
}

function isChange({ add, remove, repeated = [] }: ValueChange): boolean {
  return add.length + remove.length + repeated.length > 0;
}

/** The digest of the values of the file that are in a list. */
function keptOf(wanted: readonly string[], there: readonly string[]): string {
  const young = new Set(wanted);
  return digestOfValues(there.filter((value) => young.has(value)));
}

function aboutOf({ name, description }: Json): Json {
  return { name, description };
}

function valueChanges({ add, remove, repeated = [] }: ValueChange): FieldChange[] {
  return [
    ...remove.slice(0, SHOWN).map((before) => ({ path: "values", before })),
    ...add.slice(0, SHOWN).map((after) => ({ path: "values", after })),
    ...repeated
      .slice(0, SHOWN)
      .map((value) => ({ path: "values", before: `${value} (more than once)`, after: value })),
  ];
}

/** What the diff does not show. */
function uncounted({ add, remove, repeated = [] }: ValueChange): string[] {
  if (Math.max(add.length, remove.length, repeated.length) <= SHOWN) return [];
  const copies = repeated.length === 0 ? "" : `, copies of ${counted(repeated.length)} removed`;
  return [`${counted(add.length)} added, ${counted(remove.length)} removed${copies}; the first are shown`];
}

function absent(values: readonly string[]): string[] {
  if (values.length === 0) return [];
  return [
    `the file has ${counted(values.length)} that Kibana does not have, perhaps because somebody took them away; they are not added`,
  ];
}

function staying(values: readonly string[]): string[] {
  if (values.length === 0) return [];
  const some = values
    .slice(0, SHOWN)
    .map((value) => `"${value}"`)
    .join(", ");
  const more = values.length > SHOWN ? `, and ${values.length - SHOWN} more` : "";
  return [`Kibana has ${counted(values.length)} that the file does not have, which stay: ${some}${more}`];
}

function counted(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "value" : "values"}`;
}

/** The state of a value list that a change was planned on. */
export function expectedOf(list: Json & { readonly id: string }, values: readonly string[]): Expected {
  const version = list["_version"];
  return {
    id: list.id,
    ...(typeof version === "string" ? { _version: version } : {}),
    state: valueListState(list, values),
  };
}

function updateBody({ id, name, description }: DesiredValueList, list: Json, mark: Mark): Json {
  const { meta, _version: version } = list;
  return {
    id,
    name,
    description,
    meta: { ...(typeof meta === "object" ? meta : {}), kdac: mark },
    ...(typeof version === "string" ? { _version: version } : {}),
  };
}

function typeChange(id: string, from: string, to: string): Conflict {
  return {
    code: "type-change",
    message: `value list "${id}" is of type "${from}" there, which cannot change to "${to}"`,
    help: "delete the list in Kibana and apply again, or give yours another id",
  };
}
