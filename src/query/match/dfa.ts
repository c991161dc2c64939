import { ACCEPT, type Nfa } from "./nfa.js";
import { StateSets } from "./state-sets.js";

/** A deterministic automaton that has a next state for each letter. It starts in state 0. */
export interface Dfa {
  /** Next states: by state, then by letter. */
  readonly next: readonly (readonly number[])[];
  readonly accepts: readonly boolean[];
}

/** The work that may still be done; below zero the automaton is given up. */
export interface Budget {
  left: number;
}

/** Makes an automaton deterministic, from `start` on. Undefined where that takes more than the budget. */
export function determinize(nfa: Nfa, start: number, letters: number, budget: Budget): Dfa | undefined {
  const sets = new StateSets();
  return explore(
    nfa.enter(start),
    (states) => {
      const number = sets.find(states);
      return number < 0 ? sets.add(states) : number;
    },
    (states) => states[0] === ACCEPT,
    (states, letter) => nfa.step(states, letter),
    (states) => (states.length + 1) * letters,
    letters,
    budget,
  );
}

/** The texts that two automata both accept. */
export function intersect(a: Dfa, b: Dfa, letters: number, budget: Budget): Dfa | undefined {
  return explore<readonly [number, number]>(
    [0, 0],
    ([x, y]) => x * b.next.length + y,
    ([x, y]) => a.accepts[x]! && b.accepts[y]!,
    ([x, y], letter) => [a.next[x]![letter]!, b.next[y]![letter]!],
    () => letters,
    letters,
    budget,
  );
}

/** The texts that an automaton does not accept. */
export function complement({ next, accepts }: Dfa): Dfa {
  return { next, accepts: accepts.map((accepted) => !accepted) };
}

/** Numbers the states that can be reached from the first. */
function explore<State>(
  first: State,
  key: (state: State) => number,
  accepts: (state: State) => boolean,
  step: (state: State, letter: number) => State,
  cost: (state: State) => number,
  letters: number,
  budget: Budget,
): Dfa | undefined {
  const states = [first];
  const numbers = new Map([[key(first), 0]]);
  const next: number[][] = [];
  for (let index = 0; index < states.length; index++) {
    const state = states[index]!;
    budget.left -= cost(state);
    if (budget.left < 0) return undefined;
    const row: number[] = [];
    for (let letter = 0; letter < letters; letter++) {
      const target = step(state, letter);
      const name = key(target);
      let number = numbers.get(name);
      if (number === undefined) {
        number = states.push(target) - 1;
        numbers.set(name, number);
      }
      row.push(number);
    }
    next.push(row);
  }
  return { next, accepts: states.map(accepts) };
}

/** Which states some text leads from to an accepting one. */
export function liveStates({ next, accepts }: Dfa): readonly boolean[] {
  const before = next.map((): number[] => []);
  for (const [state, row] of next.entries()) for (const target of row) before[target]!.push(state);
  const live = [...accepts];
  const stack = [...live.keys()].filter((state) => live[state]);
  while (stack.length > 0) {
    for (const state of before[stack.pop()!]!) {
      if (live[state]!) continue;
      live[state] = true;
      stack.push(state);
    }
  }
  return live;
}
