/** The entries of a mapping in insertion order. A key whose value is `undefined` is not there, as in JSON. */
export function entriesOf(mapping: object): [string, unknown][] {
  const entries = Object.entries(mapping);
  return entries.some(([, value]) => value === undefined)
    ? entries.filter(([, value]) => value !== undefined)
    : entries;
}
