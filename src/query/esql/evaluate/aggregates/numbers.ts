import { CompensatedSum, deviationOf, medianOf, percentileOf } from "../functions/statistics.js";
import { type Cell, type Cells, Failure, LONG, type Value, valuesOf, type Whole } from "../values/index.js";
import type { Warn } from "../warnings.js";
import { type AggregateSite, type Aggregates, type Aggregator, OfLists, OfValues } from "./aggregator.js";

/** A sum of whole numbers; beyond a long it is null, with a warning. */
class WholeSum extends OfValues {
  readonly #sums: (Whole | null)[] = [];
  readonly #warn: Warn;

  constructor(warn: Warn) {
    super();
    this.#warn = warn;
  }

  protected override put(group: number, value: Value): void {
    const sum = this.#sums[group];
    if (sum === null) return;
    try {
      this.#sums[group] = sum === undefined ? (value as Whole) : LONG.add(sum, value as Whole);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.#warn(error);
      this.#sums[group] = null;
    }
  }

  override result(group: number): Cell {
    return this.#sums[group] ?? null;
  }
}

class DoubleSum extends OfValues {
  readonly #sums: CompensatedSum[] = [];

  protected override put(group: number, value: Value): void {
    (this.#sums[group] ??= new CompensatedSum()).add(Number(value));
  }

  override result(group: number): Cell {
    return this.#sums[group]?.value ?? null;
  }
}

class Average extends OfValues {
  readonly #sums: CompensatedSum[] = [];
  readonly #counts: number[] = [];

  protected override put(group: number, value: Value): void {
    (this.#sums[group] ??= new CompensatedSum()).add(Number(value));
    this.#counts[group] = (this.#counts[group] ?? 0) + 1;
  }

  override result(group: number): Cell {
    const sum = this.#sums[group];
    return sum === undefined ? null : sum.value / this.#counts[group]!;
  }
}

/** The mean square of the distances from the average (Welford's method). */
class Variance extends OfValues {
  readonly #counts: number[] = [];
  readonly #means: number[] = [];
  readonly #squares: number[] = [];
  readonly #finish: (variance: number) => number;

  constructor(finish: (variance: number) => number) {
    super();
    this.#finish = finish;
  }

  protected override put(group: number, value: Value): void {
    const number = Number(value);
    const count = (this.#counts[group] = (this.#counts[group] ?? 0) + 1);
    const mean = this.#means[group] ?? 0;
    const next = mean + (number - mean) / count;
    this.#means[group] = next;
    this.#squares[group] = (this.#squares[group] ?? 0) + (number - mean) * (number - next);
  }

  override result(group: number): Cell {
    const count = this.#counts[group];
    return count === undefined ? null : this.#finish(this.#squares[group]! / count);
  }
}

/** `WEIGHTED_AVG(value, weight)`: of several values of a row their average. */
class WeightedAverage implements Aggregator {
  readonly #sums: CompensatedSum[] = [];
  readonly #weights: CompensatedSum[] = [];

  add([values, weights]: readonly Cells[], rows: Int32Array, groups: Int32Array): void {
    for (let at = 0; at < rows.length; at++) {
      const value = averageOfCell(values![rows[at]!]!);
      const weight = averageOfCell(weights![rows[at]!]!);
      if (value === undefined || weight === undefined) continue;
      const group = groups[at]!;
      (this.#sums[group] ??= new CompensatedSum()).add(value * weight);
      (this.#weights[group] ??= new CompensatedSum()).add(weight);
    }
  }

  result(group: number): Cell {
    const weight = this.#weights[group]?.value ?? 0;
    return weight === 0 ? null : this.#sums[group]!.value / weight;
  }
}

function averageOfCell(cell: Cell): number | undefined {
  const values = valuesOf(cell);
  if (values.length === 0) return undefined;
  return values.reduce<number>((sum, value) => sum + Number(value), 0) / values.length;
}

const asDoubles = (values: readonly Value[]): number[] => values.map(Number);

/** `PERCENTILE(value, 95)`; exact, where Elasticsearch estimates it of many values. */
function percentile({ args, warn }: AggregateSite): Aggregator {
  const wanted = Number(args[1]!.constant!());
  return new OfLists((values) => {
    try {
      return percentileOf(asDoubles(values), wanted, "double");
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      warn(error);
      return null;
    }
  });
}

export const NUMBERS: Aggregates = {
  avg: () => new Average(),
  median: () => new OfLists((values) => medianOf(asDoubles(values), "double")),
  median_absolute_deviation: () => new OfLists((values) => deviationOf(asDoubles(values), "double")),
  percentile,
  std_dev: () => new Variance(Math.sqrt),
  sum: ({ type, warn }) => (type === "double" ? new DoubleSum() : new WholeSum(warn)),
  variance: () => new Variance((variance) => variance),
  weighted_avg: () => new WeightedAverage(),
};
