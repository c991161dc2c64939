/** Names that Windows keeps for devices, with or without an ending. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;
/** Folders that kdac does not look into. */
const UNSEEN = new Set(["node_modules", "dist"]);
/** In characters: with folders and an ending it fits into every common file system. */
const LONGEST = 80;
/** Letters that do not come apart into a letter and an accent. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i",
}; // prettier-ignore

/** Lower-case ASCII words joined by hyphens, cut between words; empty where the text has no letter or digit that could stay. */
export function kebab(text: string, longest = LONGEST): string {
  const words = text
    .slice(0, 10 * LONGEST)
    .toLowerCase()
    .replace(/[ßæœøđðłþı]/g, (letter) => LETTERS[letter]!)
    .normalize("NFKD")
    .replace(/[\p{M}'’`]+/gu, "")
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  let stem = (words[0] ?? "").slice(0, longest);
  for (const word of words.slice(1)) {
    if (stem.length + 1 + word.length > longest) break;
    stem += `-${word}`;
  }
  return stem;
}

/**
 * The stems that a file may have, the best first: the name's, with ever more of the id behind it, then with a number. None can
 * lead out of a folder, and none is a name that a file system keeps for itself.
 */
export function* stems(name: string, id: string, kind: string): Generator<string> {
  const own = kebab(name);
  const whole = kebab(id);
  // The first block of a UUID tells things apart; of other ids the beginning often does not.
  const short = /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(whole) ? whole.slice(0, 8) : kebab(id, 40);
  const base = own || whole || kind;
  if (!RESERVED.test(base)) yield base;
  if (short !== "" && short !== base) yield `${base}-${short}`;
  if (whole !== "" && whole !== short && whole !== base) yield `${base}-${whole}`;
  for (let i = 2; ; i++) if (`${i}` !== short && `${i}` !== whole) yield `${base}-${i}`;
}

/** A folder's name from a source as one that can be used: nothing that leads elsewhere, that is hidden, or that a file system keeps. */
export function folderName(name: string): string {
  const safe = name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[.-]+|[.-]+$/g, "")
    .slice(0, LONGEST)
    .replace(/[.-]+$/, "");
  const [device = ""] = safe.split(".");
  return RESERVED.test(device) || UNSEEN.has(safe) ? `_${safe}` : safe;
}
