type Test<T> = (value: T) => boolean;

/** Whether all of the tests pass. */
export function every<T>(tests: readonly Test<T>[]): Test<T> {
  const [first, second, third] = tests;
  if (tests.length === 1) return first!;
  if (tests.length === 2) return (value) => first!(value) && second!(value);
  if (tests.length === 3) return (value) => first!(value) && second!(value) && third!(value);
  return (value) => {
    for (const test of tests) if (!test(value)) return false;
    return true;
  };
}

/** Whether one of the tests passes. */
export function some<T>(tests: readonly Test<T>[]): Test<T> {
  if (tests.length === 1) return tests[0]!;
  return (value) => {
    for (const test of tests) if (test(value)) return true;
    return false;
  };
}
