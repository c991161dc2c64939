import { type FieldInfo, isRange } from "../../fields/index.js";
import {
  anyValue,
  fieldOf,
  fullName,
  indexedValues,
  type Interval,
  isUnmapped,
  overlapTest,
  type ScalarTest,
  type Scope,
  some,
} from "../match/index.js";
import { isOutOfReach } from "../kql/scope.js";
import type { Matcher } from "./compile.js";

/** A field's full name as the scope has it: below a nested object the rest of the name. Undefined where it is elsewhere. */
export function nameIn({ path }: Scope, full: string): string | undefined {
  if (path === undefined) return full;
  return full.startsWith(`${path}.`) ? full.slice(path.length + 1) : undefined;
}

/**
 * Whether a value of the field, by its full name, passes the test for fields of its type. A field of a range type passes where one of
 * its stretches has something of one of the intervals.
 */
export function onField(
  scope: Scope,
  full: string,
  testOf: (field: FieldInfo | undefined) => ScalarTest,
  intervals: readonly Interval[] = [],
): Matcher {
  const name = nameIn(scope, full);
  if (name === undefined || isUnmapped(scope.fields, full) || isOutOfReach(scope, full)) return () => false;
  const field = fieldOf(scope.fields, fullName(scope, name));
  if (field === undefined || !isRange(field.type)) return anyValue(indexedValues(scope, name), testOf(field));
  const tests = intervals.map((interval) => overlapTest(field, name, interval, scope.now));
  return tests.length === 0 ? () => false : some(tests);
}
