/**
 * The names that are there with the new ones put among them: after the nearest one that `order` has before it, or
 * else after the one that `names`, the order of the data, has before it.
 */
export function placed(
  there: readonly string[],
  names: readonly string[],
  order: readonly string[],
): string[] {
  const present = new Set(there);
  const ranks = new Map(order.map((name, i) => [name, i]));
  const ranked = [...there];
  for (const name of names) {
    const rank = ranks.get(name);
    const index = rank === undefined || present.has(name) ? undefined : byRank(ranked, rank, ranks);
    if (index === undefined) continue;
    ranked.splice(index, 0, name);
    present.add(name);
  }
  return byNeighbour(ranked, names, present);
}

/** After the nearest name that comes before, or else before the nearest that comes after. */
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

function byNeighbour(
  there: readonly string[],
  names: readonly string[],
  present: ReadonlySet<string>,
): string[] {
  const head: string[] = [];
  const after = new Map(there.map((name): [string, string[]] => [name, []]));
  let run = head;
  for (const name of names) {
    if (present.has(name)) run = after.get(name)!;
    else run.push(name);
  }
  return [...head, ...there.flatMap((name) => [name, ...after.get(name)!])];
}
