/**
 * The names that are there with the new ones put among them: after the nearest one that `order` has before it, or
 * else that `names`, the order of the data, has before it.
 */
export function placed(
  there: readonly string[],
  names: readonly string[],
  order: readonly string[],
): string[] {
  const ranks = new Map(order.map((name, i) => [name, i]));
  const result = [...there];
  const present = new Set(there);
  for (const [i, name] of names.entries()) {
    if (present.has(name)) continue;
    present.add(name);
    const rank = ranks.get(name);
    const index =
      (rank === undefined ? undefined : byRank(result, rank, ranks)) ?? byNeighbour(result, names, i);
    result.splice(index, 0, name);
  }
  return result;
}

function byRank(
  names: readonly string[],
  rank: number,
  ranks: ReadonlyMap<string, number>,
): number | undefined {
  let below: { rank: number; index: number } | undefined;
  let above: { rank: number; index: number } | undefined;
  for (const [i, name] of names.entries()) {
    const other = ranks.get(name);
    if (other === undefined) continue;
    if (other < rank && (below === undefined || other >= below.rank)) below = { rank: other, index: i + 1 };
    if (other > rank && (above === undefined || other < above.rank)) above = { rank: other, index: i };
  }
  return below?.index ?? above?.index;
}

function byNeighbour(present: readonly string[], names: readonly string[], at: number): number {
  const index = new Map(present.map((name, i) => [name, i]));
  for (let i = at - 1; i >= 0; i--) {
    const before = index.get(names[i]!);
    if (before !== undefined) return before + 1;
  }
  return 0;
}
