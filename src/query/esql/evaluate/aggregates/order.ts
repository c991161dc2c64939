import {
  type Cell,
  type Cells,
  cellOf,
  type Compare,
  isMany,
  leastOf,
  orderOf,
  type Value,
} from "../values/index.js";
import { type AggregateSite, type Aggregates, type Aggregator, OfLists, OfValues } from "./aggregator.js";

/** The least value, or with a reversed order the greatest. */
class Extreme extends OfValues {
  readonly #best: Value[] = [];
  readonly #compare: Compare;

  constructor(compare: Compare) {
    super();
    this.#compare = compare;
  }

  protected override put(group: number, value: Value): void {
    const best = this.#best[group];
    if (best === undefined || this.#compare(value, best) < 0) this.#best[group] = value;
  }

  override result(group: number): Cell {
    return this.#best[group] ?? null;
  }
}

/**
 * `FIRST(value, by)`: the value of the row that comes first by another column, several values together. Rows without a
 * value count; rows without the other column come last.
 */
class FirstBy implements Aggregator {
  readonly #best: { cell: Cell; by: Value | null }[] = [];
  readonly #compare: Compare;

  constructor(compare: Compare) {
    this.#compare = compare;
  }

  add([cells, by]: readonly Cells[], rows: Int32Array, groups: Int32Array): void {
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]!;
      const group = groups[at]!;
      const best = this.#best[group];
      const place = leastOf(by![row]!, this.#compare);
      if (best === undefined) this.#best[group] = { cell: cells![row]!, by: place };
      else if (this.#precedes(place, best.by)) {
        best.cell = cells![row]!;
        best.by = place;
      }
    }
  }

  #precedes(a: Value | null, b: Value | null): boolean {
    if (a === null) return false;
    return b === null || this.#compare(a, b) < 0;
  }

  result(group: number): Cell {
    return this.#best[group]?.cell ?? null;
  }
}

/** `TOP(value, count, "asc", by)`: the first values of an order. */
function top({ args }: AggregateSite): Aggregator {
  const [value, count, order, output] = args;
  const size = Number(count!.constant!());
  const isDescending = (order?.constant?.() as string | undefined)?.toLowerCase() === "desc";
  const compare = inOrder(orderOf(value!.type), isDescending);
  if (output !== undefined) return new TopBy(size, compare);
  return new OfLists((values) => cellOf(values.toSorted(compare).slice(0, size)));
}

/** The values of another column, in the order of the first. */
class TopBy implements Aggregator {
  readonly #pairs: { by: Value; value: Value }[][] = [];
  readonly #size: number;
  readonly #compare: Compare;

  constructor(size: number, compare: Compare) {
    this.#size = size;
    this.#compare = compare;
  }

  add([by, , , output]: readonly Cells[], rows: Int32Array, groups: Int32Array): void {
    for (let at = 0; at < rows.length; at++) {
      const [place, value] = [by![rows[at]!]!, output![rows[at]!]!];
      if (place === null || value === null || isMany(place) || isMany(value)) continue;
      (this.#pairs[groups[at]!] ??= []).push({ by: place, value: value });
    }
  }

  result(group: number): Cell {
    const pairs = this.#pairs[group] ?? [];
    const sorted = pairs.toSorted((a, b) => this.#compare(a.by, b.by));
    return cellOf(sorted.slice(0, this.#size).map(({ value }) => value));
  }
}

function inOrder(compare: Compare, isDescending: boolean): Compare {
  return isDescending ? (a, b) => compare(b, a) : compare;
}

export const ORDERED: Aggregates = {
  earliest: ({ args }) => new FirstBy(orderOf(args[1]!.type)),
  first: ({ args }) => new FirstBy(orderOf(args[1]!.type)),
  last: ({ args }) => new FirstBy(inOrder(orderOf(args[1]!.type), true)),
  latest: ({ args }) => new FirstBy(inOrder(orderOf(args[1]!.type), true)),
  max: ({ args }) => new Extreme(inOrder(orderOf(args[0]!.type), true)),
  min: ({ args }) => new Extreme(orderOf(args[0]!.type)),
  top,
};
