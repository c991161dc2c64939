import { isJson, type Json } from "../../json/index.js";
import {
  createValueList,
  deleteCopies,
  deleteValue,
  exportValues,
  getValueList,
  importValues,
  type LiveValueList,
  updateValueList,
} from "../../kibana/endpoints/index.js";
import { KibanaError } from "../../kibana/errors.js";
import { backOff } from "../../kibana/retry.js";
import { isSame } from "../form/canonical.js";
import { valueListState } from "../form/state.js";
import { asStored, digestOfValues, progressMark } from "../form/value-progress.js";
import type { Body, Change, ValueChange } from "../plan/types.js";
import { inPool } from "./pool.js";
import { updated } from "./updated.js";
import type { Writing } from "./write.js";

type ValueListWriting = Pick<Writing, "client" | "space" | "project" | "run" | "streams">;

interface Named extends Body {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: string;
}

/** Values that one mark tells of: some hundred kilobytes, which Kibana accepts in one request. */
const VALUES_A_STEP = 20_000;
/** Reads of a list until it has the mark that was written. */
const READS = 3;

/**
 * Makes or updates a value list and its values. They cannot be written at once, so the list's mark says first which
 * values come and go: a run that is cut off leaves behind what the next one needs to finish its work. The mark that says
 * nothing of that comes last. Many values are written in steps, each with a mark of its own.
 *
 * Two runs that write one list at the same time would store its values twice, because Kibana's import does not look
 * whether a value is there. The list's `_version` lets one of them go on; the other fails before it touches a value.
 */
export async function writeValueList(change: Change, writing: ValueListWriting): Promise<void> {
  const { client, space } = writing;
  const { body, values = { add: [], remove: [] } } = change.write!;
  const list = body as Named;
  const meta = isJson(body["meta"]) ? body["meta"] : {};
  const isNew = change.action === "create";
  const seen = isNew ? { type: list.type, values: [] } : await asPlanned(change, writing);
  const steps = stepsOf(values, seen.values).map((step) => ({
    ...step,
    meta: { ...meta, kdac: progressMark(writing.project, { ...step, run: writing.run }) },
  }));
  if (isNew) await create(list, steps[0]?.meta ?? meta, writing);
  let before: Json | undefined = isNew ? (steps[0]?.meta ?? meta) : undefined;
  for (const step of steps) {
    if (before !== step.meta) await put(list, step.meta, before, change, writing);
    before = step.meta;
    await importValues(client, space, list.id, step.add);
    await inPool(step.remove, client.concurrency, (value) =>
      deleteValue(client, space, { id: list.id, type: seen.type }, value),
    );
  }
  await inPool(values.repeated ?? [], client.concurrency, (value) =>
    deleteCopies(client, space, list.id, value),
  );
  if (before !== meta) await put(list, meta, before, change, writing);
}

interface Step {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** See `ValueProgress.kept`. */
  readonly kept: string;
}

/**
 * What is written after one mark and before the next. Where somebody else's values are in the list, and it is not known
 * which they are, only a single step can say what is git's of the rest.
 */
function stepsOf(
  { add, remove, repeated = [], kept }: ValueChange,
  before: readonly string[],
): readonly Step[] {
  const there = new Set(before.map(asStored));
  // Somebody may have added a value since the plan: an import would store it twice.
  const missing = add.filter((value) => !there.has(value));
  const changes = missing.length + remove.length;
  if (changes === 0 && repeated.length === 0) return [];
  const count = Math.max(1, Math.ceil(changes / VALUES_A_STEP));
  const gone = new Set(remove);
  const rest = digestOfValues([...there].filter((value) => !gone.has(value)));
  const isKnown = kept === undefined || kept === rest;
  return Array.from({ length: count }, (_, i): Step => {
    const from = i * VALUES_A_STEP;
    // What goes comes first.
    const removing = remove.slice(from, from + VALUES_A_STEP);
    const adding = missing.slice(
      Math.max(0, from - remove.length),
      Math.max(0, from + VALUES_A_STEP - remove.length),
    );
    for (const value of removing) there.delete(value);
    const left = isKnown ? digestOfValues(there) : count === 1 ? kept : "";
    for (const value of adding) there.add(value);
    return { add: adding, remove: removing, kept: left };
  });
}

/** A list as it is right before it is written, which must be as it was planned on. */
async function asPlanned(
  { expected, write }: Change,
  { client, space }: ValueListWriting,
): Promise<{ readonly type: string; readonly values: readonly string[] }> {
  const { id } = write!.body as Named;
  const list = await getValueList(client, space, id);
  if (list === undefined) throw conflict("it was deleted");
  const values = await exportValues(client, space, id);
  if (expected?.state !== undefined && valueListState(list, values) !== expected.state)
    throw conflict("it has other values, or another name or description");
  return { type: list.type, values };
}

async function create(list: Named, meta: Json, { client, space, streams }: ValueListWriting): Promise<void> {
  await streams();
  const { id, name, description, type } = list;
  await createValueList(client, space, { id, name, description, type, meta }, hasMark(meta));
}

/**
 * Writes a list's own fields, on the state that was planned on or that this run left.
 *
 * @param before the `meta` that this run gave it last
 */
async function put(
  { id, name, description }: Named,
  meta: Json,
  before: Json | undefined,
  { expected }: Change,
  writing: ValueListWriting,
): Promise<void> {
  const { client, space } = writing;
  const version = before === undefined ? expected?._version : await tokenOf(id, before, writing);
  const body = { id, name, description, meta, ...(version === undefined ? {} : { _version: version }) };
  await updated(updateValueList(client, space, body), () => getValueList(client, space, id), hasMark(meta));
}

/** The token of a list that this run is writing. Rejects where somebody else has written it in between. */
async function tokenOf(
  id: string,
  meta: Json,
  { client, space }: ValueListWriting,
): Promise<string | undefined> {
  for (let reads = 1; ; reads++) {
    const list = await getValueList(client, space, id);
    if (list === undefined) throw conflict("it was deleted while its values were written");
    const { _version: version } = list;
    if (hasMark(meta)(list)) return typeof version === "string" ? version : undefined;
    if (reads === READS)
      throw conflict("something else, perhaps another apply, wrote it while its values were written");
    await client.clock.sleep(backOff(reads, client.random));
  }
}

function hasMark(meta: Json): (found: LiveValueList) => boolean {
  return (found) => isSame(isJson(found["meta"]) ? found["meta"]["kdac"] : undefined, meta["kdac"]);
}

function conflict(problem: string): KibanaError {
  return new KibanaError({ kind: "conflict", problem, effect: "none" });
}
