/**
 * Looks for a phrase in the words of a text, as Lucene's sloppy phrase matcher does: each word of the phrase takes a
 * place of its own, and the places, each less the word's place in the phrase, differ by `slop` at most. Time is linear
 * in the text for each word of the phrase.
 */
export function hasPhrase(words: readonly string[], phrase: readonly string[], slop: number): boolean {
  const places = placesOf(words, phrase);
  if (places === undefined) return false;
  const next = phrase.map(() => 0);
  // `least` is the smallest difference that a match may start with; it only grows, and with it the places taken.
  for (let least = -phrase.length; ;) {
    const taken = new Map<readonly number[], number>();
    let smallest = Infinity;
    let largest = -Infinity;
    for (let index = 0; index < phrase.length; index++) {
      const own = places[index]!;
      const after = taken.get(own) ?? -1;
      let at = next[index]!;
      while (at < own.length && (own[at]! - index < least || own[at]! <= after)) at++;
      if (at === own.length) return false;
      next[index] = at;
      taken.set(own, own[at]!);
      const difference = own[at]! - index;
      if (difference < smallest) smallest = difference;
      if (difference > largest) largest = difference;
    }
    if (largest - smallest <= slop) return true;
    least = Math.max(smallest + 1, largest - slop);
  }
}

/** By word of the phrase, where it stands in the text; a word that comes twice has the same list twice. */
function placesOf(words: readonly string[], phrase: readonly string[]): (readonly number[])[] | undefined {
  const lists = new Map<string, number[]>(phrase.map((word) => [word, []]));
  for (const [place, word] of words.entries()) lists.get(word)?.push(place);
  const places: (readonly number[])[] = [];
  for (const word of phrase) {
    const list = lists.get(word)!;
    if (list.length === 0) return undefined;
    places.push(list);
  }
  return places;
}
