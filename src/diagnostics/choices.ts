/** `a, b or c`. */
export const oneOf = (words: readonly string[]): string => joined(words, "or");

/** `a, b and c`. */
export const allOf = (words: readonly string[]): string => joined(words, "and");

function joined(words: readonly string[], last: "and" | "or"): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)!}`;
}
