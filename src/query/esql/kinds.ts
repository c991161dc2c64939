/** The kinds of ES|QL tokens. */
export const K = {
  end: 0,
  /** A name without backticks that is no keyword. */
  name: 1,
  /** A name in backticks. */
  quotedName: 2,
  /** The first word of a command. */
  command: 3,
  /** An index pattern or the name of an enrich policy, without quotes. */
  source: 4,
  /** All of a PROMQL command after its first word. */
  promql: 5,
  text: 6,
  integer: 7,
  decimal: 8,
  parameter: 9,

  pipe: 10,
  comma: 11,
  semicolon: 12,
  open: 13,
  close: 14,
  openSquare: 15,
  closeSquare: 16,
  openCurly: 17,
  closeCurly: 18,
  dot: 19,
  colon: 20,
  cast: 21,
  assign: 22,
  equal: 23,
  notEqual: 24,
  less: 25,
  lessEqual: 26,
  greater: 27,
  greaterEqual: 28,
  plus: 29,
  minus: 30,
  star: 31,
  slash: 32,
  percent: 33,
  /** A bracket with commands in it. */
  openCommands: 34,

  // Keywords. They are names in lists of names, such as those of KEEP.
  and: 35,
  asc: 36,
  by: 37,
  desc: 38,
  false: 39,
  first: 40,
  in: 41,
  is: 42,
  last: 43,
  like: 44,
  metadata: 45,
  not: 46,
  null: 47,
  nulls: 48,
  on: 49,
  or: 50,
  rlike: 51,
  true: 52,
  where: 53,
  with: 54,
} as const;

export type Kind = (typeof K)[keyof typeof K];

const KEYWORDS: ReadonlyMap<string, Kind> = new Map(
  Object.entries(K).filter(([word, kind]) => kind >= K.and && word !== "metadata"),
);

/** The longest keyword is `rlike`, `nulls`, `first`, `false`, `where`. */
const LONGEST = 5;

/** The keyword that a word is in expressions, or `name`. */
export function kindOfWord(text: string, start: number, end: number): Kind {
  const length = end - start;
  if (length > LONGEST || length < 2) return K.name;
  return KEYWORDS.get(text.slice(start, end).toLowerCase()) ?? K.name;
}

/** A keyword, or a name without backticks. */
export function isWord(kind: Kind): boolean {
  return kind >= K.and || kind === K.name;
}
