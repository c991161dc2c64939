import { anyOf, between, both, escapedSet, exactly, insensitive, namedSet, not } from "./sets.js";
import { type Dialect, type Has, type Node, type Parsed, PatternError, type Repeat } from "./syntax.js";

/** Brackets within brackets that are read. */
const MAX_DEPTH = 200;

/** Copies that `{n,m}` may make. */
const MAX_REPEAT = 1_000;

const SIMPLE: Readonly<Record<string, number>> = {
  t: 9,
  n: 10,
  r: 13,
  f: 12,
  a: 7,
  e: 27,
};

/** Reads a regular expression of a dialect. Throws `PatternError` where it is none. */
export function parsePattern(pattern: string, dialect: Dialect): Parsed {
  return new Parser(pattern, dialect).parse();
}

class Parser {
  readonly #text: string;
  readonly #dialect: Dialect;
  #at = 0;
  #depth = 0;
  #groups = 0;
  readonly #names = new Map<string, number[]>();
  #insensitive = false;
  #dotAll = false;
  #lines: boolean;
  #spaced = false;

  constructor(text: string, dialect: Dialect) {
    this.#text = text;
    this.#dialect = dialect;
    this.#lines = dialect === "oniguruma";
  }

  parse(): Parsed {
    const root = this.#choice();
    if (this.#at < this.#text.length) throw new PatternError(`Unmatched closing ')' near index ${this.#at}`);
    return { root, groups: this.#groups, names: this.#names };
  }

  /** choice = sequence ("|" sequence)* */
  #choice(): Node {
    if (++this.#depth > MAX_DEPTH) throw new PatternError("the pattern is nested too deep");
    const flags = [this.#insensitive, this.#dotAll, this.#lines, this.#spaced] as const;
    const options = [this.#sequence()];
    while (this.#take("|")) options.push(this.#sequence());
    [this.#insensitive, this.#dotAll, this.#lines, this.#spaced] = flags;
    this.#depth--;
    return options.length === 1 ? options[0]! : { kind: "choice", options };
  }

  /** sequence = (atom quantifier?)* */
  #sequence(): Node {
    const items: Node[] = [];
    while (this.#at < this.#text.length && this.#peek() !== "|" && this.#peek() !== ")") {
      const atom = this.#atom();
      if (atom !== undefined) items.push(this.#quantified(atom));
    }
    return { kind: "sequence", items: joinTexts(items) };
  }

  /** One atom; undefined where only flags or blanks were there. */
  #atom(): Node | undefined {
    const sign = this.#next();
    switch (sign) {
      case ".":
        return {
          kind: "set",
          has: this.#dotAll
            ? () => true
            : (point) => point !== 10 && (this.#dialect === "oniguruma" || point !== 13),
        };
      case "^":
        return { kind: "anchor", at: this.#lines ? "line-start" : "start" };
      case "$":
        return { kind: "anchor", at: this.#lines ? "line-end" : "end" };
      case "(":
        return this.#group();
      case "[":
        return { kind: "set", has: this.#cased(this.#class()) };
      case "\\":
        return this.#escape();
      case "*":
      case "+":
      case "?":
        throw new PatternError(`Dangling meta character '${sign}' near index ${this.#at - 1}`);
      default:
        if (this.#spaced && /\s/.test(sign)) return undefined;
        if (this.#spaced && sign === "#") {
          while (this.#at < this.#text.length && this.#next() !== "\n");
          return undefined;
        }
        return this.#sign(sign.codePointAt(0)!);
    }
  }

  #sign(point: number): Node {
    const text = String.fromCodePoint(point);
    return this.#insensitive && text.toLowerCase() !== text.toUpperCase()
      ? { kind: "set", has: insensitive(exactly(point)) }
      : { kind: "text", text };
  }

  #cased(has: Has): Has {
    return this.#insensitive ? insensitive(has) : has;
  }

  #quantified(item: Node): Node {
    let node = item;
    for (;;) {
      const bounds = this.#bounds();
      if (bounds === undefined) return node;
      const mode: Repeat["mode"] = this.#take("?") ? "lazy" : this.#take("+") ? "possessive" : "greedy";
      node = { kind: "repeat", item: node, ...bounds, mode };
    }
  }

  #bounds(): { min: number; max: number } | undefined {
    if (this.#take("*")) return { min: 0, max: Infinity };
    if (this.#take("+")) return { min: 1, max: Infinity };
    if (this.#take("?")) return { min: 0, max: 1 };
    const [whole, from, comma, to] =
      /^\{(\d*)(,?)(\d*)\}/.exec(this.#text.slice(this.#at, this.#at + 24)) ?? [];
    if (whole === undefined || (from === "" && to === "")) return undefined;
    this.#at += whole.length;
    const min = Number(from);
    const max = comma === "" ? min : to === "" ? Infinity : Number(to);
    if (min > MAX_REPEAT || (max !== Infinity && max > MAX_REPEAT) || max < min)
      throw new PatternError(`Illegal repetition ${whole}`);
    return { min, max };
  }

  /** What follows an opening bracket. */
  #group(): Node | undefined {
    if (!this.#take("?")) return this.#captured(undefined);
    if (this.#take(":")) return this.#closed();
    if (this.#take(">")) return { kind: "atomic", item: this.#closed() };
    for (const [mark, behind, negated] of LOOKS)
      if (this.#take(mark)) return { kind: "look", behind, negated, item: this.#closed() };
    if (this.#take("#")) {
      while (this.#at < this.#text.length && this.#next() !== ")");
      return undefined;
    }
    const name = /^P?<([^>]+)>/.exec(this.#text.slice(this.#at));
    if (name !== null) {
      this.#at += name[0].length;
      return this.#captured(name[1]);
    }
    return this.#flags();
  }

  #captured(name: string | undefined): Node {
    const index = ++this.#groups;
    if (name !== undefined) this.#names.set(name, [...(this.#names.get(name) ?? []), index]);
    return { kind: "group", index, item: this.#closed() };
  }

  #closed(): Node {
    const item = this.#choice();
    if (!this.#take(")")) throw new PatternError(`Unclosed group near index ${this.#text.length}`);
    return item;
  }

  /** `(?i)` holds to the end of the group, `(?i:…)` in its brackets. */
  #flags(): Node | undefined {
    const [whole, on = "", off = "", end] =
      /^([a-zA-Z]*)(?:-([a-zA-Z]*))?([:)])/.exec(this.#text.slice(this.#at)) ?? [];
    if (whole === undefined) throw new PatternError(`Unknown inline modifier near index ${this.#at}`);
    this.#at += whole.length;
    const before = [this.#insensitive, this.#dotAll, this.#lines, this.#spaced] as const;
    const apply = (flags: string, value: boolean): void => {
      if (flags.includes("i")) this.#insensitive = value;
      if (flags.includes("x")) this.#spaced = value;
      if (flags.includes(this.#dialect === "java" ? "s" : "m")) this.#dotAll = value;
      if (this.#dialect === "java" && flags.includes("m")) this.#lines = value;
    };
    apply(on, true);
    apply(off, false);
    if (end === ")") return undefined;
    const item = this.#closed();
    [this.#insensitive, this.#dotAll, this.#lines, this.#spaced] = before;
    return item;
  }

  /** What follows a backslash outside of a class. */
  #escape(): Node {
    const sign = this.#next();
    switch (sign) {
      case "":
        throw new PatternError("Unexpected internal error: a backslash at the end");
      case "A":
        return { kind: "anchor", at: "start" };
      case "z":
      case "Z":
        return { kind: "anchor", at: "end" };
      case "b":
        return { kind: "anchor", at: "boundary" };
      case "B":
        return { kind: "anchor", at: "no-boundary" };
      case "G":
        return { kind: "sequence", items: [] };
      case "Q": {
        const end = this.#text.indexOf("\\E", this.#at);
        const text = this.#text.slice(this.#at, end < 0 ? undefined : end);
        this.#at = end < 0 ? this.#text.length : end + 2;
        return {
          kind: "sequence",
          items: [...text].map((each) => this.#sign(each.codePointAt(0)!)),
        };
      }
      case "k": {
        const name = /^[<{]([^>}]+)[>}]/.exec(this.#text.slice(this.#at));
        if (name === null) throw new PatternError("\\k is not followed by '<' for named capturing group");
        this.#at += name[0].length;
        return { kind: "back", group: name[1]! };
      }
      default: {
        if (/[1-9]/.test(sign)) return { kind: "back", group: Number(sign) };
        const set = this.#setAfter(sign);
        return set === undefined
          ? this.#sign(this.#pointAfter(sign))
          : { kind: "set", has: this.#cased(set) };
      }
    }
  }

  /** The set that a letter after a backslash stands for. */
  #setAfter(sign: string): Has | undefined {
    if (sign !== "p" && sign !== "P") return escapedSet(sign);
    const [whole, braced, single] = /^(?:\{\^?([^}]+)\}|(.))/s.exec(this.#text.slice(this.#at)) ?? [];
    if (whole === undefined) throw new PatternError("Illegal character property");
    this.#at += whole.length;
    const set = namedSet((braced ?? single)!);
    return (sign === "P") === whole.startsWith("{^") ? set : not(set);
  }

  /** The code point that an escape stands for. */
  #pointAfter(sign: string): number {
    const simple = SIMPLE[sign];
    if (simple !== undefined) return simple;
    const rest = this.#text.slice(this.#at);
    const [whole, digits] =
      (sign === "x" ? /^(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{2}))/ : sign === "u" ? /^([0-9a-fA-F]{4})/ : /(?!)/).exec(rest)?.filter((each) => each !== undefined) ?? []; // prettier-ignore
    if (whole !== undefined) {
      this.#at += whole.length;
      return Number.parseInt(digits!, 16);
    }
    if (sign === "0") {
      const octal = /^[0-7]{1,3}/.exec(rest)?.[0] ?? "";
      this.#at += octal.length;
      return Number.parseInt(octal || "0", 8);
    }
    if (this.#dialect === "java" && /[a-zA-Z]/.test(sign))
      throw new PatternError(`Illegal/unsupported escape sequence near index ${this.#at - 1}`);
    return sign.codePointAt(0)!;
  }

  /** What follows `[`, up to its `]`. */
  #class(): Has {
    if (++this.#depth > MAX_DEPTH) throw new PatternError("the pattern is nested too deep");
    const isNegated = this.#take("^");
    let sets: Has[] = [];
    let narrowed: Has | undefined;
    for (let first = true; ; first = false) {
      if (this.#at >= this.#text.length)
        throw new PatternError(`Unclosed character class near index ${this.#at}`);
      if (!first && this.#take("]")) break;
      if (this.#take("&&")) {
        narrowed = narrowed === undefined ? anyOf(sets) : both(narrowed, anyOf(sets));
        sets = [];
      } else sets.push(this.#member());
    }
    this.#depth--;
    const all = narrowed === undefined ? anyOf(sets) : both(narrowed, anyOf(sets));
    return isNegated ? not(all) : all;
  }

  /** A code point, a range of them, or a set, within a class. */
  #member(): Has {
    const posix = /^\[:(\^?)(\w+):\]/.exec(this.#text.slice(this.#at, this.#at + 24));
    if (posix !== null) {
      this.#at += posix[0].length;
      return posix[1] === "^" ? not(namedSet(posix[2]!)) : namedSet(posix[2]!);
    }
    const sign = this.#next();
    if (sign === "[") return this.#class();
    let first = sign.codePointAt(0)!;
    if (sign === "\\") {
      const escaped = this.#next();
      const set = this.#setAfter(escaped);
      if (set !== undefined) return set;
      first = escaped === "b" ? 8 : this.#pointAfter(escaped);
    }
    if (
      this.#peek() !== "-" ||
      "]&".includes(this.#text[this.#at + 1] ?? "]") ||
      this.#text[this.#at + 1] === "["
    )
      return exactly(first);
    this.#at++;
    const end = this.#next();
    const escaped = end === "\\" ? this.#next() : "";
    if (end === "\\" && escapedSet(escaped) !== undefined)
      return anyOf([exactly(first), exactly(0x2d), escapedSet(escaped)!]);
    const last = end === "\\" ? this.#pointAfter(escaped) : end.codePointAt(0)!;
    if (last < first) throw new PatternError(`Illegal character range near index ${this.#at - 1}`);
    return between(first, last);
  }

  #peek(): string {
    return this.#text[this.#at] ?? "";
  }

  /** The next code point as a text; empty at the end. */
  #next(): string {
    const point = this.#text.codePointAt(this.#at);
    if (point === undefined) return "";
    const sign = String.fromCodePoint(point);
    this.#at += sign.length;
    return sign;
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }
}

const LOOKS = [
  ["=", false, false],
  ["!", false, true],
  ["<=", true, false],
  ["<!", true, true],
] as const;

/** Neighbouring signs become one text. */
function joinTexts(items: readonly Node[]): Node[] {
  const joined: Node[] = [];
  for (const item of items) {
    const last = joined[joined.length - 1];
    if (item.kind === "text" && last?.kind === "text")
      joined[joined.length - 1] = { kind: "text", text: last.text + item.text };
    else joined.push(item);
  }
  return joined;
}
