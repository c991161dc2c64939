/** The units of spans of time. */
export const TIMESPAN_UNITS: readonly string[] = [
  ..."millisecond milliseconds ms second seconds sec s minute minutes min m hour hours h".split(" "),
  ..."day days d week weeks w month months mo quarter quarters q year years yr y".split(" "),
];

export const isTimespanUnit = (word: string): boolean => UNITS.has(word);

const UNITS: ReadonlySet<string> = new Set(TIMESPAN_UNITS);
