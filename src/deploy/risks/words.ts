/** How many of several things are named before the rest is counted. */
const NAMED = 2;
/** Longer texts are cut off: a message is read at a glance. */
const LONGEST = 120;

/** The first of several texts, and how many more there are. */
export function named(texts: readonly string[]): string {
  const first = texts.slice(0, NAMED).map(cut).join(", ");
  return texts.length > NAMED ? `${first} and ${texts.length - NAMED} more` : first;
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}
