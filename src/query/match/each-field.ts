/** Conditions on every field of an event, or on those whose names fit. */
import type { FieldInfo, Fields } from "../../fields/index.js";
import { some } from "./combine.js";
import { type Event, leaves } from "./event.js";
import { fieldOf, type FieldScope, fullName, sourceOf } from "./field-source.js";
import { beforeIndexing } from "./indexing.js";
import type { ScalarTest } from "./scalar.js";

/** Names that are remembered with their tests; events of a thousand fields each are not unheard of. */
const MOST_NAMES = 20_000;

/**
 * Whether a value of any field that is meant passes the test for that field; `testOf` gives it by what is known of the
 * field, or undefined for none. Multi-fields and aliases count by themselves, with the values of what they belong to: the
 * value of `process.name` is also that of `process.name.text`.
 */
export function anyField(
  scope: FieldScope,
  isMeant: (name: string) => boolean,
  testOf: (field: FieldInfo | undefined) => ScalarTest | undefined,
): (event: Event) => boolean {
  const { fields } = scope;
  const known = new Map<string, ScalarTest | null>();
  const find = (name: string): ScalarTest | null => {
    const own = fieldOf(fields, name);
    const isThere = (own !== undefined || fields?.closed !== true) && own?.aliasOf === undefined;
    const asked = isThere && isMeant(name) ? [own] : [];
    asked.push(...fieldsWithValuesOf(fields, name).filter((other) => isMeant(other.name)));
    const tests = asked.flatMap((field) => {
      const test = testOf(field);
      return test === undefined ? [] : [beforeIndexing(test, field)];
    });
    return tests.length === 0 ? null : some(tests);
  };
  return (event) => {
    for (const [name, value] of leaves(event)) {
      const full = fullName(scope, name);
      let test = known.get(full);
      if (test === undefined) {
        if (known.size >= MOST_NAMES) known.clear();
        known.set(full, (test = find(full)));
      }
      if (test !== null && test(value)) return true;
    }
    return false;
  };
}

type ByName = ReadonlyMap<string, readonly FieldInfo[]>;

/** Tables of fields are large and used for many queries. */
const sharing = new WeakMap<Fields, ByName>();

/** The other fields that have the values of this one. */
function fieldsWithValuesOf(fields: Fields | undefined, name: string): readonly FieldInfo[] {
  if (fields === undefined) return [];
  let all = sharing.get(fields);
  if (all === undefined) sharing.set(fields, (all = collect(fields)));
  return all.get(name) ?? [];
}

function collect(fields: Fields): ByName {
  const all = new Map<string, FieldInfo[]>();
  for (const name of fields.names()) {
    const source = sourceOf(fields, name);
    const field = source === undefined ? undefined : fields.find(name);
    if (source === undefined || field === undefined) continue;
    const others = all.get(source);
    if (others === undefined) all.set(source, [field]);
    else others.push(field);
  }
  return all;
}
