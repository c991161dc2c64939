/** A test of what a field holds: a scalar, or an array of scalars. */
export type ValueTest = (value: unknown) => boolean;

/** What can be no match, such as a word on a number. */
export const NEVER: ValueTest = () => false;

/** Whether one of a field's values passes. */
export function any(test: (value: unknown) => boolean): ValueTest {
  return (value) => {
    if (!Array.isArray(value)) return test(value);
    for (const one of value) if (test(one)) return true;
    return false;
  };
}

/** Whether one of a field's values passes as a text; numbers and booleans are compared as JSON writes them. */
export function anyText(test: (text: string) => boolean): ValueTest {
  return any((value) => test(typeof value === "string" ? value : String(value)));
}
