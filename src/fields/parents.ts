/** Longer names are no fields' names, and have too many parents to look at each. */
const MAX_LENGTH = 1_000;

/** The first of the names above a name for which `is` holds, the nearest first: of `a.b.c` these are `a.b` and `a`. */
export function nearestParent(name: string, is: (parent: string) => boolean): string | undefined {
  if (name.length > MAX_LENGTH) return undefined;
  for (let dot = name.lastIndexOf("."); dot > 0; dot = name.lastIndexOf(".", dot - 1)) {
    const parent = name.slice(0, dot);
    if (is(parent)) return parent;
  }
  return undefined;
}
