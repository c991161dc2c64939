/** Runs a regular expression by backtracking, with a bound on the work: no pattern and no text can take longer. */
import { isAsciiWord } from "./sets.js";
import { type Has, type Node, type Parsed, PatternError, type Repeat } from "./syntax.js";

/** Steps that one search may take. */
const MAX_STEPS = 2_000_000;

/** Rounds of a repeated group that one search may be in, each of which is a place on the stack. */
const MAX_ROUNDS = 1_500;

/** Nodes that a pattern may come to, with the copies that `{n,m}` makes. */
const MAX_NODES = 50_000;

/** Places before that a look-behind starts from. */
const MAX_BEHIND = 256;

/** Thrown where a search takes too many steps. */
export class TooMuchWork extends Error {
  override readonly name = "TooMuchWork";
}

/** Where a search is. */
interface State {
  text: string;
  /** Start and end of each group, -1 where it took no part; the whole match is group 0. */
  groups: Int32Array;
  steps: number;
  rounds: number;
  /** Where the latest round of each repeated group began. */
  starts: Int32Array;
}

/** Tries to match from a place on, and all that comes after. */
type Step = (state: State, at: number) => boolean;

/** Start and end of each group of a match, two numbers each; -1 where a group took no part. */
export type Match = Int32Array;

export class Matcher {
  readonly #start: Step;
  readonly #groups: number;
  readonly #loops: number;
  readonly #prefix: string;

  constructor(parsed: Parsed) {
    const compiler = new Compiler(parsed);
    this.#start = compiler.compile(parsed.root, (state, at) => {
      state.groups[1] = at;
      return true;
    });
    this.#groups = parsed.groups + 1;
    this.#loops = compiler.loops;
    this.#prefix = prefixOf(parsed.root);
  }

  /** The first match from a place on. Throws `TooMuchWork` where it cannot be found in time. */
  find(text: string, from = 0): Match | undefined {
    const state: State = {
      text,
      groups: new Int32Array(this.#groups * 2).fill(-1),
      steps: 0,
      rounds: 0,
      starts: new Int32Array(this.#loops).fill(-1),
    };
    for (let at = from; at <= text.length; at++) {
      if (this.#prefix !== "") {
        at = text.indexOf(this.#prefix, at);
        if (at < 0) return undefined;
      }
      state.groups.fill(-1);
      state.groups[0] = at;
      if (this.#start(state, at)) return state.groups;
    }
    return undefined;
  }
}

/** The text that each match starts with. */
function prefixOf(node: Node): string {
  if (node.kind === "text") return node.text;
  if (node.kind === "sequence") return node.items[0] === undefined ? "" : prefixOf(node.items[0]);
  return node.kind === "group" || node.kind === "atomic" ? prefixOf(node.item) : "";
}

class Compiler {
  readonly #names: Parsed["names"];
  loops = 0;
  #nodes = 0;

  constructor({ names }: Parsed) {
    this.#names = names;
  }

  /** A step that matches the node and goes on with `next`. */
  compile(node: Node, next: Step): Step {
    if (++this.#nodes > MAX_NODES) throw new PatternError("the pattern is too large");
    switch (node.kind) {
      case "text": {
        const { text } = node;
        return (state, at) => state.text.startsWith(text, at) && next(state, at + text.length);
      }
      case "set": {
        const { has } = node;
        return (state, at) => {
          const end = after(state.text, at, has);
          return end > at && next(state, end);
        };
      }
      case "sequence":
        return node.items.reduceRight<Step>((rest, item) => this.compile(item, rest), next);
      case "choice": {
        const options = node.options.map((option) => this.compile(option, next));
        return (state, at) => {
          work(state);
          for (const option of options) if (option(state, at)) return true;
          return false;
        };
      }
      case "group":
        return this.#group(node.index, node.item, next);
      case "atomic":
        return this.#atomic(this.compile(node.item, markEnd), next);
      case "look":
        return this.#look(node, next);
      case "anchor": {
        const holds = ANCHORS[node.at];
        return (state, at) => holds(state.text, at) && next(state, at);
      }
      case "back":
        return this.#back(node.group, next);
      case "repeat":
        return node.item.kind === "set" ? repeatedSet(node, node.item.has, next) : this.#repeat(node, next);
    }
  }

  #group(index: number, item: Node, next: Step): Step {
    const [start, end] = [2 * index, 2 * index + 1];
    const body = this.compile(item, (state, at) => {
      const before = state.groups[end]!;
      state.groups[end] = at;
      if (next(state, at)) return true;
      state.groups[end] = before;
      return false;
    });
    return (state, at) => {
      const before = state.groups[start]!;
      state.groups[start] = at;
      if (body(state, at)) return true;
      state.groups[start] = before;
      return false;
    };
  }

  /** What has matched is not tried in another way. */
  #atomic(body: Step, next: Step): Step {
    return (state, at) => {
      work(state);
      const whole = state.groups[1]!;
      if (!body(state, at)) return false;
      const end = state.groups[1]!;
      state.groups[1] = whole;
      return next(state, end);
    };
  }

  #look({ item, behind, negated }: Node & { kind: "look" }, next: Step): Step {
    const body = this.compile(item, markEnd);
    const ahead = (state: State, at: number): boolean => {
      const whole = state.groups[1]!;
      const found = body(state, at);
      state.groups[1] = whole;
      return found;
    };
    const loop = this.loops++;
    const upTo = this.compile(item, (state, at) => at === state.starts[loop]);
    const before = (state: State, at: number): boolean => {
      state.starts[loop] = at;
      for (let start = at; start >= Math.max(0, at - MAX_BEHIND); start--) {
        work(state);
        if (upTo(state, start)) return true;
      }
      return false;
    };
    const holds = behind ? before : ahead;
    return (state, at) => holds(state, at) !== negated && next(state, at);
  }

  #back(group: number | string, next: Step): Step {
    const indexes = typeof group === "number" ? [group] : (this.#names.get(group) ?? []);
    return (state, at) => {
      const index = indexes.find((each) => state.groups[2 * each + 1]! >= 0);
      if (index === undefined) return false;
      const text = state.text.slice(state.groups[2 * index], state.groups[2 * index + 1]);
      return state.text.startsWith(text, at) && next(state, at + text.length);
    };
  }

  /** The least number of rounds as copies, then those that may be, then any number. */
  #repeat({ item, min, max, mode }: Repeat, next: Step): Step {
    if (mode === "possessive") {
      const greedy = this.#repeat({ kind: "repeat", item, min, max, mode: "greedy" }, markEnd);
      return this.#atomic(greedy, next);
    }
    let rest = max === Infinity ? this.#loop(item, mode, next) : next;
    if (max !== Infinity) {
      for (let copy = min; copy < max; copy++) {
        const more = this.compile(item, rest);
        rest =
          mode === "greedy"
            ? (state, at) => work(state) && (more(state, at) || next(state, at))
            : (state, at) => work(state) && (next(state, at) || more(state, at));
      }
    }
    for (let copy = 0; copy < min; copy++) rest = this.compile(item, rest);
    return rest;
  }

  #loop(item: Node, mode: Repeat["mode"], next: Step): Step {
    const loop = this.loops++;
    const again: Step = (state, at) => {
      // A round of nothing would go on for ever.
      if (at === state.starts[loop]) return next(state, at);
      return mode === "greedy" ? round(state, at) || next(state, at) : next(state, at) || round(state, at);
    };
    const body = this.compile(item, again);
    const round: Step = (state, at) => {
      work(state);
      if (++state.rounds > MAX_ROUNDS) throw new TooMuchWork("the match takes too long");
      const before = state.starts[loop]!;
      state.starts[loop] = at;
      const found = body(state, at);
      state.starts[loop] = before;
      state.rounds--;
      return found;
    };
    return (state, at) =>
      mode === "greedy" ? round(state, at) || next(state, at) : next(state, at) || round(state, at);
  }
}

