/** Numbers about numbers, as the `MV_` functions and the aggregations of the same names calculate them. */
import { arithmeticFailure, UNSIGNED, whole, type Whole, wholeArithmetic } from "../values/index.js";

type Numeric = bigint | number;

const compare = (a: Numeric, b: Numeric): number => (a < b ? -1 : a > b ? 1 : 0);

/** A sum of doubles that keeps what single additions would lose (Kahan and Babuška). */
export class CompensatedSum {
  #sum = 0;
  #lost = 0;

  add(value: number): void {
    const sum = this.#sum + value;
    const [large, small] = Math.abs(this.#sum) >= Math.abs(value) ? [this.#sum, value] : [value, this.#sum];
    this.#lost += large - sum + small;
    this.#sum = sum;
  }

  get value(): number {
    return Number.isFinite(this.#lost) ? this.#sum + this.#lost : this.#sum;
  }
}

export function averageOf(values: readonly Numeric[]): number {
  const sum = new CompensatedSum();
  for (const value of values) sum.add(Number(value));
  return sum.value / values.length;
}

/** The middle value, or half of the sum of the two in the middle: of whole numbers a whole number, rounded down. */
export function medianOf(values: readonly Numeric[], type: string): Numeric {
  const sorted = values.toSorted(compare);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle]!;
  if (sorted.length % 2 === 1) return upper;
  const lower = sorted[middle - 1]!;
  if (type === "double") return (Number(lower) + Number(upper)) / 2;
  return halfWay(lower, upper);
}

function halfWay(lower: Numeric, upper: Numeric): Whole {
  const sum = BigInt(lower) + BigInt(upper);
  return whole(sum < 0n && sum % 2n !== 0n ? sum / 2n - 1n : sum / 2n);
}

/** The median of the distances from the median. */
export function deviationOf(values: readonly Numeric[], type: string): Numeric {
  const median = medianOf(values, type);
  const arithmetic = wholeArithmetic(type);
  const distances = values.map((value) => {
    if (arithmetic === undefined) return Math.abs(Number(value) - Number(median));
    return value < median ? UNSIGNED.subtract(median, value) : UNSIGNED.subtract(value, median);
  });
  return medianOf(distances, type);
}

/** Between two values in proportion: the 0th is the least, the 100th the greatest. */
export function percentileOf(values: readonly Numeric[], percentile: number, type: string): Numeric {
  if (percentile < 0 || percentile > 100)
    throw arithmeticFailure(`Percentile parameter must be a number between 0 and 100, found [${percentile}]`);
  const sorted = values.toSorted(compare);
  const place = (percentile / 100) * (sorted.length - 1);
  const at = Math.floor(place);
  const lower = sorted[at]!;
  const upper = sorted[at + 1];
  if (upper === undefined) return lower;
  const share = place - at;
  if (type === "double") return Number(lower) + share * (Number(upper) - Number(lower));
  const distance = whole(BigInt(upper) - BigInt(lower));
  return whole(BigInt(lower) + BigInt(Math.trunc(share * Number(distance))));
}
