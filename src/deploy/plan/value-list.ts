import type { Json } from "../../json/index.js";
import type { DesiredValueList } from "../desired/desired.js";
import { digestOf, isUnfinished, type Mark, markOf } from "../form/mark.js";
import { valueListState } from "../form/state.js";
import type { LiveValues } from "../live/actual.js";
import { differences, type FieldChange } from "./differ.js";
import { judge, lastChange, type Ownership, stateOf } from "./ownership.js";
import type { Change, Conflict, Expected, Policy, ValueChange } from "./types.js";

/** Values of each direction that a diff shows; the rest is counted. */
const SHOWN = 5;

/**
 * Plans one value list with its values. The mark's digest is taken over the values alone, in any order, so it tells
 * whether somebody else had a hand in them. When nobody had, the list gets exactly the file's values. When somebody
 * had, what only Kibana has stays, because an analyst put it there, and what only the file has is added when it is
 * certain that git added it, rather than an analyst having taken it away; `--overwrite-drift` makes the list the file's.
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
    const write = { body, values: { add: wanted, remove: [] } };
    return { ...base, action: "create", state: "new", diff: [], notes: [counted(wanted.length)], write };
  }
  const { list } = live;
  const there = [...new Set((live.values ?? []).map(asStored))];
  const ownership = ownershipOfValues(list, there, policy.project);
  const delta = deltaOf(wanted, there);
  const about = differences(aboutOf(list), { name, description });
  const moved = markOf(list["meta"])?.digest !== mark.digest;
  const differs = about.length > 0 || delta.add.length > 0 || delta.remove.length > 0;
  const state = stateOf(ownership, differs, moved);
  const seen = { ...base, state, ...lastChange(state, list) };
  if (list.type !== type) {
    const diff = [{ path: "type", before: list.type, after: type }];
    return { ...seen, action: "conflict", diff, conflict: typeChange(id, list.type, type) };
  }
  const what = `value list "${id}"`;
  const all = [...about, ...valueChanges(delta)];
  const write = (values: ValueChange): Pick<Change, "expected" | "write"> => ({
    expected: expectedOf(list, there),
    write: { body: updateBody(desired, list, mark), values },
  });
  const rest = (values: ValueChange): { notes?: readonly string[] } => {
    const notes = uncounted(values);
    return notes.length === 0 ? {} : { notes };
  };
  if (ownership.kind === "ours") {
    if (!differs) return { ...seen, action: "unchanged", diff: [] };
    return { ...seen, action: "update", diff: all, ...rest(delta), ...write(delta) };
  }
  if (ownership.kind !== "drifted") {
    if (!differs && policy.adopt !== true) return { ...seen, action: "unchanged", diff: [] };
    const verdict = judge(ownership, what, policy);
    if (!verdict.allowed)
      return { ...seen, action: "conflict", diff: all, ...rest(delta), conflict: verdict.conflict };
    // What it had before it was ours, somebody put there.
    const taken = policy.overwriteDrift === true ? delta : { add: delta.add, remove: [] };
    const diff = [...about, ...valueChanges(taken)];
    const shown = diff.length > 0 ? diff : [{ path: "meta.kdac", after: mark }];
    const notes = [...uncounted(taken), ...(taken === delta ? [] : staying(delta.remove))];
    return { ...seen, action: "update", diff: shown, adopts: true, notes, ...write(taken) };
  }
  if (policy.overwriteDrift === true || !differs) {
    const diff = differs ? all : [{ path: "meta.kdac", after: mark }];
    const drift = differs ? { drift: true as const } : {};
    return { ...seen, action: "update", diff, ...drift, ...rest(delta), ...write(delta) };
  }
  return planDrifted();

  function planDrifted(): Change {
    const drifted = { ...seen, drift: true as const };
    const notes = staying(delta.remove);
    if (delta.add.length === 0 && about.length === 0)
      return { ...drifted, action: "unchanged", diff: [], notes };
    const young = new Set(wanted);
    const both = there.filter((value) => young.has(value));
    const last = markOf(list["meta"]);
    const isAddedByGit =
      delta.add.length === 0 || isUnfinished(last) || digestOfValues(both) === last?.digest;
    if (!isAddedByGit) {
      const verdict = judge(ownership, what, policy);
      const conflict = (verdict as { conflict: Conflict }).conflict;
      return { ...drifted, action: "conflict", diff: all, ...rest(delta), conflict };
    }
    const added = { add: delta.add, remove: [] };
    const diff = [...about, ...valueChanges(added)];
    return { ...drifted, action: "update", diff, notes: [...uncounted(added), ...notes], ...write(added) };
  }
}

/** Kibana trims the lines that it imports. */
function asStored(value: string): string {
  return value.trim();
}

function digestOfValues(values: readonly string[]): string {
  return digestOf({ core: [...values].sort(), options: {} });
}

/** Whose a value list is, and whether its values are as they were last applied. */
export function ownershipOfValues(list: Json, values: readonly string[], project: string): Ownership {
  const mark = markOf(list["meta"]);
  if (mark === undefined) return { kind: "unmarked" };
  if (mark.project !== project) return { kind: "other-project", project: mark.project };
  return mark.digest === digestOfValues(values.map(asStored)) ? { kind: "ours" } : { kind: "drifted" };
}

function deltaOf(wanted: readonly string[], there: readonly string[]): ValueChange {
  const [young, old] = [new Set(wanted), new Set(there)];
  return {
    add: wanted.filter((value) => !old.has(value)),
    remove: there.filter((value) => !young.has(value)),
  };
}

function aboutOf({ name, description }: Json): Json {
  return { name, description };
}

function valueChanges({ add, remove }: ValueChange): FieldChange[] {
  return [
    ...remove.slice(0, SHOWN).map((before) => ({ path: "values", before })),
    ...add.slice(0, SHOWN).map((after) => ({ path: "values", after })),
  ];
}

/** What the diff does not show. */
function uncounted({ add, remove }: ValueChange): string[] {
  if (add.length <= SHOWN && remove.length <= SHOWN) return [];
  return [`${counted(add.length)} added, ${counted(remove.length)} removed; the first are shown`];
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
