/** Conditions on every field of an event, or on those whose names match a pattern. */
import type { FieldInfo } from "../../fields/index.js";
import { compileWildcard, type Event, leaves } from "../match/index.js";
import type { Name } from "./ast.js";
import type { ScalarTest } from "./scalar.js";
import { firstOf } from "./text-tests.js";
import { fieldOf, fullName, inferredField, isUnmapped, multiFieldsOf, type Scope } from "./scope.js";

/** Names that are remembered with their tests; events of a thousand fields each are not unheard of. */
const MOST_NAMES = 20_000;

/** Whether a name is meant; every name where there is no pattern. */
type Meant = (name: string) => boolean;

/** What a pattern for names means. A quoted name has none. */
export function meantBy({ pieces, name }: Pick<Name, "name" | "pieces">): Meant {
  return pieces === undefined ? (other) => other === name : compileWildcard(name);
}

/**
 * Whether a value of any field that is meant passes the test for that field. Multi-fields count by themselves, with the
 * values of the field that they belong to.
 */
export function anyField(
  scope: Scope,
  isMeant: Meant,
  testOf: (field: FieldInfo | undefined) => ScalarTest,
): (event: Event) => boolean {
  const known = new Map<string, ScalarTest | null>();
  const find = (name: string): ScalarTest | null => {
    const tests: ScalarTest[] = [];
    if (isMeant(name) && !isUnmapped(scope, name)) {
      tests.push(testOf(fieldOf(scope, name) ?? inferredField(name)));
    }
    for (const field of multiFieldsOf(scope.fields, name)) if (isMeant(field.name)) tests.push(testOf(field));
    return tests.length === 0 ? null : firstOf(tests);
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
