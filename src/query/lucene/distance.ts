/**
 * A test whether a text is within so many edits of `term`: a character that is left out, added or changed, or two
 * neighbours that changed places, each counts one. The edits must be fewer than the characters of the shorter text,
 * as Lucene wants it. `edits` is 0, 1 or 2.
 */
export function withinEdits(term: string, edits: number): (text: string) => boolean {
  if (edits === 0) return (text) => text === term;
  const wanted = [...term];
  return (text) => {
    if (text === term) return true;
    // Characters outside of the basic plane take two units.
    if (text.length < wanted.length - edits || text.length > 2 * (wanted.length + edits)) return false;
    const given = [...text];
    const allowed = Math.min(edits, wanted.length - 1, given.length - 1);
    return Math.abs(given.length - wanted.length) <= allowed && distance(wanted, given, allowed) <= allowed;
  };
}

/** The edits between two lists of characters; more than `most` come back as some larger number. */
function distance(a: readonly string[], b: readonly string[], most: number): number {
  const far = most + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => Math.min(j, far));
  for (let i = 1; i <= a.length; i++) {
    const current = Array.from({ length: b.length + 1 }, () => far);
    current[0] = Math.min(i, far);
    // Cells further from the diagonal than `most` are more edits than that.
    const last = Math.min(b.length, i + most);
    for (let j = Math.max(1, i - most); j <= last; j++) {
      let best = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      best = Math.min(best, previous[j]! + 1, current[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, beforePrevious[j - 2]! + 1);
      current[j] = Math.min(best, far);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length]!;
}
