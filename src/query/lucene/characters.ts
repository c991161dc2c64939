/** The characters that Lucene's classic syntax gives a meaning, by UTF-16 unit. */

/** Parts tokens: blank, tab, line breaks and the ideographic space. Others, such as U+00A0, belong to words. */
export function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09 || unit === 0x3000;
}

const SPECIAL = '!():^[]"{}~*?\\/';

/** Units below 128 that end a word, or have a meaning in it. `+` and `-` do so only at its start. */
const SPECIAL_UNITS: Uint8Array = new Uint8Array(128);
for (let at = 0; at < SPECIAL.length; at++) SPECIAL_UNITS[SPECIAL.charCodeAt(at)] = 1;

/** Whether the unit belongs to a word as it stands. `*` and `?` do not, though a word may hold them. */
export function isWordUnit(unit: number): boolean {
  return unit < 128 ? SPECIAL_UNITS[unit] === 0 && !isBlank(unit) : unit !== 0x3000;
}

/** Whether a word that is to mean this unit has to have a backslash before it. */
export function needsEscape(unit: number, first: boolean): boolean {
  return !isWordUnit(unit) || (first && (unit === 0x2b || unit === 0x2d));
}

export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

export function isLetterOrDigit(unit: number): boolean {
  return isDigit(unit) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);
}
