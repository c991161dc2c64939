/** The kinds of tokens. */
export const END = 0;
export const TERM = 1;
/** A `*` alone. */
export const STAR = 2;
/** A word with `*` or `?`. */
export const WILDCARD = 3;
export const PHRASE = 4;
export const REGEXP = 5;
/** `+`, `-` or `!` before a blank. */
export const SIGN = 6;
export const AND = 7;
export const OR = 8;
export const NOT = 9;
export const PLUS = 10;
export const MINUS = 11;
export const OPEN = 12;
export const CLOSE = 13;
export const COLON = 14;
/** `~` and the number that touches it. */
export const TILDE = 15;
/** `^` and the number after it. */
export const BOOST = 16;
/** `[` or `{`: until the bracket is closed the words are bounds. */
export const RANGE_OPEN = 17;
export const RANGE_CLOSE = 18;
export const BOUND = 19;
export const QUOTED_BOUND = 20;
export const TO = 21;
/** What has no meaning, and is reported. */
export const BAD = 22;

export type Kind =
  | typeof AND
  | typeof BAD
  | typeof BOOST
  | typeof BOUND
  | typeof CLOSE
  | typeof COLON
  | typeof END
  | typeof MINUS
  | typeof NOT
  | typeof OPEN
  | typeof OR
  | typeof PHRASE
  | typeof PLUS
  | typeof QUOTED_BOUND
  | typeof RANGE_CLOSE
  | typeof RANGE_OPEN
  | typeof REGEXP
  | typeof SIGN
  | typeof STAR
  | typeof TERM
  | typeof TILDE
  | typeof TO
  | typeof WILDCARD;
