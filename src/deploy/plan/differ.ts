import { isJson, type Json } from "../../json/index.js";
import type { FieldOrigin } from "../desired/desired.js";
import { canonical, isSame } from "../form/canonical.js";

/**
 * One difference: `before` alone is something that goes, `after` alone something that comes, both a value that
 * changes. `path` is written for people: `threshold.value`, `threat[TA0001].technique[T1566]`, `tags`.
 */
export interface FieldChange {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** Of rules: where the value of the files comes from. */
  readonly origin?: FieldOrigin;
}

/** What tells the entries of a list apart, by the name of the field that holds the list. */
const KEYS: Readonly<Record<string, (entry: Json) => unknown>> = {
  threat: (entry) => (isJson(entry["tactic"]) ? entry["tactic"]["id"] : undefined),
  technique: (entry) => entry["id"],
  subtechnique: (entry) => entry["id"],
  actions: (entry) => words(entry["connector"], entry["group"]),
  exceptions_list: (entry) => entry["list_id"],
  related_integrations: (entry) => words(entry["package"], entry["integration"]),
  required_fields: (entry) => entry["name"],
  risk_score_mapping: (entry) => entry["field"],
  severity_mapping: (entry) => words(entry["field"], entry["value"]),
  cardinality: (entry) => entry["field"],
  entries: (entry) => words(entry["field"], entry["type"]),
};

/** The differences between two values, field by field, in the order in which the fields stand. */
export function differences(before: Json, after: Json): FieldChange[] {
  const changes: FieldChange[] = [];
  objects("", before, after, changes);
  return changes;
}

function values(path: string, name: string, before: unknown, after: unknown, into: FieldChange[]): void {
  if (isSame(before, after)) return;
  if (before === undefined) {
    if (Array.isArray(after) && after.length > 0 && after.every(isScalar))
      for (const entry of after) into.push({ path, after: entry as unknown });
    else into.push({ path, after });
  } else if (after === undefined) into.push({ path, before });
  else if (isJson(before) && isJson(after)) objects(path, before, after, into);
  else if (Array.isArray(before) && Array.isArray(after)) lists(path, name, before, after, into);
  else into.push({ path, before, after });
}

function objects(path: string, before: Json, after: Json, into: FieldChange[]): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    values(path === "" ? name : `${path}.${name}`, name, before[name], after[name], into);
  }
}

function lists(path: string, name: string, before: unknown[], after: unknown[], into: FieldChange[]): void {
  if ([...before, ...after].every(isScalar)) return scalars(path, before, after, into);
  const keyOf = KEYS[name];
  const [old, young] = [keyed(before, keyOf), keyed(after, keyOf)];
  if (old === undefined || young === undefined) {
    for (let i = 0; i < Math.max(before.length, after.length); i++) {
      values(`${path}[${i}]`, "", before[i], after[i], into);
    }
    return;
  }
  const at = into.length;
  for (const key of new Set([...old.keys(), ...young.keys()])) {
    values(`${path}[${key}]`, "", old.get(key), young.get(key), into);
  }
  // The same entries in another order, where order counts.
  if (into.length === at) into.push({ path, before, after });
}

/** Lists of plain values: what comes and what goes; where only the order differs, the whole. */
function scalars(path: string, before: unknown[], after: unknown[], into: FieldChange[]): void {
  const gone = minus(before, after);
  const come = minus(after, before);
  if (gone.length === 0 && come.length === 0) into.push({ path, before, after });
  for (const entry of gone) into.push({ path, before: entry });
  for (const entry of come) into.push({ path, after: entry });
}

function minus(from: readonly unknown[], what: readonly unknown[]): unknown[] {
  const left = what.map(canonical);
  return from.filter((entry) => {
    const at = left.indexOf(canonical(entry));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** The entries by key; undefined when some entry has none or two share one. */
function keyed(
  list: readonly unknown[],
  keyOf: ((entry: Json) => unknown) | undefined,
): Map<string, unknown> | undefined {
  if (keyOf === undefined) return undefined;
  const map = new Map<string, unknown>();
  for (const entry of list) {
    const key = isJson(entry) ? keyOf(entry) : undefined;
    if (typeof key !== "string" || key === "" || map.has(key)) return undefined;
    map.set(key, entry);
  }
  return map;
}

/** A key of several texts, those that are there. */
function words(...parts: readonly unknown[]): string {
  return parts.filter((part) => typeof part === "string").join(" ");
}

function isScalar(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}
