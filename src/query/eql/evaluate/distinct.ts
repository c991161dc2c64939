/**
 * The first combinations of one item of each list in which no item is twice, in the order in which a depth-first
 * search finds them; at most `most`. The search only enters where the later lists can be served, so that it never
 * goes through combinations in vain: the work is bounded by the lists' lengths times `most`.
 */
export function distinctChoices(lists: readonly (readonly number[])[], most: number): number[][] {
  const found: number[][] = [];
  const chosen: number[] = [];
  const used = new Set<number>();
  const choose = (depth: number): void => {
    if (depth === lists.length) {
      found.push([...chosen]);
      return;
    }
    for (const item of lists[depth]!) {
      if (used.has(item)) continue;
      used.add(item);
      if (canServe(lists, depth + 1, used)) {
        chosen.push(item);
        choose(depth + 1);
        chosen.pop();
      }
      used.delete(item);
      if (found.length >= most) return;
    }
  };
  if (most > 0 && canServe(lists, 0, used)) choose(0);
  return found;
}

/** Whether each list from `from` on can have an item of its own that is not used: a matching, by augmenting paths. */
function canServe(lists: readonly (readonly number[])[], from: number, used: ReadonlySet<number>): boolean {
  const owner = new Map<number, number>();
  const serve = (list: number, tried: Set<number>): boolean => {
    for (const item of lists[list]!) {
      if (used.has(item) || tried.has(item)) continue;
      tried.add(item);
      const current = owner.get(item);
      if (current === undefined || serve(current, tried)) {
        owner.set(item, list);
        return true;
      }
    }
    return false;
  };
  for (let list = from; list < lists.length; list++) {
    // A list with as many items as there are lists always has one left.
    if (lists[list]!.length >= lists.length) continue;
    if (!serve(list, new Set())) return false;
  }
  return true;
}