const markEnd: Step = (state, at) => {
  state.groups[1] = at;
  return true;
};

function work(state: State): true {
  if (++state.steps > MAX_STEPS) throw new TooMuchWork("the match takes too long");
  return true;
}

/** Where the code point that starts at `at` ends, if it is in the set; else `at`. */
function after(text: string, at: number, has: Has): number {
  if (at >= text.length) return at;
  const unit = text.charCodeAt(at);
  if (unit < 0xd800 || unit > 0xdfff) return has(unit) ? at + 1 : at;
  const point = text.codePointAt(at)!;
  return has(point) ? at + (point > 0xffff ? 2 : 1) : at;
}

/** A set repeated is a run: no place on the stack for each of its signs. */
function repeatedSet({ min, max, mode }: Repeat, has: Has, next: Step): Step {
  return (state, start) => {
    const { text } = state;
    let at = start;
    let count = 0;
    /** Goes on to a number of signs, as far as they are in the set. */
    const advance = (most: number): void => {
      for (let end = after(text, at, has); count < most && end > at; end = after(text, at, has)) {
        at = end;
        count++;
      }
    };
    advance(mode === "lazy" ? min : max);
    if (count < min) return false;
    state.steps += count >> 3;
    if (mode === "possessive") return next(state, at);
    for (;;) {
      work(state);
      if (next(state, at)) return true;
      if (mode === "lazy") {
        const before = count;
        if (count < max) advance(count + 1);
        if (count === before) return false;
      } else {
        if (count-- === min) return false;
        const unit = text.charCodeAt(at - 1);
        at -= unit >= 0xdc00 && unit <= 0xdfff && at - 2 >= start ? 2 : 1;
      }
    }
  };
}

const isWordAt = (text: string, at: number): boolean =>
  at >= 0 && at < text.length && isWord(text.charCodeAt(at));

function isWord(unit: number): boolean {
  return unit < 0x80 ? isAsciiWord(unit) : /[\p{L}\p{N}]/u.test(String.fromCharCode(unit));
}

const isBoundary = (text: string, at: number): boolean => isWordAt(text, at - 1) !== isWordAt(text, at);

const ANCHORS: Readonly<Record<(Node & { kind: "anchor" })["at"], (text: string, at: number) => boolean>> = {
  start: (_, at) => at === 0,
  end: (text, at) => at === text.length || (at === text.length - 1 && text[at] === "\n"),
  "line-start": (text, at) => at === 0 || text[at - 1] === "\n",
  "line-end": (text, at) => at === text.length || text[at] === "\n",
  boundary: isBoundary,
  "no-boundary": (text, at) => !isBoundary(text, at),
};
