import { MAX_DEPTH, quoted, type Span } from "../core/index.js";
import { type CharSet, ignoreCase, MAX_CODE, negate, union } from "./char-set.js";

/**
 * What a regular expression says. `size` counts the states of its automaton, repetitions written out and complements
 * and intersections aside.
 */
export type Node = (
  | { readonly kind: "set"; readonly set: CharSet }
  /** One after the other; without items the empty text. */
  | { readonly kind: "concat"; readonly items: readonly Node[] }
  /** One of them; without items no text at all. */
  | { readonly kind: "union"; readonly items: readonly Node[] }
  /** All of them at once. */
  | { readonly kind: "both"; readonly items: readonly Node[]; readonly start: number; readonly end: number }
  /** Every text but those of `item`. */
  | { readonly kind: "not"; readonly item: Node; readonly start: number; readonly end: number }
  /** `max` may be infinite. */
  | { readonly kind: "repeat"; readonly item: Node; readonly min: number; readonly max: number }
) & { readonly size: number };

/** What is wrong with a regular expression, and where in the pattern. */
export interface RegexpError extends Span {
  readonly message: string;
}

export interface ParsedRegexp {
  readonly node: Node;
  /**
   * The first escaped character in a class with a hyphen after it. Older releases let it begin a range
   * (`checkClasses`), unless it is a backslash.
   */
  readonly newer: Span | undefined;
}

const BACKSLASH = 0x5c;

/**
 * States of an automaton before it is made deterministic. Elasticsearch ends at 10,000 after (`max_determinized_states`)
 * and takes no more than 1,000 characters (`index.max_regex_length`): what it takes has a fraction of this.
 */
const MAX_STATES = 5_000;

const ANY: CharSet = [0, MAX_CODE];
const DIGIT: CharSet = [0x30, 0x39];
const WORD: CharSet = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a];
const SPACE: CharSet = [0x09, 0x0a, 0x0d, 0x0d, 0x20, 0x20];
const CLASSES: Readonly<Record<string, CharSet>> = {
  d: DIGIT,
  D: negate(DIGIT),
  w: WORD,
  W: negate(WORD),
  s: SPACE,
  S: negate(SPACE),
};

/** Java's largest int: Lucene reads the bounds of repetitions and ranges of numbers as ints. */
const MAX_INT = 0x7fffffff;

const EMPTY: Node = { kind: "concat", items: [], size: 1 };

/**
 * Reads a regular expression of Lucene with all its optional operators, as Elasticsearch has them on by default. An
 * operator where nothing stands to apply it to is a literal, as in Lucene (`*a`, `|a`).
 */
export function parseRegexp(pattern: string, insensitive: boolean): ParsedRegexp | RegexpError {
  const parser = new RegexpParser(pattern, insensitive);
  try {
    const node = parser.parse();
    return { node, newer: parser.newer };
  } catch (error) {
    if (error !== STOP) throw error;
    return parser.error!;
  }
}

/** Thrown at the first error, which is kept in `error`. */
const STOP = Symbol("regexp error");

class RegexpParser {
  error: RegexpError | undefined;
  /** What older releases read otherwise. */
  newer: Span | undefined;
  readonly #text: string;
  readonly #insensitive: boolean;
  #at = 0;
  #depth = 0;
  /** Where a `)` was last read as a literal, at the start of an alternative. */
  #literalClose = -1;

  constructor(text: string, insensitive: boolean) {
    this.#text = text;
    this.#insensitive = insensitive;
  }

