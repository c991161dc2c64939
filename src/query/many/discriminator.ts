import type { RequiredLiteral } from "../core/index.js";
import { fold, type Event, type Read, type Readers } from "../match/index.js";

/** Something to find by the events that it may match. Without conditions it is asked about each event. */
export interface Entry<T> {
  readonly item: T;
  readonly conditions: readonly RequiredLiteral[];
}

/** The entries behind one field, by value. */
interface Branch {
  readonly read: Read;
  readonly exact: Map<string, number[]>;
  readonly folded: Map<string, number[]>;
}

/**
 * Tells which of many matchers are worth asking about an event, by the literals that each of them needs: a thousand
 * rules on `process.name` cost a lookup, not a thousand matches. Each entry stands behind one field, the one whose
 * values tell most entries apart.
 */
export class Discriminator<T> {
  readonly #items: readonly T[];
  readonly #always: number[] = [];
  readonly #branches: readonly Branch[];
  /** By entry: the last event for which it was found, so that a list of values finds it once. */
  readonly #seen: Uint32Array;
  #event = 0;

  constructor(entries: readonly Entry<T>[], readers: Readers) {
    this.#items = entries.map((entry) => entry.item);
    this.#seen = new Uint32Array(entries.length);
    const branches = new Map<string, Branch>();
    const spread = spreadOf(entries);
    entries.forEach(({ conditions }, index) => {
      const condition = sharpest(conditions, spread);
      if (condition === undefined) {
        this.#always.push(index);
        return;
      }
      const { field, values, insensitive } = condition;
      let branch = branches.get(field);
      if (branch === undefined)
        branches.set(field, (branch = { read: readers(field), exact: new Map(), folded: new Map() }));
      const map = insensitive ? branch.folded : branch.exact;
      for (const value of new Set(insensitive ? values.map(fold) : values)) {
        const behind = map.get(value);
        if (behind === undefined) map.set(value, [index]);
        else behind.push(index);
      }
    });
    this.#branches = [...branches.values()];
  }

  /** Calls `visit` once for each item that the event may match. */
  visit(event: Event, visit: (item: T) => void): void {
    this.#event = (this.#event + 1) >>> 0;
    if (this.#event === 0) {
      this.#seen.fill(0);
      this.#event = 1;
    }
    for (const index of this.#always) visit(this.#items[index]!);
    for (const branch of this.#branches) {
      const value = branch.read(event);
      if (value === undefined || value === null) continue;
      if (Array.isArray(value)) for (const each of value) this.#behind(branch, each, visit);
      else this.#behind(branch, value, visit);
    }
  }

  #behind({ exact, folded }: Branch, value: unknown, visit: (item: T) => void): void {
    const text = typeof value === "string" ? value : String(value);
    if (exact.size > 0) this.#found(exact.get(text), visit);
    if (folded.size > 0) this.#found(folded.get(fold(text)), visit);
  }

  #found(indices: readonly number[] | undefined, visit: (item: T) => void): void {
    if (indices === undefined) return;
    for (const index of indices) {
      if (this.#seen[index] === this.#event) continue;
      this.#seen[index] = this.#event;
      visit(this.#items[index]!);
    }
  }
}

/** How many distinct values the entries ask of each field. */
function spreadOf(entries: readonly Entry<unknown>[]): Map<string, number> {
  const values = new Map<string, Set<string>>();
  for (const { conditions } of entries) {
    for (const condition of conditions) {
      let of = values.get(condition.field);
      if (of === undefined) values.set(condition.field, (of = new Set()));
      for (const value of condition.values) of.add(fold(value));
    }
  }
  return new Map([...values].map(([field, of]) => [field, of.size]));
}

/** The condition that the fewest events are likely to meet: few values of a field that takes many. */
function sharpest(
  conditions: readonly RequiredLiteral[],
  spread: ReadonlyMap<string, number>,
): RequiredLiteral | undefined {
  let best: RequiredLiteral | undefined;
  let least = Infinity;
  for (const condition of conditions) {
    const share = condition.values.length / (spread.get(condition.field) ?? 1);
    if (share < least) {
      least = share;
      best = condition;
    }
  }
  return best;
}
