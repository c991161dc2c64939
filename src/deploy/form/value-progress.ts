import { hash } from "node:crypto";
import { isJson, type Json } from "../../json/index.js";
import { digestOf, isUnfinished, type Mark, markOf, UNFINISHED } from "./mark.js";

/**
 * What an apply is doing to the values of a value list, noted in the list's mark before the first value is touched. It is
 * all that is left of a run that was cut off on a machine that is gone, and it is enough to finish that run's work: it
 * tells which of the values that are there git was adding or removing, and whether anybody else touched the others.
 */
export interface ValueProgress {
  /** Which run is at work: two that make the same change at the same time are not mistaken for one. */
  readonly run: string;
  /** {@link valueKey}s of the values that are being added and removed. */
  readonly adding: ReadonlySet<string>;
  readonly removing: ReadonlySet<string>;
  /** {@link digestOfValues} of the values that git has and that are not touched. */
  readonly kept: string;
}

/** Characters of a value's key: 48 bits, so that no other value of a list of any size has the same one. */
const KEY_LENGTH = 8;

/** Kibana trims the lines that it imports. */
export function asStored(value: string): string {
  return value.trim();
}

/** The digest of a list's values, in any order. */
export function digestOfValues(values: Iterable<string>): string {
  return digestOf({ core: [...new Set(values)].sort(), options: {} });
}

/** By what a value is known in {@link ValueProgress}: short, because thousands of them go into one mark. */
export function valueKey(value: string): string {
  return hash("sha256", asStored(value), "base64url").slice(0, KEY_LENGTH);
}

/** The mark of a list while its values are written. */
export function progressMark(
  project: string,
  progress: {
    readonly run: string;
    readonly add: readonly string[];
    readonly remove: readonly string[];
    readonly kept: string;
  },
): Json {
  const { run, add, remove, kept } = progress;
  return {
    project,
    digest: UNFINISHED,
    run,
    adding: add.map(valueKey).join(""),
    removing: remove.map(valueKey).join(""),
    kept,
  };
}

/** What a run that did not come to its end was doing; undefined where the mark does not tell. */
export function progressOf(meta: unknown): ValueProgress | undefined {
  const mark = isJson(meta) ? meta["kdac"] : undefined;
  if (!isJson(mark) || !isUnfinished(markOf(meta))) return undefined;
  const { run, adding, removing, kept } = mark;
  if (
    typeof run !== "string" ||
    typeof adding !== "string" ||
    typeof removing !== "string" ||
    typeof kept !== "string"
  )
    return undefined;
  return { run, adding: keysIn(adding), removing: keysIn(removing), kept };
}

function keysIn(text: string): ReadonlySet<string> {
  const keys = new Set<string>();
  for (let from = 0; from < text.length; from += KEY_LENGTH) keys.add(text.slice(from, from + KEY_LENGTH));
  return keys;
}

/** The values of a list that no run was touching. */
export function untouched(values: readonly string[], { adding, removing }: ValueProgress): string[] {
  return values.filter((value) => {
    const key = valueKey(value);
    return !adding.has(key) && !removing.has(key);
  });
}

/** Whether all the values of a list are git's: what was last applied, or what a run that was cut off left of that. */
export function areValuesOurs(meta: unknown, mark: Mark, values: readonly string[]): boolean {
  const progress = progressOf(meta);
  if (progress === undefined) return mark.digest === digestOfValues(values);
  return progress.kept === digestOfValues(untouched(values, progress));
}

/**
 * The values of a list as they are once the run that was cut off is finished: without what it was removing or adding and
 * git does not want any more, and with what it was adding and git still wants.
 */
export function finishedValues(
  meta: unknown,
  values: readonly string[],
  wanted: readonly string[],
): readonly string[] {
  const progress = progressOf(meta);
  if (progress === undefined) return values;
  const [want, have] = [new Set(wanted.map(asStored)), new Set(values.map(asStored))];
  const others = new Set(untouched(values, progress));
  const left = values.filter((value) => want.has(asStored(value)) || others.has(value));
  const coming = [...want].filter((value) => !have.has(value) && progress.adding.has(valueKey(value)));
  return [...left, ...coming];
}
