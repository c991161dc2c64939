/** Numbers sets of states in the order in which they come. A set is an ascending list. */
export class StateSets {
  readonly all: Int32Array[] = [];
  /** The number of states in all sets. */
  members = 0;
  readonly #byHash = new Map<number, number[]>();

  /** The number of a set, or -1 where it has none. */
  find(set: Int32Array): number {
    return this.#byHash.get(hash(set))?.find((number) => isEqual(this.all[number]!, set)) ?? -1;
  }

  /** Gives a set the next number, also one that has a number. */
  add(set: Int32Array): number {
    const number = this.all.push(set) - 1;
    this.members += set.length;
    const key = hash(set);
    const others = this.#byHash.get(key);
    if (others === undefined) this.#byHash.set(key, [number]);
    else others.push(number);
    return number;
  }
}

function hash(set: Int32Array): number {
  let value = set.length;
  for (let index = 0; index < set.length; index++) value = (Math.imul(value, 31) + set[index]!) | 0;
  return value;
}

function isEqual(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
