import { NotRun } from "../not-run.js";
import { type Cell, type Cells, isMany, type Value } from "../values/index.js";

/** Which rows of a page belong to which groups: row `rows[i]` to `groups[i]`. */
export interface Membership {
  readonly rows: Int32Array;
  readonly groups: Int32Array;
}

/** Numbers of a key and of the values before it are one number; there are never so many values. */
const STRIDE = 2 ** 26;

/** The groups of rows by the values of key columns. A row with several values is in the group of each of them. */
export class Groups {
  readonly #width: number;
  /** Of each key column, its values by number. */
  readonly #values: (Value | null)[][];
  readonly #numbers: Map<Value | null, number>[];
  /** Of each key column after the first: the number of a pair of what is before and its value. The last is the group. */
  readonly #pairs: Map<number, number>[];
  /** Of each group, the numbers of its values. */
  readonly #keys: number[][] = [];

  constructor(width: number) {
    this.#width = width;
    this.#values = Array.from({ length: width }, () => []);
    this.#numbers = Array.from({ length: width }, () => new Map());
    this.#pairs = Array.from({ length: width }, () => new Map());
  }

  get count(): number {
    return this.#keys.length;
  }

  /** Finds the groups of the rows of a page, and makes those that are new. */
  assign(keys: readonly Cells[], size: number): Membership {
    if (this.#width === 0) return this.#all(size);
    const several = keys.some((cells) => cells.some(isMany));
    if (several) return this.#assignSeveral(keys, size);
    const groups = new Int32Array(size);
    const rows = new Int32Array(size);
    for (let row = 0; row < size; row++) {
      let number = this.#number(0, keys[0]![row] as Value | null);
      for (let key = 1; key < this.#width; key++)
        number = this.#pair(key, number, this.#number(key, keys[key]![row] as Value | null));
      if (number === this.count)
        this.#keys.push(keys.map((cells, key) => this.#number(key, cells[row] as Value | null)));
      groups[row] = number;
      rows[row] = row;
    }
    return { rows, groups };
  }

  /** The group of a row with these values; undefined where there is none. */
  find(values: readonly (Value | null)[]): number | undefined {
    if (this.#width === 0) return 0;
    let number = this.#numbers[0]!.get(values[0]!);
    for (let key = 1; key < this.#width && number !== undefined; key++) {
      const own = this.#numbers[key]!.get(values[key]!);
      number = own === undefined ? undefined : this.#pairs[key]!.get(number * STRIDE + own);
    }
    return number;
  }

  /** The value that a group has for a key. */
  key(group: number, key: number): Cell {
    return this.#values[key]![this.#keys[group]![key]!]!;
  }

  /** The groups in Elasticsearch's order: as they came, but with one key that of null first, and false before true. */
  ordered(): number[] {
    const all = this.#keys.map((_, group) => group);
    if (this.#width !== 1) return all;
    const rank = (group: number): number => {
      const value = this.key(group, 0);
      return value === null ? 0 : value === true ? 2 : 1;
    };
    return all.toSorted((a, b) => rank(a) - rank(b));
  }

  #all(size: number): Membership {
    if (this.count === 0) this.#keys.push([]);
    return {
      rows: Int32Array.from({ length: size }, (_, row) => row),
      groups: new Int32Array(size),
    };
  }

  #assignSeveral(keys: readonly Cells[], size: number): Membership {
    const rows: number[] = [];
    const groups: number[] = [];
    for (let row = 0; row < size; row++) {
      for (const values of combinations(keys.map((cells) => distinct(cells[row]!)))) {
        rows.push(row);
        groups.push(this.#make(values));
      }
    }
    return { rows: Int32Array.from(rows), groups: Int32Array.from(groups) };
  }

  #make(values: readonly (Value | null)[]): number {
    const numbers = values.map((value, key) => this.#number(key, value));
    let number = numbers[0]!;
    for (let key = 1; key < this.#width; key++) number = this.#pair(key, number, numbers[key]!);
    if (number === this.count) this.#keys.push(numbers);
    return number;
  }

  #number(key: number, value: Value | null): number {
    const numbers = this.#numbers[key]!;
    let number = numbers.get(value);
    if (number === undefined) {
      number = this.#values[key]!.push(value) - 1;
      numbers.set(value, number);
    }
    return number;
  }

  #pair(key: number, before: number, own: number): number {
    const pairs = this.#pairs[key]!;
    const pair = before * STRIDE + own;
    let number = pairs.get(pair);
    if (number === undefined) pairs.set(pair, (number = pairs.size));
    return number;
  }
}

function distinct(cell: Cell): readonly (Value | null)[] {
  return isMany(cell) ? [...new Set(cell)] : [cell];
}

/** Combinations of the values of one row that are followed. */
const MOST_COMBINATIONS = 1_000_000;

/** Every choice of one value for each key. */
export function combinations(choices: readonly (readonly (Value | null)[])[]): (Value | null)[][] {
  if (choices.reduce((count, { length }) => count * length, 1) > MOST_COMBINATIONS)
    throw new NotRun("BY", { start: 0, end: 0 }, "a row has too many combinations of values");
  return choices.reduce<(Value | null)[][]>(
    (all, values) => all.flatMap((before) => values.map((value) => [...before, value])),
    [[]],
  );
}
