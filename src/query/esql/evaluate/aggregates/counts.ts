import { type Cell, type Cells, cellOf, type Value } from "../values/index.js";
import { type Aggregates, type Aggregator, OfValues } from "./aggregator.js";

class Count extends OfValues {
  readonly #counts: number[] = [];

  protected override put(group: number): void {
    this.#counts[group] = (this.#counts[group] ?? 0) + 1;
  }

  override result(group: number): number {
    return this.#counts[group] ?? 0;
  }
}

/** `COUNT(*)` */
class CountRows implements Aggregator {
  readonly #counts: number[] = [];

  add(_: readonly Cells[], rows: Int32Array, groups: Int32Array): void {
    for (let at = 0; at < rows.length; at++) {
      const group = groups[at]!;
      this.#counts[group] = (this.#counts[group] ?? 0) + 1;
    }
  }

  result(group: number): number {
    return this.#counts[group] ?? 0;
  }
}

/** The different values of each group, as they come. */
class Distinct extends OfValues {
  readonly #sets: Set<Value>[] = [];
  readonly #finish: (values: ReadonlySet<Value>) => Cell;

  constructor(finish: (values: ReadonlySet<Value>) => Cell) {
    super();
    this.#finish = finish;
  }

  protected override put(group: number, value: Value): void {
    (this.#sets[group] ??= new Set()).add(value);
  }

  override result(group: number): Cell {
    return this.#finish(this.#sets[group] ?? NONE);
  }
}

const NONE: ReadonlySet<Value> = new Set();

/** Whether a group has a value. */
class Present extends OfValues {
  readonly #present: boolean[] = [];
  readonly #wanted: boolean;

  constructor(wanted: boolean) {
    super();
    this.#wanted = wanted;
  }

  protected override put(group: number): void {
    this.#present[group] = true;
  }

  override result(group: number): boolean {
    return (this.#present[group] ?? false) === this.#wanted;
  }
}

/** A random choice of so many values; each has the same chance. */
class Sample extends OfValues {
  readonly #chosen: Value[][] = [];
  readonly #seen: number[] = [];
  readonly #size: number;
  readonly #random: () => number;

  constructor(size: number, random: () => number) {
    super();
    this.#size = size;
    this.#random = random;
  }

  protected override put(group: number, value: Value): void {
    const chosen = (this.#chosen[group] ??= []);
    const seen = (this.#seen[group] = (this.#seen[group] ?? 0) + 1);
    if (chosen.length < this.#size) chosen.push(value);
    else {
      const place = Math.floor(this.#random() * seen);
      if (place < this.#size) chosen[place] = value;
    }
  }

  override result(group: number): Cell {
    return cellOf(this.#chosen[group] ?? []);
  }
}

export const COUNTS: Aggregates = {
  absent: () => new Present(false),
  count: ({ args }) => (args.length === 0 ? new CountRows() : new Count()),
  count_distinct: () => new Distinct(({ size }) => size),
  present: () => new Present(true),
  sample: ({ args, environment }) => new Sample(Number(args[1]!.constant!()), environment.random),
  values: () => new Distinct((values) => cellOf([...values])),
};
