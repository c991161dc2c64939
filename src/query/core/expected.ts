/** Longest piece of a query that a message repeats. */
const MOST = 40;

/** A piece of the query in quotes, shortened where it is long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > MOST ? `${text.slice(0, MOST)}…` : text);
}
