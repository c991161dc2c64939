/** JSON in one form: keys sorted, undefined left out. Two values are the same exactly when these texts are. */
export function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  let text = "";
  if (Array.isArray(value)) {
    for (const entry of value) text += `${text === "" ? "" : ","}${canonical(entry)}`;
    return `[${text}]`;
  }
  for (const key of Object.keys(value).sort()) {
    const entry = (value as Readonly<Record<string, unknown>>)[key];
    if (entry === undefined) continue;
    text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonical(entry)}`;
  }
  return `{${text}}`;
}

/** Whether two values have the same {@link canonical} form. It is not made: the first difference ends the comparison. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    return !isCompound(a) && !isCompound(b) && canonical(a) === canonical(b);
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((entry, i) => isSame(entry, (b as unknown[])[i]))
    );
  }
  return isSameObject(a as Fields, b as Fields);
}

type Fields = Readonly<Record<string, unknown>>;

function isSameObject(a: Fields, b: Fields): boolean {
  let more = 0;
  for (const key of Object.keys(a)) {
    const [ours, theirs] = [a[key], b[key]];
    if (ours === undefined) continue;
    if (theirs === undefined || !Object.hasOwn(b, key) || !isSame(ours, theirs)) return false;
    more++;
  }
  for (const key of Object.keys(b)) if (b[key] !== undefined) more--;
  return more === 0;
}

function isCompound(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
