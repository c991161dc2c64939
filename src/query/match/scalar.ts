import type { Event, Read } from "./event.js";

/** A test of one value of a field. */
export type ScalarTest = (value: unknown) => boolean;

/** What can be no match, such as a word on a number. */
export const never: ScalarTest = () => false;

/** A value of an event as the text that is indexed for it. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  const isDate = value instanceof Date && !Number.isNaN(value.getTime());
  return isDate ? value.toISOString() : String(value);
}

/** Whether one of a field's values passes; a field without a value does not. */
export function anyValue(read: Read, test: ScalarTest): (event: Event) => boolean {
  return (event) => {
    const value = read(event);
    if (value === undefined) return false;
    if (!Array.isArray(value)) return test(value);
    for (const each of value as readonly unknown[]) if (test(each)) return true;
    return false;
  };
}
