/**
 * What a terminal, a log or a page obeys or hides instead of showing: controls and line separators, halves of characters, and
 * what has no width (among it all that turns text around). Selectors of variants stay, and joiners inside an emoji.
 */
const UNSEEN =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d|\u200d(?!\p{Extended_Pictographic})|(?!\u200d|\ufe0e|\ufe0f)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\ufff9-\ufffb]/gu;

/** How a runner of CI recognises commands in a log: the newer form at the start of a line, the older one anywhere. */
const COMMAND_START = /^(\s*):(?=:)/;
const OLD_COMMAND = /##(?=\[)/g;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Text from files and servers, safe to print on one line: what would not be seen is written as an escape, such as `\n` or
 * `\u{2028}`, so that nothing in a rule can move the cursor, forge a line, hide a finding or give orders to a CI runner.
 * Everything that kdac prints of such text goes through here or through {@link jsonText}.
 */
export function visible(text: string): string {
  return text
    .replace(UNSEEN, (character) => SHORT[character] ?? escaped(character))
    .replace(COMMAND_START, `$1${escaped(":")}`)
    .replace(OLD_COMMAND, `#${escaped("#")}`);
}

/** A value as JSON that is safe to print, and means the same: what would not be seen is escaped inside its strings. */
export function jsonText(value: unknown): string {
  return `${safeJson(JSON.stringify(value, undefined, 2))}\n`;
}

/** White space between the values of JSON; inside strings it is escaped already. */
const SPACE: Readonly<Record<string, string>> = { "\n": "\n", "\r": " ", "\t": " " };

/** Text that is JSON already, made safe to print in the same way. */
export function safeJson(json: string): string {
  return json
    .replace(UNSEEN, (text) => SPACE[text] ?? Array.from(units(text), escapedUnit).join(""))
    .replace(OLD_COMMAND, `#${escapedUnit("#")}`);
}

/** A character as the escape that is shown in its place. */
export function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

function* units(text: string): Generator<string> {
  for (let i = 0; i < text.length; i++) yield text.charAt(i);
}

function escapedUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
