/** Names that Windows keeps for devices, with or without an ending. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;
/** Longer names do not fit into common file systems once suffixes are added. */
const MOST = 100;

/**
 * A name as the stem of a file: lower case, words joined by hyphens, accents dropped. Letters of other scripts stay; a name
 * without any letter or digit gives the fallback.
 */
export function slug(name: string, fallback: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .normalize("NFC")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  let stem = "";
  for (const word of words) {
    const longer = stem === "" ? word : `${stem}-${word}`;
    if (longer.length > MOST) break;
    stem = longer;
  }
  if (stem === "") stem = [...(words[0] ?? fallback)].slice(0, MOST).join("");
  return RESERVED.test(stem) ? `${stem}-${fallback}` : stem;
}
