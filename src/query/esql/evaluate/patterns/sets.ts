import { type Has, PatternError } from "./syntax.js";

/** Sets of code points, by the letter after the backslash. */
const ESCAPED: Readonly<Record<string, Has>> = {
  d: (point) => point >= 0x30 && point <= 0x39,
  w: (point) => isAsciiWord(point),
  s: (point) => (point >= 0x09 && point <= 0x0d) || point === 0x20,
  h: (point) => point === 0x09 || point === 0x20 || point === 0xa0,
  v: (point) => (point >= 0x0a && point <= 0x0d) || point === 0x85 || point === 0x2028 || point === 0x2029,
  R: (point) => point === 0x0a || point === 0x0d,
};

export function isAsciiWord(point: number): boolean {
  return (point >= 0x30 && point <= 0x39) || (point >= 0x41 && point <= 0x5a) || point === 0x5f || (point >= 0x61 && point <= 0x7a); // prettier-ignore
}

/** `\d`, and `\D` for the others; undefined where the letter stands for no set. */
export function escapedSet(letter: string): Has | undefined {
  if (Object.hasOwn(ESCAPED, letter)) return ESCAPED[letter];
  const lower = letter.toLowerCase();
  return letter !== lower && letter !== "R" && Object.hasOwn(ESCAPED, lower)
    ? not(ESCAPED[lower]!)
    : undefined;
}

export const not =
  (has: Has): Has =>
  (point) =>
    !has(point);

export const exactly =
  (wanted: number): Has =>
  (point) =>
    point === wanted;

export const between =
  (first: number, last: number): Has =>
  (point) =>
    point >= first && point <= last;

export const anyOf =
  (sets: readonly Has[]): Has =>
  (point) =>
    sets.some((has) => has(point));

export const both =
  (a: Has, b: Has): Has =>
  (point) =>
    a(point) && b(point);

/** The set without regard to the case of letters. */
export function insensitive(has: Has): Has {
  return (point) => {
    if (has(point)) return true;
    const sign = String.fromCodePoint(point);
    return has(sign.toLowerCase().codePointAt(0)!) || has(sign.toUpperCase().codePointAt(0)!);
  };
}

/** Names in `\p{…}` and `[[:…:]]` that JavaScript does not have. */
const POSIX: Readonly<Record<string, string>> = {
  alnum: "[\\p{L}\\p{N}]", alpha: "\\p{L}", ascii: "[\\x00-\\x7f]", blank: "[ \\t]", cntrl: "\\p{Cc}", digit: "\\d",
  graph: "[\\x21-\\x7e]", lower: "\\p{Ll}", print: "[\\x20-\\x7e]", punct: "[\\p{P}\\p{S}]", space: "\\s",
  upper: "\\p{Lu}", word: "[\\p{L}\\p{N}_]", xdigit: "[0-9a-fA-F]",
}; // prettier-ignore

/** `\p{Lu}`, `\p{Alpha}`, `\p{IsLatin}`, `[:alpha:]` */
export function namedSet(name: string): Has {
  const plain = name.replace(/^(?:Is|In|java)/, "");
  const source = POSIX[plain.toLowerCase()] ?? `\\p{${plain}}`;
  try {
    return testOf(new RegExp(`^${source}$`, "u"));
  } catch {
    try {
      return testOf(new RegExp(`^\\p{Script=${plain}}$`, "u"));
    } catch {
      throw new PatternError(`Unknown character property name {${name}}`);
    }
  }
}

function testOf(regexp: RegExp): Has {
  return (point) => regexp.test(String.fromCodePoint(point));
}
