import type { Event } from "../match/index.js";
import type { Value } from "./ast.js";

/** A test of one value of a field. */
export type ScalarTest = (value: unknown) => boolean;

export const never: ScalarTest = () => false;

/** A value of an event as the text that is indexed for it. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return value instanceof Date ? value.toISOString() : String(value);
}

/** Whether a value is a `*` alone: any value. */
export function isAny({ pieces }: Pick<Value, "pieces">): boolean {
  return pieces !== undefined && pieces.length === 2 && pieces[0] === "" && pieces[1] === "";
}

/** A test of a field's values: one, several or none. */
export function anyOf(read: (event: Event) => unknown, test: ScalarTest): (event: Event) => boolean {
  return (event) => {
    const value = read(event);
    if (value === undefined) return false;
    if (!Array.isArray(value)) return test(value);
    for (const each of value) if (test(each)) return true;
    return false;
  };
}
