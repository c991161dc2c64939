/** The kinds of tokens of EQL. Plain numbers: the parser compares them millions of times. */
export const K = {
  end: 0,
  identifier: 1,
  /** `` `name` `` */
  quotedIdentifier: 2,
  /** `startsWith~` */
  tildeIdentifier: 3,
  /** Text without escapes: the value is what stands between the quotes. */
  text: 4,
  escapedText: 5,
  /** `"""…"""` */
  rawText: 6,
  /** `?"…"`, which older dialects have. */
  oldRawText: 7,
  integer: 8,
  decimal: 9,
  equal: 10,
  notEqual: 11,
  less: 12,
  lessEqual: 13,
  greater: 14,
  greaterEqual: 15,
  assign: 16,
  colon: 17,
  plus: 18,
  minus: 19,
  star: 20,
  slash: 21,
  percent: 22,
  dot: 23,
  comma: 24,
  openParen: 25,
  closeParen: 26,
  openBracket: 27,
  closeBracket: 28,
  /** `![` */
  openMissing: 29,
  optional: 30,
  pipe: 31,
  and: 32,
  any: 33,
  by: 34,
  false: 35,
  in: 36,
  inTilde: 37,
  join: 38,
  like: 39,
  likeTilde: 40,
  maxspan: 41,
  not: 42,
  null: 43,
  of: 44,
  or: 45,
  regex: 46,
  regexTilde: 47,
  sample: 48,
  sequence: 49,
  true: 50,
  until: 51,
  where: 52,
  with: 53,
} as const;

export type Kind = (typeof K)[keyof typeof K];

/** Words that are no names unless in backticks. They are keywords in lower case only. */
export const KEYWORDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ["and", K.and],
  ["any", K.any],
  ["by", K.by],
  ["false", K.false],
  ["in", K.in],
  ["join", K.join],
  ["like", K.like],
  ["maxspan", K.maxspan],
  ["not", K.not],
  ["null", K.null],
  ["of", K.of],
  ["or", K.or],
  ["regex", K.regex],
  ["sample", K.sample],
  ["sequence", K.sequence],
  ["true", K.true],
  ["until", K.until],
  ["where", K.where],
  ["with", K.with],
]);

/** Keywords that may carry a `~`: without regard to case. */
export const TILDE_KEYWORDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ["in~", K.inTilde],
  ["like~", K.likeTilde],
  ["regex~", K.regexTilde],
]);

/** The longest keyword has eight letters. */
export const LONGEST_KEYWORD = 8;

/** Whether a name can stand in a query without quotes or backticks. */
export function isPlainName(name: string): boolean {
  return /^[A-Za-z_@][A-Za-z0-9_]*$/.test(name) && !KEYWORDS.has(name);
}
