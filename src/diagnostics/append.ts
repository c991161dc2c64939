/** Adds all entries to a list. A call such as `list.push(...more)` fails where there are more than some 100,000. */
export function append<T>(list: T[], more: Iterable<T>): void {
  for (const entry of more) list.push(entry);
}
