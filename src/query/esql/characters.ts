/** What a character can be part of, as bits. */
export const LETTER = 1;
export const DIGIT = 2;
export const UNDERSCORE = 4;
export const AT = 8;
export const BLANK = 16;
/** Ends an index pattern without quotes. */
export const ENDS_SOURCE = 32;
/** Ends the name of an enrich policy. */
export const ENDS_POLICY = 64;
/** Ends the first word of a command. */
export const ENDS_COMMAND = 128;

/** Inside a name without backticks. */
export const IN_NAME = LETTER | DIGIT | UNDERSCORE;

const CLASSES = new Uint8Array(128);
const mark = (characters: string, bits: number): void => {
  for (const character of characters) CLASSES[character.charCodeAt(0)]! |= bits;
};
mark("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", LETTER);
mark("0123456789", DIGIT);
mark("_", UNDERSCORE);
mark("@", AT);
mark(" \t\r\n", BLANK | ENDS_SOURCE | ENDS_POLICY | ENDS_COMMAND);
mark(':"=|,[]()', ENDS_SOURCE);
mark(":\"|,;()[]{}/?'`", ENDS_COMMAND);
mark(':"|,()\\/#*?<>', ENDS_POLICY);

/** The bits of a UTF-16 unit; none beyond ASCII. */
export function classOf(code: number): number {
  return code < 128 ? CLASSES[code]! : 0;
}

/** Where the whole name or number that starts at `at` ends, as to its characters' bits. */
export function runEnd(text: string, at: number, bits: number): number {
  while (at < text.length && (classOf(text.charCodeAt(at)) & bits) !== 0) at++;
  return at;
}
