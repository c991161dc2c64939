import { type FieldInfo, type Fields, isObject } from "../../fields/index.js";
import { compileWildcard, type Event, leaves, reader } from "../match/index.js";
import type { ValueTest } from "./value-test.js";

/** Names remembered of events with ever new ones. */
const MAX_NAMES = 10_000;

/** Names that stand by convention for a multi-field, where the mapping is not known. */
const BY_CONVENTION = /^(.+)\.(?:keyword|text)$/;

/** What is known of a field; where no mapping is, what its name tells. */
export function fieldOf(fields: Fields | undefined, name: string): FieldInfo | undefined {
  const info = fields?.find(name);
  if (info !== undefined || fields?.closed === true) return info;
  if (name === "@timestamp") return { name, type: "date", source: "metadata" };
  return name.endsWith(".text") ? { name, type: "text", source: "given" } : undefined;
}

/**
 * The field that a multi-field is filled from: events have `process.name` where `process.name.text` is asked for.
 * Undefined where the name is no multi-field.
 */
export function parentOf(fields: Fields | undefined, name: string): string | undefined {
  if (fields?.find(name) === undefined) return BY_CONVENTION.exec(name)?.[1];
  const dot = name.lastIndexOf(".");
  const parent = dot < 1 ? undefined : fields.find(name.slice(0, dot));
  const isLeaf = parent !== undefined && !isObject(parent.type) && parent.type !== "flattened";
  return isLeaf ? parent.name : undefined;
}

/**
 * Reads a field. One that is a multi-field is read where its values come from, unless the event has it by its own name;
 * a flattened one has the values of all its keys.
 */
export function sourceOf(fields: Fields | undefined, name: string): (event: Event) => unknown {
  if (fields?.find(name)?.type === "flattened") return (event) => valuesBelow(event, name);
  const own = reader(name);
  const parent = parentOf(fields, name);
  if (parent === undefined) return own;
  const above = reader(parent);
  return (event) => own(event) ?? above(event);
}

function valuesBelow(event: Event, name: string): unknown {
  const found = leaves(event).filter(([leaf]) => leaf === name || leaf.startsWith(`${name}.`));
  return found.length === 0 ? undefined : found.map(([, value]) => value);
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
    const own = fieldOf(fields, name);
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

type Children = ReadonlyMap<string, FieldInfo[]>;

/** Tables of fields are large and used for many queries. */
const childrenByFields = new WeakMap<Fields, Children>();

/** The multi-fields of each field that has some. */
function childrenOf(fields: Fields | undefined): Children {
  if (fields === undefined) return new Map();
  const known = childrenByFields.get(fields);
  if (known !== undefined) return known;
  const children = new Map<string, FieldInfo[]>();
  for (const name of fields.names()) {
    const parent = parentOf(fields, name);
    if (parent === undefined) continue;
    const info = fields.find(name)!;
    const beside = children.get(parent);
    if (beside === undefined) children.set(parent, [info]);
    else beside.push(info);
  }
  childrenByFields.set(fields, children);
  return children;
}

/** Whether a name fits a pattern in which `*` stands for any run of characters. */
export function fitsName(pattern: string): (name: string) => boolean {
  return compileWildcard(pattern, {});
}