  parse(): Node {
    if (this.#text === "") return EMPTY;
    const node = this.#union();
    if (this.#at < this.#text.length) this.#fail(`")" has no "(" before it`, this.#at, this.#at + 1);
    return node;
  }

  /** union := both ("|" both)* */
  #union(): Node {
    const start = this.#at;
    const items = [this.#both()];
    while (items.length <= MAX_STATES && this.#accept("|")) items.push(this.#both());
    return items.length === 1 ? items[0]! : this.#list("union", items, start);
  }

  /** both := concat ("&" concat)* */
  #both(): Node {
    const start = this.#at;
    const items = [this.#concat()];
    while (this.#accept("&")) items.push(this.#concat());
    if (items.length === 1) return items[0]!;
    return this.#bounded({ kind: "both", items, start, end: this.#at, size: sizeOf(items) }, start);
  }

  /** concat := repeat+ */
  #concat(): Node {
    const start = this.#at;
    const items = [this.#repeat()];
    while (
      items.length <= MAX_STATES &&
      this.#at < this.#text.length &&
      !")|&".includes(this.#text[this.#at]!)
    ) {
      items.push(this.#repeat());
    }
    return items.length === 1 ? items[0]! : this.#list("concat", items, start);
  }

  /** repeat := not ("?" | "*" | "+" | "{" n ("," m?)? "}")* */
  #repeat(): Node {
    const start = this.#at;
    let node = this.#not();
    for (;;) {
      if (this.#accept("?")) node = this.#times(node, 0, 1, start);
      else if (this.#accept("*")) node = this.#times(node, 0, Infinity, start);
      else if (this.#accept("+")) node = this.#times(node, 1, Infinity, start);
      else if (this.#accept("{")) node = this.#counted(node, start);
      else return node;
    }
  }

  #counted(node: Node, start: number): Node {
    const open = this.#at - 1;
    const min = this.#integer();
    if (min === undefined) return this.#fail(`a number is missing after "{"`, open, this.#at);
    let max: number | undefined = min;
    if (this.#accept(",")) max = this.#integer() ?? Infinity;
    if (!this.#accept("}")) return this.#fail(`"}" is missing`, open, this.#at);
    if (min > max) return this.#fail(`the repetition ${min} to ${max} is out of order`, open, this.#at);
    return this.#times(node, min, max, start);
  }

  #integer(): number | undefined {
    const start = this.#at;
    while (isDigit(this.#text.charCodeAt(this.#at))) this.#at++;
    const number = Number(this.#text.slice(start, this.#at));
    if (number > MAX_INT) this.#fail(`a repetition ends at ${MAX_INT}`, start, this.#at);
    return this.#at === start ? undefined : number;
  }

  /** not := "~"* class; the complement binds tighter than a repetition, and two of them are none. */
  #not(): Node {
    const start = this.#at;
    while (this.#accept("~"));
    const count = this.#at - start;
    const item = this.#class();
    return count % 2 === 0 ? item : { kind: "not", item, start, end: this.#at, size: item.size };
  }

  /** class := "[" "^"? (escape | char "-" char | char)+ "]" | simple */
  #class(): Node {
    const open = this.#at;
    if (!this.#accept("[")) return this.#simple();
    const negated = this.#accept("^");
    const sets: CharSet[] = [];
    do {
      sets.push(this.#classItem());
    } while (this.#at < this.#text.length && this.#text[this.#at] !== "]");
    if (!this.#accept("]")) this.#fail(`"]" is missing`, open, open + 1);
    const set = this.#fold(union(sets));
    return { kind: "set", set: negated ? negate(set) : set, size: 1 };
  }

  /** What is escaped begins no range: `[\\-z]` and `[\.-]` have a hyphen in them. */
  #classItem(): CharSet {
    const start = this.#at;
    const known = this.#predefined();
    if (known !== undefined) return known;
    const isEscaped = this.#text[start] === "\\";
    const low = this.#char();
    if (isEscaped) {
      const isHyphenNext = this.#text[this.#at] === "-";
      if (isHyphenNext && low !== BACKSLASH) this.newer ??= { start, end: this.#at + 1 };
      return [low, low];
    }
    if (!this.#accept("-")) return [low, low];
    const high = this.#char();
    if (low > high) {
      this.#fail(`the range ${quoted(this.#text.slice(start, this.#at))} is out of order`, start, this.#at);
    }
    return [low, high];
  }

  /** simple := "." | "#" | "@" | "\"" text "\"" | "(" union? ")" | "<" n "-" m ">" | char */
  #simple(): Node {
    if (this.#accept(".")) return { kind: "set", set: ANY, size: 1 };
    if (this.#accept("#")) return { kind: "union", items: [], size: 1 };
    if (this.#accept("@")) {
      return { kind: "repeat", item: { kind: "set", set: ANY, size: 1 }, min: 0, max: Infinity, size: 2 };
    }
    if (this.#accept('"')) return this.#string();
    if (this.#accept("(")) return this.#group();
    if (this.#accept("<")) return this.#interval();
    const known = this.#predefined();
    if (known !== undefined) return { kind: "set", set: known, size: 1 };
    if (this.#text[this.#at] === ")") this.#literalClose = this.#at;
    return this.#literal(this.#char());
  }

  #string(): Node {
    const open = this.#at - 1;
    const close = this.#text.indexOf('"', this.#at);
    if (close < 0) this.#fail(`the closing '"' is missing`, open, open + 1);
    const items = Array.from(this.#text.slice(this.#at, close), (char) =>
      this.#literal(char.codePointAt(0)!),
    );
    this.#at = close + 1;
    return this.#list("concat", items, open);
  }

  #group(): Node {
    const open = this.#at - 1;
    if (this.#accept(")")) return EMPTY;
    if (this.#depth === MAX_DEPTH)
      this.#fail(`brackets are nested more than ${MAX_DEPTH} deep`, open, open + 1);
    this.#depth++;
    const node = this.#union();
    this.#depth--;
    if (!this.#accept(")")) {
      if (this.#literalClose > open) {
        const at = this.#literalClose;
        this.#fail(
          `")" stands for itself here, since nothing is before it: write "()" for an empty alternative`,
          at,
          at + 1,
        );
      }
      this.#fail(`")" is missing`, open, open + 1);
    }
    return node;
  }

  /** Numbers from n to m in decimal; with as many digits as n and m have where these are alike. */
  #interval(): Node {
    const open = this.#at - 1;
    const close = this.#text.indexOf(">", this.#at);
    if (close < 0)
      this.#fail(`">" is missing: "<" starts a range of numbers such as <1-100>`, open, open + 1);
    const bounds = this.#text.slice(this.#at, close).split("-");
    this.#at = close + 1;
    const numbers = bounds.map((bound) => (/^\d{1,10}$/.test(bound) ? Number(bound) : Infinity));
    if (numbers.length !== 2 || Math.max(...numbers) > MAX_INT) {
      this.#fail(
        `${quoted(this.#text.slice(open, close + 1))} is no range of numbers such as <1-100>`,
        open,
        close + 1,
      );
    }
    const [low, high] = numbers.sort((a, b) => a - b) as [number, number];
    const digits = String(high).length;
    if (bounds[0]!.length === bounds[1]!.length) return decimals(low, high, bounds[0]!.length);
    const zeros: Node = { kind: "repeat", item: range(0, 0), min: 0, max: Infinity, size: 2 };
    const items: Node[] = [];
    for (let length = String(low).length; length <= digits; length++) {
      const first = length === 1 ? 0 : 10 ** (length - 1);
      items.push(decimals(Math.max(low, first), Math.min(high, 10 ** length - 1), length));
    }
    return this.#list("concat", [zeros, this.#list("union", items, open)], open);
  }

  /** A class such as \d, or undefined; letters that name no class are refused, as Lucene does. */
  #predefined(): CharSet | undefined {
    if (this.#text[this.#at] !== "\\") return undefined;
    const letter = this.#text[this.#at + 1];
    if (letter === undefined || !/[a-zA-Z]/.test(letter)) return undefined;
    const known = CLASSES[letter];
    if (known === undefined) {
      this.#fail(
        `"\\${letter}" is no character class (\\d, \\D, \\w, \\W, \\s and \\S are)`,
        this.#at,
        this.#at + 2,
      );
    }
    this.#at += 2;
    return known;
  }

  /** One code point, of which a backslash takes the meaning away. */
  #char(): number {
    this.#accept("\\");
    const code = this.#text.codePointAt(this.#at);
    if (code === undefined) {
      return this.#fail(
        `the regular expression ends after ${quoted(this.#text.slice(-1))}, where a character has to follow`,
        this.#text.length - 1,
        this.#text.length,
      );
    }
    this.#at += code > 0xffff ? 2 : 1;
    return code;
  }

  #literal(code: number): Node {
    return { kind: "set", set: this.#fold([code, code]), size: 1 };
  }

  #fold(set: CharSet): CharSet {
    return this.#insensitive ? ignoreCase(set) : set;
  }

  /** A repetition, merged into the one it repeats where that says the same: keeps `a*****` from nesting. */
  #times(node: Node, min: number, max: number, start: number): Node {
    if (max === 0) return EMPTY;
    if (min === 1 && max === 1) return node;
    if (node.kind === "repeat") {
      const { item } = node;
      if (node.min <= 1 && node.max === Infinity) return this.#times(item, node.min * min, Infinity, start);
      if (node.min === 0 && node.max === 1) return this.#times(item, 0, max, start);
    }
    const size = node.size * min + (node.size + 1) * (max === Infinity ? 1 : max - min);
    return this.#bounded({ kind: "repeat", item: node, min, max, size }, start);
  }

  #list(kind: "concat" | "union", items: readonly Node[], start: number): Node {
    return this.#bounded({ kind, items, size: sizeOf(items) }, start);
  }

  #bounded(node: Node, start: number): Node {
    if (node.size > MAX_STATES)
      this.#fail(
        `this is too large: with its repetitions written out it has more than ${MAX_STATES} parts`,
        start,
        this.#at,
      );
    return node;
  }

  #accept(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #fail(message: string, start: number, end: number): never {
    this.error = { message, start, end };
    throw STOP;
  }
}

function sizeOf(items: readonly Node[]): number {
  return items.reduce((sum, item) => sum + item.size, items.length + 1);
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** The digits from `low` to `high`. */
function range(low: number, high: number): Node {
  return { kind: "set", set: [0x30 + low, 0x30 + high], size: 1 };
}

/** The numbers from `low` to `high`, each with so many digits. */
function decimals(low: number, high: number, digits: number): Node {
  if (digits === 1) return range(low, high);
  const unit = 10 ** (digits - 1);
  const first = Math.floor(low / unit);
  const last = Math.floor(high / unit);
  const items: Node[] = [];
  let from = first;
  let to = last;
  if (first === last) return lead(first, first, decimals(low % unit, high % unit, digits - 1));
  if (low % unit !== 0) {
    items.push(lead(first, first, decimals(low % unit, unit - 1, digits - 1)));
    from++;
  }
  if (high % unit !== unit - 1) to--;
  if (from <= to) items.push(lead(from, to, decimals(0, unit - 1, digits - 1)));
  if (to < last) items.push(lead(last, last, decimals(0, high % unit, digits - 1)));
  return { kind: "union", items, size: sizeOf(items) };
}

/** A digit from `low` to `high`, then the rest. */
function lead(low: number, high: number, rest: Node): Node {
  return { kind: "concat", items: [range(low, high), rest], size: rest.size + 3 };
}
