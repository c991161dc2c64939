import { type FieldInfo, type Fields, isObject } from "../../fields/index.js";
import { compileWildcard, type Event, leaves, reader } from "../match/index.js";
import type { ValueTest } from "./value-test.js";

/** Names remembered of events with ever new ones. */
const MAX_NAMES = 10_000;

/**
 * The field that a multi-field is filled from: events have `process.name` where `process.name.text` is asked for.
 * Undefined where the name is no multi-field.
 */
export function parentOf(fields: Fields | undefined, name: string): string | undefined {
  const dot = name.lastIndexOf(".");
  if (fields === undefined || dot < 1) return undefined;
  const parent = fields.find(name.slice(0, dot));
  if (parent === undefined || isObject(parent.type) || parent.type === "flattened") return undefined;
  return fields.find(name) === undefined ? undefined : parent.name;
}

/** Reads a field; one that is a multi-field is read where its values come from, unless the event has it by its own name. */
export function sourceOf(fields: Fields | undefined, name: string): (event: Event) => unknown {
  const own = reader(name);
  const parent = parentOf(fields, name);
  if (parent === undefined) return own;
  const above = reader(parent);
  return (event) => own(event) ?? above(event);
}

/** Whether anything stands below a name that is an object. */
export function hasBelow(event: Event, name: string): boolean {
  return leaves(event).some(
    ([leaf]) => leaf.length > name.length && leaf.startsWith(name) && leaf[name.length] === ".",
  );
}

/**
 * A test of every value of an event whose field's name fits, by the test that `make` has for the field; undefined is a
 * field of which nothing is known. Multi-fields are asked as well: the value of `process.name` is also that of
 * `process.name.text`.
 */
export function eachField(
  fields: Fields | undefined,
  fits: (name: string) => boolean,
  make: (info: FieldInfo | undefined) => ValueTest | undefined,
): (event: Event) => boolean {
  const children = childrenOf(fields);
  const known = new Map<string, readonly ValueTest[]>();
  const testsOf = (name: string): readonly ValueTest[] => {
    const infos: (FieldInfo | undefined)[] = [];
    const own = fields?.find(name);
    if (fits(name) && (own !== undefined || fields?.closed !== true)) infos.push(own);
    infos.push(...(children.get(name) ?? []).filter((child) => fits(child.name)));
    return infos
      .filter((info) => info?.nestedIn === undefined)
      .map(make)
      .filter((test) => test !== undefined);
  };
  return (event) => {
    for (const [name, value] of leaves(event)) {
      let tests = known.get(name);
      if (tests === undefined) {
        if (known.size >= MAX_NAMES) known.clear();
        known.set(name, (tests = testsOf(name)));
      }
      for (const test of tests) if (test(value)) return true;
    }
    return false;
  };
}

/** The multi-fields of each field that has some. */
function childrenOf(fields: Fields | undefined): ReadonlyMap<string, FieldInfo[]> {
  const children = new Map<string, FieldInfo[]>();
  for (const name of fields?.names() ?? []) {
    const parent = parentOf(fields, name);
    if (parent === undefined) continue;
    const info = fields!.find(name)!;
    const beside = children.get(parent);
    if (beside === undefined) children.set(parent, [info]);
    else beside.push(info);
  }
  return children;
}

/** Whether a name fits a pattern in which `*` stands for any run of characters. */
export function fitsName(pattern: string): (name: string) => boolean {
  return compileWildcard(pattern, {});
}
