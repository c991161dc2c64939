/** The entries of a mapping in insertion order. A key whose value is `undefined` is not there, as in JSON. */
export function entriesOf(mapping: object): [string, unknown][] {
  return Object.entries(mapping).filter(([, value]) => value !== undefined);
}
