/** By code unit, so that the order is the same in every locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The value with the keys of each object in one order, whatever the author's was: those named in `first`, then the others
 * by name. Objects inside follow `inside`.
 */
export function ordered(
  value: unknown,
  first: readonly string[],
  inside: readonly string[] = first,
): unknown {
  if (Array.isArray(value)) return value.map((inner) => ordered(inner, inside));
  if (typeof value !== "object" || value === null) return value;
  const rank = (key: string) => (first.includes(key) ? first.indexOf(key) : first.length);
  const entries = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b) || compare(a, b));
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner, inside)]));
}
